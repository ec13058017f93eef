#include "ssh/AgentKeyLogin.h"

namespace ssh {

bool AgentSocket::replace(ssh_session session, base::UniqueFd socket)
{
    if (ssh_set_agent_socket(session, socket.get()) != SSH_OK) {
        return false;
    }
    const base::UniqueFd former(std::exchange(m_current, socket.release()));
    return true;
}

AgentKeyLogin::AgentKeyLogin(QString user, QString agentPath, keys::AgentIdentity identity,
                             std::chrono::milliseconds timeLimit, AgentSocket &socket,
                             Interruption &interruption)
    : m_user(std::move(user))
    , m_agentPath(std::move(agentPath))
    , m_identity(std::move(identity))
    , m_timeLimit(timeLimit)
    , m_socket(socket)
    , m_interruption(interruption)
{
}

AgentKeyLogin::~AgentKeyLogin()
{
    m_interruption.setProxy(nullptr);
}

QString AgentKeyLogin::description() const
{
    return QStringLiteral("agent key %1").arg(m_identity.comment);
}

LoginAttempt::Outcome AgentKeyLogin::step(ssh_session session)
{
    if (!m_proxy) {
        if (const Outcome started = startProxy(session); started != Outcome::Pending) {
            return started;
        }
    }
    return outcomeOf(ssh_userauth_agent(session, m_user.toUtf8().constData()));
}

// Pending if it may go on.
LoginAttempt::Outcome AgentKeyLogin::startProxy(ssh_session session)
{
    auto proxy = keys::AgentProxy::start(m_agentPath, m_identity, m_timeLimit);
    if (!proxy) {
        m_remark = proxy.error().detail;
        return Outcome::Denied;
    }
    m_proxy.emplace(std::move(*proxy));
    m_interruption.setProxy(&*m_proxy);
    return m_socket.replace(session, m_proxy->takeClientEnd()) ? Outcome::Pending : Outcome::Broken;
}

Prompt::Question AgentKeyLogin::question() const
{
    Q_UNREACHABLE_RETURN(PasswordQuestion{});
}

} // namespace ssh
