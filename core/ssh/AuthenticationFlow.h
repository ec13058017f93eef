// AuthenticationFlow: from a verified host to a login, method by method.
//
// The order is Paramiko's: the key files given, keys of the agent, the default keys, then a
// password, or questions of the server if it takes no password. After a partial success it goes on
// with what the server still wants. Lives on the connection's thread.

#pragma once

#include "keys/AgentClient.h"
#include "ssh/AgentKeyLogin.h"

#include <QObject>
#include <QStringList>

#include <deque>
#include <memory>

namespace ssh {

// What the flow needs to know that one proof of the host key has taken place. Only HostKeyCheck
// makes one, so that no code can log in to a host that was not verified.
class VerifiedHost
{
    friend class HostKeyCheck;
    VerifiedHost() = default;
};

struct Login
{
    QString method; // RFC 4252 name; "none" if the server asked for nothing
    QString description; // which key
    LoginMemory memory; // without the host key
};

class AuthenticationFlow final : public QObject
{
    Q_OBJECT

public:
    // With `memory` it logs in as remembered and asks nothing: a question is a failure then.
    AuthenticationFlow(VerifiedHost proof, ssh_session session, ConnectionSettings settings,
                       const std::optional<LoginMemory> &memory, Interruption &interruption,
                       QObject *parent = nullptr);
    ~AuthenticationFlow() override;

    // Goes as far as the server's answers allow. To be called after each turn until finished().
    void step();

    void answer(const PromptAnswer &answer);

    // Once it has finished well.
    const Login &login() const { return m_login; }

signals:
    void progressed(); // the server has answered
    void bannerReceived(const QString &text); // foreign text (RFC 4252 section 5.4)
    void questionRaised(const ssh::Prompt::Question &question);

    // Once. AuthenticationFailed with what was tried in `detail`, Cancelled by the user,
    // ConnectionLost.
    void finished(const base::Result<void> &result);

private:
    enum class Phase { Probing, ListingAgent, Trying, Finished };

    void probe();
    void takeBanner();
    void listAgentKeys();
    void addAttempts(const QString &agentPath, const QList<keys::AgentIdentity> &agentKeys);
    void addKeyFile(const QString &path);
    void tryAttempts();
    void handleOutcome(LoginAttempt::Outcome outcome);
    void noteRefusal(const LoginAttempt &attempt);
    void succeed(const QString &method, const QString &description);
    void fail(base::ErrorKind kind);

    ssh_session m_session;
    ConnectionSettings m_settings;
    Interruption &m_interruption;
    AgentSocket m_agentSocket;
    bool m_isTwin; // nobody is there to be asked
    LoginMemory m_memory; // what was learned, here or by the first connection
    Phase m_phase = Phase::Probing;
    std::unique_ptr<keys::AgentClient> m_agent;
    std::deque<std::unique_ptr<LoginAttempt>> m_attempts; // the first is under way
    QStringList m_offered; // methods that can continue (RFC 4252 section 5.1)
    Login m_login;
    QStringList m_trace; // one line per attempt that did not do
};

} // namespace ssh
