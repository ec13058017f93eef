#include "ssh/GlobalRequests.h"

#include "ssh/LibsshLog.h"

#include <libssh/server.h>

#include <algorithm>
#include <utility>

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

// A question that waits for its answer serves as well.
void GlobalRequests::ask()
{
    if (isWaiting()) {
        return;
    }
    const quint64 sentBefore = m_counter.out_bytes;
    ssh_send_keepalive(m_session);
    m_pending = Pending::KeepAlive;
    if (!m_sinceQuestion.isValid() && m_counter.out_bytes != sentBefore) {
        m_bytesAtQuestion = m_counter.in_bytes;
        m_sinceQuestion.start();
    }
}

// libssh takes in the answer to a keep-alive with the next request, of whatever kind, which it then
// does not send. That is used here, because ssh_send_keepalive() does not say what came of it.
bool GlobalRequests::isWaiting()
{
    if (m_pending == Pending::KeepAlive
        && ssh_channel_cancel_forward(m_session, "", 0) != SSH_AGAIN) {
        m_pending = Pending::Nothing;
    }
    return m_pending != Pending::Nothing;
}

void GlobalRequests::listen(const ListenAddress &where, ServicePort::Listened answered)
{
    m_requests.push_back({where, std::move(answered), {}});
}

void GlobalRequests::unlisten(Where where)
{
    m_requests.push_back({{}, {}, std::move(where)});
}

void GlobalRequests::step()
{
    const bool isOthersTurn = m_pending != Pending::Request && isWaiting();
    while (!isOthersTurn && findWhere() && stepRequest()) {
        // The next one goes out at once: nothing else may come that makes another turn.
    }
}

// Of the next request, if there is one that is needed.
bool GlobalRequests::findWhere()
{
    while (m_pending == Pending::Nothing && !m_requests.empty() && m_requests.front().ended) {
        const auto where = m_requests.front().ended();
        if (where) {
            m_requests.front().where = *where;
            break;
        }
        m_requests.pop_front();
    }
    return !m_requests.empty();
}

// True if it was answered.
bool GlobalRequests::stepRequest()
{
    const Request &request = m_requests.front();
    const bool needsPort = request.listened && request.where.port == 0;
    if (m_pending == Pending::Nothing && needsPort) {
        catchPort();
    }
    m_pending = Pending::Request;
    m_isPortDue = false; // this call takes the answer, unless it comes in the middle of it
    int port = 0;
    const int called = m_result ? SSH_OK : callLibssh(request, &port);
    if (m_result) {
        finishRequest(*m_result);
    } else if (called != SSH_AGAIN) {
        m_port = port;
        finishRequest(called);
    }
    return m_pending == Pending::Nothing;
}

int GlobalRequests::callLibssh(const Request &request, int *port)
{
    const char *host = request.where.host.constData();
    return request.listened ? ssh_channel_listen_forward(m_session, host, request.where.port, port)
                            : ssh_channel_cancel_forward(m_session, host, request.where.port);
}

// libssh reads the port that the server has chosen from the packet which came last, and that may be
// another one by the time the answer is asked for ("no guarantee" in channels.c of 0.11). Between
// the answer and the next packet libssh always has something to log: then is the moment.
void GlobalRequests::catchPort()
{
    m_isPortDue = false;
    m_tap = std::make_unique<LogTap>([this](const char *function, const char *) {
        if (qstrcmp(function, "ssh_request_success") == 0) {
            m_isPortDue = true;
        } else if (m_isPortDue) {
            m_isPortDue = false; // the call below logs as well
            m_result = callLibssh(m_requests.front(), &m_port);
        }
    });
}

void GlobalRequests::finishRequest(int result)
{
    Request request = std::move(m_requests.front());
    m_requests.pop_front();
    m_pending = Pending::Nothing;
    m_tap.reset();
    m_result.reset();
    const int chosen = std::exchange(m_port, 0);
    const int port = request.where.port == 0 ? chosen : request.where.port;
    const bool isPort = port > 0 && port <= 65535;
    if (!request.listened) {
        return; // what the server says to an end makes no difference
    }
    if (result == SSH_OK && isPort) {
        request.listened(static_cast<quint16>(port));
    } else {
        request.listened(base::Failure(refusal(request.where)));
    }
}

// The protocol has no room for a reason.
base::Error GlobalRequests::refusal(const ListenAddress &where) const
{
    base::Error error;
    error.kind = base::ErrorKind::ForwardingRefused;
    error.source = base::ErrorSource::Ssh;
    error.code = ssh_get_error_code(m_session);
    error.operation = QStringLiteral("listen on the server");
    error.subject = QStringLiteral("%1:%2").arg(QString::fromUtf8(where.host)).arg(where.port);
    return error;
}

} // namespace ssh
