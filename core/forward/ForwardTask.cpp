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

void ForwardTask::refuse(const ssh::TunnelHandler *tunnel, const base::Error &why)
{
    const auto number = m_numbers.constFind(tunnel);
    refuseClient(number == m_numbers.cend() ? ForwardClient() : m_tunnels.at(*number).client, why);
}

void ForwardTask::refuseClient(const ForwardClient &client, const base::Error &why)
{
    ++m_status.refusals;
    m_status.lastRefusal = why;
    m_refusals.append({client, QDateTime::currentDateTime(), why});
    if (m_refusals.size() > ForwardStatus::mostToldRefusals) {
        m_refusals.removeFirst();
    }
    emit changed();
}

ForwardStatus ForwardTask::report() const
{
    ForwardStatus report = m_status;
    for (const auto &[number, tunnel] : m_tunnels) {
        if (report.toldClients.size() == ForwardStatus::mostToldClients) {
            break;
        }
        report.toldClients.append(tunnel.client);
    }
    report.toldRefusals = m_refusals;
    return report;
}

void ForwardTask::follow(ssh::TunnelHandler &tunnel, const QString &from, const QString &to)
{
    using ssh::TunnelHandler;
    const qint64 number = ++m_status.clientsSoFar;
    m_tunnels[number] = {&tunnel, {from, to, QDateTime::currentDateTime()}};
    m_numbers.insert(&tunnel, number);
    connect(&tunnel, &TunnelHandler::failed, this,
            [this, failed = &tunnel](const base::Error &why) { refuse(failed, why); });
    connect(&tunnel, &TunnelHandler::ended, this, [this, gone = &tunnel] { forget(gone); });
    connect(&tunnel, &TunnelHandler::carried, this,
            [this, number](qsizetype sent, qsizetype received) {
                m_status.bytesSent += sent;
                m_status.bytesReceived += received;
                ForwardClient &client = m_tunnels.at(number).client;
                client.bytesSent += sent;
                client.bytesReceived += received;
                emit changed();
            });
    m_status.clients = static_cast<int>(m_tunnels.size());
    emit changed();
}

void ForwardTask::forget(ssh::TunnelHandler *tunnel)
{
    m_tunnels.erase(m_numbers.take(tunnel));
    m_status.clients = static_cast<int>(m_tunnels.size());
    emit changed();
    handleClientEnd();
}

void ForwardTask::endTunnels()
{
    m_numbers.clear();
    for (const auto &[number, tunnel] : std::exchange(m_tunnels, {})) {
        tunnel.handler->disconnect(this);
        tunnel.handler->close();
    }
    m_status.clients = 0;
}

} // namespace forward
