// SlowLink: a TCP relay on loopback that behaves like a bad network, for tests of patience and
// faults.
//
// It has its own thread, so it works while the caller blocks. Every order has taken effect when the
// call returns. Orders hold for all connections of the link, those to come included.

#pragma once

#include "base/Result.h"

#include <QString>
#include <QThread>

#include <chrono>

namespace tests {

class LinkRelay;

class SlowLink final
{
public:
    enum class Direction { ToServer, ToClient };

    // What is relayed to. Nothing is connected before a client comes.
    SlowLink(QString targetAddress, quint16 targetPort);
    ~SlowLink(); // cuts what is open
    Q_DISABLE_COPY_MOVE(SlowLink)

    // Listens on 127.0.0.1.
    [[nodiscard]] base::Result<void> start();
    quint16 port() const { return m_port; }

    // Time from byte in to byte out, on top of the rate. The round trip is the sum of both
    // directions. At most 16 MiB are under way, which bounds delay times rate.
    void setDelay(Direction direction, std::chrono::milliseconds delay);
    void setRate(Direction direction, qint64 bytesPerSecond); // 0: unlimited

    // Holds all bytes, and stops reading: the senders' windows fill up. Nothing is lost.
    void stall();
    void resume();

    // Resets all connections (RST, so that both sides see ECONNRESET). New ones are accepted. The
    // target sees an orderly end if the link has not noticed yet that it accepted: pass a byte
    // first.
    void cut();

    // Cuts all connections once so many further bytes have passed in this direction, counted over
    // all connections of the link. Once.
    void cutAfter(Direction direction, qint64 bytes);

    // Inverts the lowest bit of the byte at this offset, counted over all connections of the link.
    void flipBit(Direction direction, qint64 offset);

    // Bytes passed on so far.
    qint64 passed(Direction direction) const;
    qsizetype connectionCount() const;

private:
    template<typename Order>
    void inRelay(Order order) const;

    QThread m_thread;
    LinkRelay *m_relay; // lives in m_thread, deleted when that ends
    quint16 m_port = 0;
};

} // namespace tests
