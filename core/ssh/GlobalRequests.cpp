#include "ssh/GlobalRequests.h"

#include <libssh/server.h>

#include <algorithm>

namespace ssh {
namespace {

using namespace std::chrono_literals;

// Enough to see that a network is gone soon after a sleep, and to survive one lost packet.
constexpr std::chrono::milliseconds suspiciousInterval = 3s;

constexpr std::chrono::milliseconds measurementInterval = 10s;

} // namespace

GlobalRequests::GlobalRequests(ssh_session session, std::chrono::milliseconds interval,
                               int unansweredLimit)
    : m_session(session)
    , m_interval(interval)
    , m_unansweredLimit(unansweredLimit)
    , m_nextQuestion(interval)
{
    ssh_set_counters(m_session, &m_counter, nullptr);
}

GlobalRequests::~GlobalRequests()
{
    ssh_set_counters(m_session, nullptr, nullptr);
}

bool GlobalRequests::keepAlive()
{
    if (m_counter.in_bytes != m_bytesSeen) {
        m_bytesSeen = m_counter.in_bytes;
        m_unanswered = 0;
        m_isSuspicious = false;
        m_nextQuestion.setRemainingTime(m_interval);
        return true;
    }
    if (m_interval.count() <= 0 || !m_nextQuestion.hasExpired()) {
        return true;
    }
    if (m_unanswered == m_unansweredLimit) {
        return false;
    }
    ++m_unanswered;
    m_nextQuestion.setRemainingTime(m_isSuspicious ? std::min(m_interval, suspiciousInterval)
                                                   : m_interval);
    ask();
    return true;
}

void GlobalRequests::suspect()
{
    // What has come in before says nothing about now.
    m_bytesSeen = m_counter.in_bytes;
    m_unanswered = 0;
    m_isSuspicious = true;
    m_nextQuestion.setRemainingTime(0);
}

void GlobalRequests::measure()
{
    const bool isIdle = m_counter.in_bytes == m_bytesSeen && m_unanswered == 0;
    if (isIdle && !m_sinceQuestion.isValid() && m_nextMeasurement.hasExpired()) {
        m_nextMeasurement.setRemainingTime(measurementInterval);
        ask();
    }
}

void GlobalRequests::noteArrival()
{
    if (m_sinceQuestion.isValid() && m_counter.in_bytes != m_bytesAtQuestion) {
        m_roundTrip = std::chrono::duration_cast<std::chrono::microseconds>(
            m_sinceQuestion.durationElapsed());
        m_sinceQuestion.invalidate();
    }
}

// The first call after an answer only takes that answer in, and sends nothing.
void GlobalRequests::ask()
{
    const quint64 sentBefore = m_counter.out_bytes;
    const bool isFirst = !m_sinceQuestion.isValid();
    ssh_send_keepalive(m_session);
    if (isFirst && m_counter.out_bytes == sentBefore) {
        ssh_send_keepalive(m_session);
    }
    if (isFirst && m_counter.out_bytes != sentBefore) {
        m_bytesAtQuestion = m_counter.in_bytes;
        m_sinceQuestion.start();
    }
}

} // namespace ssh
