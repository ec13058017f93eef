// AuthenticationFlow: from a verified host to a login, method by method.
//
// The order is that of the settings, by default Paramiko's. After a partial success it goes on with
// what the server still wants. "none", which makes the server tell its methods or let us in, costs
// a round trip: it is tried before the user is asked for anything, and not before what needs
// nobody. Lives on the connection's thread.

#pragma once

#include "keys/AgentClient.h"
#include "keys/AgentLocation.h"
#include "ssh/LoginPlan.h"
#include "ssh/LoginTrace.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <deque>
#include <memory>
#include <optional>

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
    bool isProof = true; // false: the server let us in without a key, a password or an answer
    LoginMemory memory; // without the host key
};

class AuthenticationFlow final : public QObject
{
    Q_OBJECT

public:
    // With `memory` it logs in as remembered; whether it may ask depends on what that is for.
    AuthenticationFlow(VerifiedHost proof, ssh_session session, ConnectionSettings settings,
                       const std::optional<LoginMemory> &memory, Interruption &interruption,
                       QObject *parent = nullptr);
    ~AuthenticationFlow() override;

    // Goes as far as the server's answers allow. To be called after each turn until finished().
    void step();

    void answer(const PromptAnswer &answer);

    // Once it has finished well.
    const Login &login() const { return m_login; }

    // What was tried so far. At every moment.
    const LoginTrace &trace() const { return m_trace; }

signals:
    void progressed(); // the server has answered, or a person has acted
    void bannerReceived(const QString &text); // foreign text (RFC 4252 section 5.4)
    void questionRaised(const ssh::Prompt::Question &question);

    // Emitted on a thread of the agent's proxy while this object's own thread waits: connect
    // directly. Nothing: the agent has answered.
    void agentWaitChanged(const std::optional<ssh::AgentWait> &wait);

    // Once. AuthenticationFailed with what was tried in `detail`, Cancelled by the user,
    // ConnectionLost, ProtocolViolation.
    void finished(const base::Result<void> &result);

private:
    enum class Phase { Starting, ListingAgent, Probing, Trying, Finished };

    void listAgents();
    bool mustProbe();
    void probe();
    void takeBanner();
    void askNextAgent();
    void handleIdentities(const keys::AgentLocation &agent,
                          const base::Result<QList<keys::AgentIdentity>> &identities);
    void startTrying(const QString &agentPath, const QList<keys::AgentIdentity> &identities);
    void tryAttempts();
    std::deque<PlannedLogin>::iterator next();
    bool takeNext();
    LoginAttempt::Outcome stepCurrent();
    void handleOutcome(LoginAttempt::Outcome outcome);
    void handlePartialSuccess();
    void handleRefusal();
    void note(LoginTrace::Attempt::Answer answer, const QString &remark = {});
    void succeed(const QString &method, const QString &description);
    void failBroken();
    bool isLoginToBlame() const;
    void fail(base::ErrorKind kind);

    ssh_session m_session;
    ConnectionSettings m_settings;
    Interruption &m_interruption;
    AgentSocket m_agentSocket;
    bool m_isTwin; // nobody is there to be asked
    LoginMemory m_memory; // what was learned, here or by an earlier connection
    Phase m_phase = Phase::Starting;
    QElapsedTimer m_clock;

    QList<keys::AgentLocation> m_agents; // to be asked yet
    std::unique_ptr<keys::AgentClient> m_agent;

    std::deque<PlannedLogin> m_plan; // to be tried yet
    PlannedLogin m_current; // without an attempt: none is under way
    QByteArray m_errorBefore; // libssh's, when m_current began
    QSet<QByteArray> m_refusedKeys;
    QSet<QString> m_skipped; // methods that would only ask for the same again
    // Methods that can continue (RFC 4252 section 5.1), once the server has told them.
    std::optional<QStringList> m_offered;
    bool m_isProbed = false; // "none" was tried, or is not worth it any more
    int m_partialSuccesses = 0;
    bool m_hasProof = false; // of one of the methods that succeeded

    QString m_banner; // all of it that was passed on
    Login m_login;
    LoginTrace m_trace;
};

} // namespace ssh
