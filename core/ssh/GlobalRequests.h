// GlobalRequests: the requests that concern a whole connection (RFC 4254 section 4), one at a time.
//
// libssh 0.11 has one state for all of them: a request made while another is unanswered is not
// sent, and is given the other's answer. All go through here therefore. It also judges from them
// whether the peer lives, and how far away it is.

#pragma once

#include "ssh/ConnectionService.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>

#include <libssh/libssh.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace ssh {

class LogTap;

class GlobalRequests
{
public:
    // After `interval` of silence the server is asked for a sign of life, 0 for never; so many
    // questions in a row may stay unanswered.
    GlobalRequests(ssh_session session, std::chrono::milliseconds interval, int unansweredLimit);
    ~GlobalRequests();
    Q_DISABLE_COPY_MOVE(GlobalRequests)

    // To be called about each second. False once the server has left too many questions
    // unanswered. Every byte that arrives is a sign of life.
    bool keepAlive();

    // The network may have changed, after a sleep for example: asks now, and more often until
    // something arrives. Does nothing if the server is never asked.
    void suspect();

    // "tcpip-forward", as in ServicePort. What is not answered when this is destroyed never is.
    void listen(const ListenAddress &where, ServicePort::Listened answered);

    // "cancel-tcpip-forward". Its turn comes when all that was asked for before has been answered:
    // then `where` is called, with the port that was told. Nothing: there is nothing to end.
    using Where = std::move_only_function<std::optional<ListenAddress>()>;
    void unlisten(Where where);

    // To be called in each turn: takes answers, and sends what waits.
    void step();

    // True from suspect() until something has arrived.
    bool isSuspicious() const { return m_isSuspicious; }

    // To be called about each second where the time of the round trip is not known otherwise: asks
    // now and then while nothing else is under way.
    void measure();

    // To be called after each turn.
    void noteArrival();

    // From a question to what came first after it; absent before the first.
    std::optional<std::chrono::microseconds> roundTrip() const { return m_roundTrip; }

    // Of the socket, since this object was made.
    const ssh_counter_struct &traffic() const { return m_counter; }
    quint64 bytesReceived() const { return m_counter.in_bytes; }
    quint64 bytesSent() const { return m_counter.out_bytes; }

private:
    struct Request
    {
        ListenAddress where;
        ServicePort::Listened listened; // either this
        Where ended; // or that: tells `where`
    };

    // What libssh waits for an answer to.
    enum class Pending { Nothing, KeepAlive, Request };

    void ask();
    bool isWaiting();
    bool findWhere();
    bool stepRequest();
    int callLibssh(const Request &request, int *port);
    void catchPort();
    void finishRequest(int result);
    base::Error refusal(const ListenAddress &where) const;

    ssh_session m_session;
    std::chrono::milliseconds m_interval;
    int m_unansweredLimit;
    ssh_counter_struct m_counter{}; // libssh adds to it
    quint64 m_bytesSeen = 0;
    quint64 m_bytesAtQuestion = 0;
    int m_unanswered = 0;
    bool m_isSuspicious = false;
    QDeadlineTimer m_nextQuestion;
    QDeadlineTimer m_nextMeasurement;
    QElapsedTimer m_sinceQuestion; // invalid unless a question is under way
    std::optional<std::chrono::microseconds> m_roundTrip;
    Pending m_pending = Pending::Nothing;
    std::deque<Request> m_requests; // the first is under way if one is pending
    std::unique_ptr<LogTap> m_tap; // while a port is waited for
    bool m_isPortDue = false; // libssh has the answer that tells it
    std::optional<int> m_result; // of the request, caught early
    int m_port = 0;
};

} // namespace ssh
