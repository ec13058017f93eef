// AgentRelay: stands between a program on a server and the user's agent. It passes on what a login
// there needs, the list of the keys and signatures, and refuses all else: nobody there adds,
// removes or locks keys. Used for the forwarded agent, once for each program.
//
// Lives on the thread of the connection and never waits. One request is under way at a time, as in
// the agent itself.

#pragma once

#include "base/UniqueFd.h"
#include "keys/AgentProtocol.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace keys {

class AgentRelay final : public QObject
{
    Q_OBJECT

public:
    struct SignRequest
    {
        AgentIdentity identity; // the comment is known if the keys were listed before
        QString user; // who logs in with it, if it is for that; foreign text
    };

    // Whether a signature may be made: called with each request, and answers once, at once or
    // later, as long as this lives. Null: all may.
    using Approver
        = std::function<void(const SignRequest &request, std::function<void(bool)> decide)>;

    // Both sockets are non-blocking. Ends both when one of them ends.
    AgentRelay(base::UniqueFd program, base::UniqueFd agent, Approver approver,
               QObject *parent = nullptr);

private:
    // A socket with what was read from it, and what it is to get.
    struct End
    {
        base::UniqueFd socket;
        std::unique_ptr<QSocketNotifier> readable; // after the socket: they go first
        std::unique_ptr<QSocketNotifier> writable;
        QByteArray received;
        QByteArray unsent;
    };

    void watch(End &end, void (AgentRelay::*read)());
    bool readFrom(End &end); // false: it has ended
    void send(End &end, const QByteArray &frame);
    void flush(End &end);
    void readProgram();
    void readAgent();
    void handleRequest(const QByteArray &message);
    void ask(const QByteArray &message);
    void passOn(const QByteArray &message);
    void refuse();
    void close();

    End m_program;
    End m_agent;
    const Approver m_approver;
    QList<AgentIdentity> m_identities; // as the agent has listed them last
    bool m_isBusy = false; // a request is under way
};

} // namespace keys
