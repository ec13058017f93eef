// RemoteTask: a remote forward that runs: has the server listen, and connects to the target for
// each of its clients.

#pragma once

#include "forward/ForwardTask.h"

namespace net {
class Connector;
}

namespace forward {

class RemoteTask final : public ForwardTask
{
    Q_OBJECT

public:
    RemoteTask(const profiles::Forward &forward, ssh::ServicePort &port);

    void start() override;
    void stop() override;

private:
    void handleListening(const base::Result<quint16> &port);
    std::unique_ptr<ssh::ChannelHandler> accept(const ssh::ForwardedConnection &connection);
    void connectToPort(ssh::TunnelHandler &tunnel);
    void connectToPath(ssh::TunnelHandler &tunnel);
    void give(ssh::TunnelHandler &tunnel, net::Connector &connector);

    ssh::ServicePort::ListenerId m_listener = 0; // from start() to stop(), unless it was refused
};

} // namespace forward
