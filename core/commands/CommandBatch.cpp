#include "commands/CommandBatch.h"

#include <QPointer>

#include <algorithm>
#include <utility>
#include <vector>

namespace commands {

std::optional<qsizetype> BatchOrder::failureLimit() const
{
    std::optional<qsizetype> limit;
    if (stopAfter > 0) {
        limit = stopAfter;
    }
    if (stopAfterPercent > 0) {
        const qsizetype share = (hosts.size() * stopAfterPercent + 99) / 100; // rounded up
        limit = std::min(limit.value_or(share), share);
    }
    return limit;
}

CommandBatch::CommandBatch(BatchOrder order, Resolve resolve, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_resolve(std::move(resolve))
{
}

CommandBatch::~CommandBatch() = default;

void CommandBatch::start()
{
    beginSome();
}

void CommandBatch::cancel()
{
    m_isCancelled = true;
    std::vector<HostCommand *> running; // they leave the map as they end
    running.reserve(m_running.size());
    for (const auto &[host, command] : m_running) {
        running.push_back(command.get());
    }
    for (HostCommand *command : running) {
        if (command != nullptr) {
            command->cancel();
        }
    }
    beginSome();
}

bool CommandBatch::mayBegin() const
{
    const auto limit = m_order.failureLimit();
    return !m_isCancelled && !hasCanaryFailed() && (!limit || m_failed < *limit);
}

bool CommandBatch::hasCanaryFailed() const
{
    return m_canaryFailed > 0;
}

void CommandBatch::beginSome()
{
    while (m_next < m_order.hosts.size() && std::ssize(m_running) < m_order.mostAtOnce) {
        if (m_next == m_order.canary && !m_running.empty()) {
            return; // the first ones show whether the rest is begun
        }
        const Index host = m_next++;
        if (!mayBegin()) {
            HostOutcome outcome;
            tell(host, outcome);
            continue;
        }
        m_running.emplace(host, nullptr);
        m_resolve(host, [self = QPointer(this), host](const How &how) {
            if (self) {
                self->begin(host, how);
            }
        });
    }
    if (m_running.empty() && m_next == m_order.hosts.size() && !std::exchange(m_isOver, true)) {
        emit finished();
    }
}

void CommandBatch::begin(Index host, const How &how)
{
    if (!how || m_isCancelled) {
        HostOutcome outcome;
        if (!how) {
            outcome.end = HostOutcome::End::Unresolved;
            outcome.reason = how.error();
        }
        handleOutcome(host, outcome);
        return;
    }
    auto command
        = std::make_unique<HostCommand>(*how, m_routes, m_order.command, m_order.timeLimit);
    HostCommand &begun = *command;
    m_running[host] = std::move(command);
    connect(&begun, &HostCommand::finished, this,
            [this, host](HostOutcome &outcome) { handleOutcome(host, outcome); });
    emit hostBegun(host, &begun.connection());
    begun.start();
}

void CommandBatch::handleOutcome(Index host, HostOutcome &outcome)
{
    tell(host, outcome);
    const auto found = m_running.find(host);
    if (found->second) {
        found->second.release()->deleteLater(); // it is in the middle of its own signal
    }
    m_running.erase(found);
    // Not from within begin(): a long list of hosts that can not be resolved would nest.
    QMetaObject::invokeMethod(this, &CommandBatch::beginSome, Qt::QueuedConnection);
}

void CommandBatch::tell(Index host, HostOutcome &outcome)
{
    m_failed += outcome.isSuccess() ? 0 : 1;
    m_canaryFailed += host < m_order.canary && !outcome.isSuccess() ? 1 : 0;
    emit hostFinished(host, outcome);
}

} // namespace commands
