// GlobalRequests: the requests that concern a whole connection (RFC 4254 section 4), one at a time.
//
// libssh 0.11 has one state for all of them: a request made while another is unanswered is not
// sent, and is given the other's answer. All go through here therefore. It also judges from them
// whether the peer lives.

#pragma once

#include <QDeadlineTimer>

#include <libssh/libssh.h>

#include <chrono>

namespace ssh {

class GlobalRequests
{
public:
    // After `interval` of silence the server is asked for a sign of life; 0 for never.
    GlobalRequests(ssh_session session, std::chrono::milliseconds interval);
    ~GlobalRequests();
    Q_DISABLE_COPY_MOVE(GlobalRequests)

    // To be called about each second. False once the server has left three questions unanswered.
    bool keepAlive();

    // Of the socket, since this object was made.
    quint64 bytesReceived() const { return m_counter.in_bytes; }
    quint64 bytesSent() const { return m_counter.out_bytes; }

private:
    void ask();

    ssh_session m_session;
    std::chrono::milliseconds m_interval;
    ssh_counter_struct m_counter{}; // libssh adds to it
    quint64 m_bytesSeen = 0;
    int m_unanswered = 0;
    QDeadlineTimer m_nextQuestion;
};

} // namespace ssh
