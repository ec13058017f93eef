#include "ssh/ChannelTable.h"

#include "ssh/SessionPump.h"

#include <algorithm>

namespace ssh {

void ChannelTable::add(ChannelHandle::Id id, ChannelRequest request,
                       std::unique_ptr<ChannelHandler> handler)
{
    if (m_end) {
        handler->finished(base::Failure(*m_end));
        return;
    }
    Waiting waiting{id, std::move(request), std::move(handler)};
    if (m_session == nullptr) {
        m_waiting.push_back(std::move(waiting));
    } else {
        open(std::move(waiting));
    }
}

void ChannelTable::add(ChannelRequest request, std::unique_ptr<ChannelHandler> handler)
{
    add(++m_lastOwnId, std::move(request), std::move(handler));
}

void ChannelTable::addAccepted(LibsshChannel channel, std::unique_ptr<ChannelHandler> handler)
{
    m_channels.emplace(++m_lastOwnId,
                       std::make_unique<Channel>(m_session, std::move(channel), std::move(handler),
                                                 [pump = m_pump] { pump->wake(); }));
    m_pump->wake();
}

void ChannelTable::attach(ssh_session session, SessionPump &pump, ProgramTerms terms)
{
    m_session = session;
    m_pump = &pump;
    m_terms = std::move(terms);
    for (Waiting &waiting : std::exchange(m_waiting, {})) {
        open(std::move(waiting));
    }
}

void ChannelTable::open(Waiting waiting)
{
    const auto tell = [this](const Declined &declined) {
        for (const Notice &notice : m_declined.newNotices(declined)) {
            m_terms.tell(notice);
        }
    };
    m_channels.emplace(
        waiting.id,
        std::make_unique<Channel>(m_session, std::move(waiting.request), std::move(waiting.handler),
                                  ProgramStart{m_terms.startLimit, m_terms.display, tell},
                                  [pump = m_pump] { pump->wake(); }));
    m_pump->wake();
}

ChannelHandler *ChannelTable::handler(ChannelHandle::Id id)
{
    const auto waiting = std::ranges::find(m_waiting, id, &Waiting::id);
    if (waiting != m_waiting.end()) {
        return waiting->handler.get();
    }
    const auto found = m_channels.find(id);
    const bool isOpen = found != m_channels.end() && !found->second->isFinished();
    return isOpen ? &found->second->handler() : nullptr;
}

// A copy, because a handler may open a further channel from within a call.
std::vector<Channel *> ChannelTable::current() const
{
    std::vector<Channel *> channels;
    channels.reserve(m_channels.size());
    for (const auto &[id, channel] : m_channels) {
        channels.push_back(channel.get());
    }
    return channels;
}

bool ChannelTable::isStartingAny() const
{
    return std::ranges::any_of(m_channels,
                               [](const auto &entry) { return entry.second->isStarting(); });
}

void ChannelTable::step()
{
    for (Channel *channel : current()) {
        channel->readStep();
        if (channel->isOverdue()) {
            base::Error error;
            error.kind = base::ErrorKind::TimedOut;
            error.operation = QStringLiteral("open channel");
            channel->fail(error);
        }
    }
    write(Priority::Interactive);
    write(Priority::Bulk);
    std::erase_if(m_channels, [](const auto &entry) { return entry.second->isDisposable(); });
}

// Bulk data wait until the socket has taken what libssh holds, so that a keystroke finds a short
// queue.
void ChannelTable::write(Priority priority)
{
    const auto mayWrite = [this, priority] {
        return priority == Priority::Interactive || !m_pump->isWritePending();
    };
    bool hasWritten = true;
    while (hasWritten && mayWrite()) {
        hasWritten = false;
        for (Channel *channel : current()) {
            if (channel->priority() == priority && mayWrite()) {
                hasWritten = channel->writeStep() || hasWritten;
            }
        }
    }
}

void ChannelTable::failAll(const base::Error &error)
{
    m_end = error;
    for (Waiting &waiting : std::exchange(m_waiting, {})) {
        waiting.handler->finished(base::Failure(error));
    }
    for (Channel *channel : current()) {
        channel->fail(error);
    }
    m_channels.clear();
}

} // namespace ssh
