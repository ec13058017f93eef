// TunnelHandler: carries bytes between a channel of one connection and the socket that another
// connection takes for its way to the server.
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
    // `socket` is non-blocking, its other end the other connection's.
    explicit TunnelHandler(base::UniqueFd socket);

    void started(ChannelPort &port) override;
    void received(QByteArrayView data, OutputStream stream) override;
    void written(qsizetype bytes) override;
    void drained() override;
    void dataEnded() override;
    void finished(const base::Result<ExitStatus> &end) override;

signals:
    void opened();

    // The channel has ended with an error, before or after opened(). The socket is still open: who
    // is told on another thread, knows of it when that one's end shows.
    void failed(const base::Error &error);

private:
    void readSocket();
    void writeSocket();
    void closeWhenSent();

    base::UniqueFd m_socket;
    std::unique_ptr<QSocketNotifier> m_readable; // declared after the socket: they go first
    std::unique_ptr<QSocketNotifier> m_writable;
    ChannelPort *m_port = nullptr; // while it is open
    QByteArray m_unsent; // to the socket
    bool m_isServerDone = false; // nothing more comes from the channel
    bool m_isSocketDone = false; // nothing more comes from the socket
};

} // namespace ssh
