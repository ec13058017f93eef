#include "ssh/GlobalRequests.h"

#include <libssh/server.h>

namespace ssh {
namespace {

constexpr int unansweredLimit = 3; // ServerAliveCountMax of ssh_config(5)

} // namespace

GlobalRequests::GlobalRequests(ssh_session session, std::chrono::milliseconds interval)
    : m_session(session)
    , m_interval(interval)
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
        m_nextQuestion.setRemainingTime(m_interval);
        return true;
    }
    if (m_interval.count() <= 0 || !m_nextQuestion.hasExpired()) {
        return true;
    }
    if (m_unanswered == unansweredLimit) {
        return false;
    }
    ++m_unanswered;
    m_nextQuestion.setRemainingTime(m_interval);
    ask();
    return true;
}

// The first call after an answer only takes that answer in, and sends nothing.
void GlobalRequests::ask()
{
    const quint64 sentBefore = m_counter.out_bytes;
    ssh_send_keepalive(m_session);
    const bool wasSent = m_counter.out_bytes != sentBefore;
    if (!wasSent && m_unanswered == 1) {
        ssh_send_keepalive(m_session);
    }
}

} // namespace ssh
