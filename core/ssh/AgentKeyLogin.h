// AgentKeyLogin: the method "publickey" of RFC 4252 section 7 with one key of an ssh-agent.
//
// libssh would try all keys of the agent. An AgentProxy stands in between and shows it this one.

#pragma once

#include "keys/AgentProxy.h"
#include "ssh/AgentWait.h"
#include "ssh/Interruption.h"
#include "ssh/LoginAttempt.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

namespace ssh {

// The socket on which a session believes to see an agent. libssh closes the one that it has when
// the session is freed, but not one that it had before.
class AgentSocket
{
public:
    // From here on `socket` is libssh's.
    [[nodiscard]] bool replace(ssh_session session, base::UniqueFd socket);

private:
    int m_current = -1; // libssh's
};

// What all keys of an agent have in common.
struct AgentAccess
{
    QString path; // of the agent's socket
    std::chrono::milliseconds timeLimit; // for its answer, a touch included
    AgentSocket &socket;
    Interruption &interruption;
    // Called on a thread of the proxy when the agent begins to sign, and with nothing when it has
    // ended. The connection's thread stands still in between.
    std::function<void(const std::optional<AgentWait> &)> reportWait;
};

class AgentKeyLogin final : public LoginAttempt
{
public:
    AgentKeyLogin(QString user, keys::AgentIdentity identity, AgentAccess access);
    ~AgentKeyLogin() override;

    QString method() const override { return QStringLiteral("publickey"); }
    QString description() const override;
    QString remark() const override { return m_remark; }
    Outcome step(ssh_session session) override;
    bool takeProgress() override { return m_hasAnswered.exchange(false); }
    bool isProof() const override { return m_hasSigned; }

    // It never asks: the agent does, in its own way.
    Prompt::Question question() const override;
    void answer(const PromptAnswer &) override { }
    void remember(LoginMemory &) const override { }

private:
    Outcome startProxy(ssh_session session);
    void handleSigning(); // on the proxy's thread
    void handleSigned(const base::Result<void> &result); // likewise

    QString m_user;
    keys::AgentIdentity m_identity;
    AgentAccess m_access;
    QString m_remark;
    std::atomic<bool> m_hasAnswered = false; // since takeProgress()
    std::atomic<bool> m_hasSigned = false;
    std::atomic<base::ErrorKind> m_failure = base::ErrorKind::Internal; // why it did not sign
    std::optional<keys::AgentProxy> m_proxy; // last: its thread uses what stands above
};

} // namespace ssh
