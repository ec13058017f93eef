#include "forward/ForwardTask.h"

#include "ssh/TunnelHandler.h"

#include <utility>

namespace forward {

ForwardTask::ForwardTask(profiles::Forward forward, ssh::ServicePort &port)
    : m_forward(std::move(forward))
    , m_port(port)
{
    m_status.state = ForwardStatus::State::Starting;
}

void ForwardTask::setListening(const QStringList &addresses, quint16 port)
{
    m_status.state = ForwardStatus::State::Listening;
    m_status.addresses = addresses;
    m_status.port = port;
    emit changed();
}

void ForwardTask::setFailed(const base::Error &failure, quint16 freePort)
{
    m_status.state = ForwardStatus::State::Failed;
    m_status.addresses.clear();
    m_status.failure = failure;
    m_status.freePort = freePort;
    emit changed();
}

void ForwardTask::setStopped()
{
    m_status.state = ForwardStatus::State::Stopped;
    m_status.addresses.clear();
    emit changed();
}

void ForwardTask::refuse(const base::Error &why)
{
    ++m_status.refusals;
    m_status.lastRefusal = why;
    emit changed();
}

void ForwardTask::follow(ssh::TunnelHandler &tunnel)
{
    using ssh::TunnelHandler;
    m_tunnels.insert(&tunnel);
    ++m_status.clientsSoFar;
    connect(&tunnel, &TunnelHandler::failed, this, &ForwardTask::refuse);
    connect(&tunnel, &TunnelHandler::ended, this, [this, gone = &tunnel] { forget(gone); });
    connect(&tunnel, &TunnelHandler::carried, this, [this](qsizetype sent, qsizetype received) {
        m_status.bytesSent += sent;
        m_status.bytesReceived += received;
        emit changed();
    });
    m_status.clients = static_cast<int>(m_tunnels.size());
    emit changed();
}

void ForwardTask::forget(ssh::TunnelHandler *tunnel)
{
    m_tunnels.remove(tunnel);
    m_status.clients = static_cast<int>(m_tunnels.size());
    emit changed();
    handleClientEnd();
}

void ForwardTask::endTunnels()
{
    for (ssh::TunnelHandler *tunnel : std::exchange(m_tunnels, {})) {
        tunnel->disconnect(this);
        tunnel->close();
    }
    m_status.clients = 0;
}

} // namespace forward
