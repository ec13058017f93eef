#include "forward/RemoteTask.h"

#include "base/UnixSocket.h"
#include "net/Connector.h"
#include "ssh/TunnelHandler.h"

#include <chrono>
#include <memory>
#include <utility>

namespace forward {
namespace {

using namespace std::chrono_literals;
using base::Error;
using ssh::TunnelHandler;

constexpr auto connectLimit = 15s;

// RFC 4254 section 7.1.
QByteArray hostForServer(const QString &host)
{
    if (host.isEmpty()) {
        return "localhost";
    }
    return host == QStringLiteral("*") ? QByteArray() : host.toUtf8();
}

} // namespace

RemoteTask::RemoteTask(const profiles::Forward &forward, ssh::ServicePort &port)
    : ForwardTask(forward, port)
{
}

void RemoteTask::start()
{
    m_listener = port().listen(
        {hostForServer(forward().listen.host), forward().listen.port},
        [this](const ssh::ForwardedConnection &connection) { return accept(connection); },
        [this](const base::Result<quint16> &listened) { handleListening(listened); });
}

void RemoteTask::handleListening(const base::Result<quint16> &listened)
{
    if (!listened) {
        m_listener = 0;
        setFailed(listened.error());
        return;
    }
    setListening({profiles::ForwardEnd{forward().listen.host, *listened, {}}.toString()},
                 *listened);
}

void RemoteTask::stop()
{
    if (m_listener != 0) {
        port().unlisten(std::exchange(m_listener, 0));
    }
    endTunnels();
    setStopped();
}

std::unique_ptr<ssh::ChannelHandler> RemoteTask::accept(const ssh::ForwardedConnection &connection)
{
    if (isFull()) {
        return nullptr;
    }
    auto tunnel = std::make_unique<TunnelHandler>();
    follow(*tunnel,
           profiles::ForwardEnd{
               QString::fromUtf8(connection.originator), connection.originatorPort, {}}
               .toString());
    if (forward().target.isPath()) {
        connectToPath(*tunnel);
    } else {
        connectToPort(*tunnel);
    }
    return tunnel;
}

void RemoteTask::connectToPath(TunnelHandler &tunnel)
{
    auto socket = base::connectToUnixSocket(forward().target.path);
    if (socket) {
        tunnel.useSocket(std::move(*socket));
    } else {
        refuse(&tunnel, socket.error());
        tunnel.close();
    }
}

void RemoteTask::connectToPort(TunnelHandler &tunnel)
{
    auto *connector = new net::Connector(&tunnel);
    connect(connector, &net::Connector::finished, this,
            [this, &tunnel, connector] { give(tunnel, *connector); });
    connector->start({forward().target.host, forward().target.port}, connectLimit);
}

void RemoteTask::give(TunnelHandler &tunnel, net::Connector &connector)
{
    auto connected = connector.takeResult();
    connector.deleteLater();
    if (connected) {
        tunnel.useSocket(std::move(connected->fd));
    } else {
        refuse(&tunnel, connected.error());
        tunnel.close();
    }
}

} // namespace forward
