// TunnelHandler: carries bytes between a channel and a socket: that of a forward's client or
// target, or the one that another connection takes for its way to the server.
//
// Lives on the thread of the connection that has the channel. Neither side is read faster than the
// other takes it: at most 256 KiB wait here for the socket, and as much for the channel.

#pragma once

#include "base/UniqueFd.h"
#include "ssh/ChannelHandler.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace ssh {

class TunnelHandler final : public QObject, public ChannelHandler
{
    Q_OBJECT

public:
    enum class HalfClose {
        EndsBoth, // for SSH, where nothing is left to say once one direction has ended
        PassedOn, // for any protocol: each direction ends by itself
    };

    // `socket` is non-blocking.
    explicit TunnelHandler(base::UniqueFd socket, HalfClose halfClose = HalfClose::EndsBoth);

    // Without a socket yet: the channel waits for useSocket().
    TunnelHandler()
        : TunnelHandler(base::UniqueFd(), HalfClose::PassedOn)
    {
    }
    void useSocket(base::UniqueFd socket);

    // What the socket gets before all else once the channel has opened, or, if failed() says that
    // it has not, as the last.
    void setGreeting(const QByteArray &toSocket) { m_unsent = toSocket; }

    // What was read from the socket already.
    void setFirstBytes(const QByteArray &fromSocket) { m_firstBytes = fromSocket; }

    // Since when the socket has been served.
    bool hasOpened() const { return m_hasOpened; }

    // Ends both, as soon as it has opened; ended() follows.
    void close();

    void started(ChannelPort &port) override;
    void received(QByteArrayView data, OutputStream stream) override;
    void written(qsizetype bytes) override;
    void drained() override { }
    void dataEnded() override;
    bool isDelivered() const override { return m_unsent.isEmpty(); }
    void finished(const base::Result<ExitStatus> &end) override;

signals:
    void opened();
    void carried(qsizetype toChannel, qsizetype toSocket); // so many bytes more

    // The channel has ended with an error, before or after opened(). The socket is still open: who
    // is told on another thread, knows of it when that one's end shows.
    void failed(const base::Error &error);
    void ended(); // the last signal; this is destroyed after it

private:
    void begin();
    void readSocket();
    void writeSocket();
    void settle();
    void passOnEnds();
    bool isOver() const;

    base::UniqueFd m_socket;
    HalfClose m_halfClose;
    std::unique_ptr<QSocketNotifier> m_readable; // declared after the socket: they go first
    std::unique_ptr<QSocketNotifier> m_writable;
    ChannelPort *m_port = nullptr; // while it is open
    QByteArray m_unsent; // to the socket
    QByteArray m_firstBytes; // to the channel
    bool m_hasOpened = false;
    bool m_isServerDone = false; // nothing more comes from the channel
    bool m_isSocketDone = false; // nothing more comes from the socket
    bool m_isBroken = false; // nothing more can go to the socket either
    bool m_isEofPassedOn = false; // to the channel
    bool m_isShutDown = false; // the socket, for writing
    bool m_isCloseWanted = false;
};

} // namespace ssh
