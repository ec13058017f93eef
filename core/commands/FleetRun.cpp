#include "commands/FleetRun.h"

#include <numeric>
#include <utility>

namespace commands {

FleetRun::FleetRun(BatchOrder order, CommandBatch::Resolve resolve, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_resolve(std::move(resolve))
    , m_hosts(static_cast<size_t>(m_order.hosts.size()))
{
}

FleetRun::~FleetRun() = default;

void FleetRun::start()
{
    QList<Index> all(size());
    std::iota(all.begin(), all.end(), Index{0});
    startBatch(all, m_order);
}

void FleetRun::startFailed()
{
    if (isRunning()) {
        return;
    }
    QList<Index> failed;
    BatchOrder order = m_order;
    order.hosts.clear();
    order.canary = 0;
    for (Index index = 0; index < size(); ++index) {
        if (!host(index).outcome.isSuccess()) {
            failed.append(index);
            order.hosts.append(m_order.hosts.at(index));
            m_hosts[static_cast<size_t>(index)] = Host();
            emit hostChanged(index);
        }
    }
    startBatch(failed, order);
}

void FleetRun::startBatch(const QList<Index> &members, const BatchOrder &order)
{
    m_members = members;
    m_wasCancelled = false;
    m_hasCanaryFailed = false;
    m_batch = std::make_unique<CommandBatch>(
        order, [this](Index member, const CommandBatch::Resolved &resolved) {
            setState(m_members.at(member), State::Connecting);
            m_resolve(m_members.at(member), resolved);
        });
    connect(m_batch.get(), &CommandBatch::hostBegun, this,
            [this](Index member, ssh::Connection *connection) {
                const Index host = m_members.at(member);
                connect(connection, &ssh::Connection::stateChanged, this,
                        [this, host](ssh::Connection::State state) {
                            if (state == ssh::Connection::State::Ready) {
                                setState(host, State::Running);
                            }
                        });
                emit hostBegun(host, connection);
            });
    connect(m_batch.get(), &CommandBatch::hostFinished, this,
            [this](Index member, HostOutcome &outcome) {
                const Index host = m_members.at(member);
                m_hosts[static_cast<size_t>(host)].outcome = std::move(outcome);
                setState(host, State::Over);
            });
    connect(m_batch.get(), &CommandBatch::finished, this, &FleetRun::handleFinished);
    m_batch->start();
}

void FleetRun::setState(Index host, State state)
{
    Host &changed = m_hosts[static_cast<size_t>(host)];
    if (changed.state == State::Over || changed.state == state) {
        return; // a connection may still tell how it closes
    }
    if (changed.state == State::Waiting) {
        changed.since.start();
    }
    changed.state = state;
    emit hostChanged(host);
}

void FleetRun::cancel()
{
    if (m_batch) {
        m_wasCancelled = true;
        m_batch->cancel();
    }
}

bool FleetRun::hasCanaryFailed() const
{
    return m_batch ? m_batch->hasCanaryFailed() : m_hasCanaryFailed;
}

void FleetRun::handleFinished()
{
    m_hasCanaryFailed = m_batch->hasCanaryFailed();
    m_batch.release()->deleteLater(); // it is in the middle of its own signal
    emit finished();
}

FleetRun::Counts FleetRun::counts() const
{
    Counts counts;
    for (const Host &host : m_hosts) {
        switch (host.state) {
        case State::Waiting:
            ++counts.waiting;
            break;
        case State::Connecting:
        case State::Running:
            ++counts.busy;
            break;
        case State::Over:
            ++(host.outcome.isSuccess() ? counts.succeeded : counts.failed);
            break;
        }
    }
    return counts;
}

} // namespace commands
