#include "ssh/PasswordLogin.h"

#include "ssh/Farewell.h"

namespace ssh {
namespace {

constexpr int attemptLimit = 3; // NumberOfPasswordPrompts of ssh_config(5)

// SSH_MSG_USERAUTH_PASSWD_CHANGEREQ of RFC 4252 section 8. libssh has no answer to it: it takes it
// for a message out of place, and ends the connection.
bool wantsChange(ssh_session session)
{
    return QByteArrayView(ssh_get_error(session)).contains("rejected packet (type 60)");
}

} // namespace

PasswordLogin::PasswordLogin(QString user, QString host, base::SecretString remembered)
    : m_user(std::move(user))
    , m_host(std::move(host))
    , m_password(std::move(remembered))
    , m_phase(m_password.isEmpty() ? Phase::Asking : Phase::Sending)
{
}

LoginAttempt::Outcome PasswordLogin::step(ssh_session session)
{
    switch (m_phase) {
    case Phase::Asking:
        m_phase = Phase::AwaitingAnswer;
        return Outcome::Question;
    case Phase::AwaitingAnswer:
        return Outcome::Pending;
    case Phase::GivenUp:
        return Outcome::GivenUp;
    case Phase::Sending:
        break;
    }
    const Outcome outcome
        = outcomeOf(ssh_userauth_password(session, m_user.toUtf8().constData(), m_password.utf8()));
    if (outcome != Outcome::Succeeded && wantsChange(session)) {
        m_remark = QStringLiteral("the server wants a new password before it lets you in, in a way "
                                  "that Ponto can not answer: change it with another program, such "
                                  "as ssh");
        return Outcome::Broken;
    }
    if (outcome != Outcome::Denied || m_attempt >= attemptLimit || isOver(session)) {
        return outcome;
    }
    ++m_attempt;
    m_phase = Phase::AwaitingAnswer;
    return Outcome::Question;
}

Prompt::Question PasswordLogin::question() const
{
    return PasswordQuestion{m_user, m_host, m_attempt};
}

void PasswordLogin::answer(const PromptAnswer &answer)
{
    const auto *secrets = std::get_if<SecretAnswers>(&answer);
    if (secrets == nullptr || secrets->isEmpty()) {
        m_phase = Phase::GivenUp;
        return;
    }
    m_password = secrets->first();
    m_phase = Phase::Sending;
}

void PasswordLogin::remember(LoginMemory &memory) const
{
    memory.password = m_password;
}

} // namespace ssh
