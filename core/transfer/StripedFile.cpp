#include "transfer/StripedFile.h"

#include <algorithm>
#include <utility>

namespace transfer {

StripedFile::StripedFile(What what, std::move_only_function<void()> news)
    : m_what(std::move(what))
    , m_next(m_what.start)
    , m_news(std::move(news))
{
}

StripedFile::~StripedFile() = default;

void StripedFile::cancel()
{
    const std::scoped_lock lock(m_mutex);
    m_isCancelled = true;
    m_mailbox->close();
    wakeWaiters();
}

quint64 StripedFile::takeMoved()
{
    const std::scoped_lock lock(m_mutex);
    m_isToldOf = false;
    return std::exchange(m_moved, 0);
}

std::optional<base::Error> StripedFile::error() const
{
    const std::scoped_lock lock(m_mutex);
    return m_error;
}

bool StripedFile::isComplete() const
{
    const std::scoped_lock lock(m_mutex);
    return isAllDone() && m_inside == 0;
}

quint64 StripedFile::contiguous() const
{
    const std::scoped_lock lock(m_mutex);
    return firstMissing();
}

void StripedFile::enter()
{
    const std::scoped_lock lock(m_mutex);
    ++m_inside;
}

void StripedFile::leave()
{
    const std::scoped_lock lock(m_mutex);
    --m_inside;
    tell();
}

std::optional<Stripe> StripedFile::take()
{
    const std::scoped_lock lock(m_mutex);
    if (m_isCancelled || m_error || !mayTake()) {
        return std::nullopt;
    }
    Stripe stripe;
    if (!m_returned.empty()) {
        stripe = m_returned.begin()->second;
        m_returned.erase(m_returned.begin());
    } else {
        stripe = {m_next, std::min(stripeBytes, m_what.size - m_next)};
        m_next += stripe.length;
    }
    m_open.emplace(stripe.offset, stripe);
    return stripe;
}

void StripedFile::moved(quint64 bytes)
{
    *m_what.traffic += bytes;
    const std::scoped_lock lock(m_mutex);
    m_moved += bytes;
    tell();
}

void StripedFile::done(const Stripe &stripe)
{
    const std::scoped_lock lock(m_mutex);
    m_open.erase(stripe.offset);
    wakeWaiters();
    tell();
}

void StripedFile::giveBack(const Stripe &stripe)
{
    const std::scoped_lock lock(m_mutex);
    m_open.erase(stripe.offset);
    m_returned.emplace(stripe.offset, stripe);
    wakeWaiters();
}

void StripedFile::fail(const base::Error &error)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_error) {
        m_error = error;
        wakeWaiters();
        tell();
    }
}

bool StripedFile::isOver() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isCancelled || m_error;
}

bool StripedFile::isTaken() const
{
    const std::scoped_lock lock(m_mutex);
    return isAllTaken();
}

bool StripedFile::isDone() const
{
    const std::scoped_lock lock(m_mutex);
    return isAllDone();
}

// What is waited for may have come since the caller looked.
void StripedFile::wait(Until until, const std::shared_ptr<Mailbox> &mailbox,
                       std::function<void()> call)
{
    const std::scoped_lock lock(m_mutex);
    const bool isReached = until == Until::Taken ? isAllTaken() : isAllDone();
    if (m_isCancelled || m_error || isReached || mayTake()) {
        mailbox->post(std::move(call));
    } else {
        m_waiters.push_back({mailbox, std::move(call)});
    }
}

bool StripedFile::mayTake() const
{
    return !m_returned.empty() || (m_next < m_what.size && m_next - firstMissing() < mostAhead);
}

quint64 StripedFile::firstMissing() const
{
    quint64 first = m_next;
    if (!m_open.empty()) {
        first = std::min(first, m_open.begin()->first);
    }
    if (!m_returned.empty()) {
        first = std::min(first, m_returned.begin()->first);
    }
    return first;
}

// Many bytes may move before the leader's thread gets to hear of it: once is enough.
void StripedFile::tell()
{
    if (!m_isToldOf) {
        m_isToldOf = true;
        // The leader may let go of it in the middle of the call.
        m_mailbox->post([self = weak_from_this()] {
            if (const auto file = self.lock()) {
                file->m_news();
            }
        });
    }
}

void StripedFile::wakeWaiters()
{
    for (Waiter &waiter : std::exchange(m_waiters, {})) {
        waiter.mailbox->post(std::move(waiter.call));
    }
}

} // namespace transfer
