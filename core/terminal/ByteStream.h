// ByteStream: the far end of a terminal, as ui::TerminalBridge sees it. A shell on a server is one;
// a test supplies another.
//
// The receiver governs the speed: a stream emits at most a fixed number of bytes that have not been
// taken back with consumed(), and then waits.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QObject>

namespace terminal {

class ByteStream : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~ByteStream() override;

    // Returns how many bytes were accepted, from the front. After fewer than all, writable()
    // follows.
    virtual qsizetype write(QByteArrayView data) = 0;

    // The size in character cells, both at least 2.
    virtual void resize(int columns, int rows) = 0;

    // Gives credit: so many bytes of received() have reached the screen.
    virtual void consumed(qsizetype bytes) = 0;

signals:
    void received(const QByteArray &data);
    void writable();
    void finished(const base::Result<int> &exitStatus); // once, the last signal
};

} // namespace terminal
