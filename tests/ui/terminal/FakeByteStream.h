// FakeByteStream: a shell for tests that sends what it is given, as fast as credit allows, and
// keeps what is written to it.

#pragma once

#include "terminal/ByteStream.h"

#include <QSize>

class FakeByteStream final : public terminal::ByteStream
{
    Q_OBJECT

public:
    static constexpr qsizetype window = 256 * 1024; // as ssh::Shell has it

    // Sends the bytes as soon as there is credit, in pieces of 32 KiB as they come from a network.
    void supply(const QByteArray &bytes);

    bool isDone() const { return m_pending.isEmpty() && outstanding == 0; }

    qsizetype write(QByteArrayView data) override;
    void resize(int columns, int rows) override;
    void consumed(qsizetype bytes) override;

    QByteArray written;
    qsizetype room = window; // write() takes no more than this
    QSize size;
    qsizetype outstanding = 0; // sent, without credit yet
    qsizetype mostOutstanding = 0;

private:
    void sendMore();

    QByteArray m_pending;
    bool m_isScheduled = false;
};
