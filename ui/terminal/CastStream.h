// CastStream: a recording as the far end of a terminal. Nothing can be typed into it.

#pragma once

#include "terminal/ByteStream.h"

namespace ui {

class CastStream final : public terminal::ByteStream
{
    Q_OBJECT

public:
    using ByteStream::ByteStream;

    void supply(const QByteArray &output)
    {
        m_waiting += output.size();
        emit received(output);
    }

    // So many bytes are on their way to the screen.
    qsizetype waiting() const { return m_waiting; }

    qsizetype write(QByteArrayView data) override { return data.size(); }
    void resize(int, int) override { }
    void consumed(qsizetype bytes) override
    {
        m_waiting -= bytes;
        emit drained();
    }

signals:
    void drained();

private:
    qsizetype m_waiting = 0;
};

} // namespace ui
