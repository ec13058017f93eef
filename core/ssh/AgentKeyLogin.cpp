#include "ssh/AgentKeyLogin.h"

#include "keys/PublicKeyBlob.h"
#include "ssh/Farewell.h"

namespace ssh {
namespace {

QString remarkFor(base::ErrorKind failure)
{
    switch (failure) {
    case base::ErrorKind::TimedOut:
        return QStringLiteral("the agent did not sign in time: nobody touched or consented");
    case base::ErrorKind::PermissionDenied:
        return QStringLiteral("the agent refused to sign: it is locked, or nobody consented");
    default:
        return QStringLiteral("the agent is gone");
    }
}

} // namespace

bool AgentSocket::replace(ssh_session session, base::UniqueFd socket)
{
    if (ssh_set_agent_socket(session, socket.get()) != SSH_OK) {
        return false;
    }
    const base::UniqueFd former(std::exchange(m_current, socket.release()));
    return true;
}

AgentKeyLogin::AgentKeyLogin(QString user, keys::AgentIdentity identity, AgentAccess access)
    : m_user(std::move(user))
    , m_identity(std::move(identity))
    , m_access(std::move(access))
{
}

AgentKeyLogin::~AgentKeyLogin()
{
    m_access.interruption.setProxy(nullptr);
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
    const Outcome outcome = outcomeOf(ssh_userauth_agent(session, m_user.toUtf8().constData()));
    if (outcome == Outcome::Broken && !isOver(session)) {
        // There was no signature, which libssh takes for a lack of memory. Nothing was sent.
        m_remark = remarkFor(m_failure);
        return m_failure == base::ErrorKind::Cancelled ? Outcome::GivenUp : Outcome::Denied;
    }
    return outcome;
}

// Pending if it may go on.
LoginAttempt::Outcome AgentKeyLogin::startProxy(ssh_session session)
{
    auto proxy = keys::AgentProxy::start(
        m_access.path, m_identity, m_access.timeLimit,
        {.signing = [this] { handleSigning(); },
         .hasSigned = [this](const base::Result<void> &result) { handleSigned(result); }});
    if (!proxy) {
        m_remark = proxy.error().detail;
        return Outcome::Denied;
    }
    m_proxy.emplace(std::move(*proxy));
    m_access.interruption.setProxy(&*m_proxy);
    return m_access.socket.replace(session, m_proxy->takeClientEnd()) ? Outcome::Pending
                                                                      : Outcome::Broken;
}

void AgentKeyLogin::handleSigning()
{
    m_access.reportWait(AgentWait{m_identity.comment, keys::sha256Fingerprint(m_identity.blob),
                                  keys::isOfSecurityDevice(m_identity.blob)});
}

void AgentKeyLogin::handleSigned(const base::Result<void> &result)
{
    m_hasAnswered = true;
    m_hasSigned = result.has_value();
    if (!result) {
        m_failure = result.error().kind;
    }
    m_access.reportWait(std::nullopt);
}

Prompt::Question AgentKeyLogin::question() const
{
    Q_UNREACHABLE_RETURN(PasswordQuestion{});
}

} // namespace ssh
