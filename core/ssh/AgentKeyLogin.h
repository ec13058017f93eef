// AgentKeyLogin: the method "publickey" of RFC 4252 section 7 with one key of an ssh-agent.
//
// libssh would try all keys of the agent. An AgentProxy stands in between and shows it this one.

#pragma once

#include "keys/AgentProxy.h"
#include "ssh/Interruption.h"
#include "ssh/LoginAttempt.h"

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

class AgentKeyLogin final : public LoginAttempt
{
public:
    // `agentPath` is what SSH_AUTH_SOCK holds. `timeLimit` is for the agent's answer, a touch
    // included.
    AgentKeyLogin(QString user, QString agentPath, keys::AgentIdentity identity,
                  std::chrono::milliseconds timeLimit, AgentSocket &socket,
                  Interruption &interruption);
    ~AgentKeyLogin() override;

    QString method() const override { return QStringLiteral("publickey"); }
    QString description() const override;
    QString remark() const override { return m_remark; }
    Outcome step(ssh_session session) override;

    // It never asks: the agent does, in its own way.
    Prompt::Question question() const override;
    void answer(const PromptAnswer &) override { }
    void remember(LoginMemory &) const override { }

private:
    Outcome startProxy(ssh_session session);

    QString m_user;
    QString m_agentPath;
    keys::AgentIdentity m_identity;
    std::chrono::milliseconds m_timeLimit;
    AgentSocket &m_socket;
    Interruption &m_interruption;
    std::optional<keys::AgentProxy> m_proxy;
    QString m_remark;
};

} // namespace ssh
