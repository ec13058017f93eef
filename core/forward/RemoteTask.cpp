#include "forward/RemoteTask.h"

#include "base/UnixSocket.h"
#include "net/Connector.h"
#include "ssh/TunnelHandler.h"

#include <QPointer>

#include <chrono>
#include <memory>

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
    , m_where{hostForServer(forward.listen.host), forward.listen.port}
{
}

void RemoteTask::start()
{
    m_isWanted = true;
    const QPointer<RemoteTask> self(this);
    port().listen(
        m_where,
        [self](const ssh::ForwardedConnection &connection) {
            return self ? self->accept(connection) : nullptr;
        },
        [self](const base::Result<quint16> &listened) {
            if (self) {
                self->handleListening(listened);
            }
        });
}

void RemoteTask::handleListening(const base::Result<quint16> &listened)
{
    if (!listened) {
        setFailed(listened.error());
        return;
    }
    m_where.port = *listened;
    if (!m_isWanted) { // stopped before the server answered
        port().unlisten(m_where, [](const base::Result<void> &) { });
        return;
    }
    setListening({profiles::ForwardEnd{forward().listen.host, *listened, {}}.toString()},
                 *listened);
}

void RemoteTask::stop()
{
    m_isWanted = false;
    const QPointer<RemoteTask> self(this);
    if (status().state == ForwardStatus::State::Listening) {
        port().unlisten(m_where, [self](const base::Result<void> &) {
            if (self) {
                self->setStopped();
            }
        });
    }
    endTunnels();
    setStopped();
}

std::unique_ptr<ssh::ChannelHandler> RemoteTask::accept(const ssh::ForwardedConnection &connection)
{
    if (!m_isWanted || isFull()) {
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
