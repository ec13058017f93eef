#include "ssh/ChallengeLogin.h"

#include "ssh/Farewell.h"

namespace ssh {
namespace {

constexpr int attemptLimit = 3; // NumberOfPasswordPrompts of ssh_config(5)
// Of one attempt: a server could go on for ever, without asking anything or by asking all the time.
constexpr int roundLimit = 20;
// Characters of one text that are kept to be shown.
constexpr qsizetype textLimit = qsizetype{8} * 1024;

// What a server asks for when it wants the one secret that is the same the next time.
bool asksForPassword(const QString &prompt)
{
    const auto speaksOf
        = [&prompt](const QString &word) { return prompt.contains(word, Qt::CaseInsensitive); };
    return speaksOf(QStringLiteral("password")) && !speaksOf(QStringLiteral("one-time"))
        && !speaksOf(QStringLiteral("one time")) && !speaksOf(QStringLiteral("otp"));
}

QString limited(const char *text)
{
    return QString::fromUtf8(text).left(textLimit);
}

} // namespace

ChallengeLogin::ChallengeLogin(QString user, QString host, base::SecretString remembered)
    : m_user(std::move(user))
    , m_host(std::move(host))
    , m_remembered(std::move(remembered))
{
}

LoginAttempt::Outcome ChallengeLogin::step(ssh_session session)
{
    switch (m_phase) {
    case Phase::GivenUp:
        return Outcome::GivenUp;
    case Phase::AwaitingAnswer:
        return Outcome::Pending;
    case Phase::Answered:
        if (const Outcome sent = sendAnswers(session); sent != Outcome::Pending) {
            return sent;
        }
        m_phase = Phase::Calling;
        break;
    case Phase::Calling:
        break;
    }
    const int result = ssh_userauth_kbdint(session, m_user.toUtf8().constData(), nullptr);
    if (result == SSH_AUTH_INFO) {
        return readQuestion(session);
    }
    const Outcome outcome = outcomeOf(result);
    if (outcome == Outcome::Denied && m_isProof && m_attempt < attemptLimit && !isOver(session)) {
        ++m_attempt;
        m_round = 0;
        m_remembered = {}; // it was no good
        m_password = {};
        return step(session);
    }
    return outcome;
}

LoginAttempt::Outcome ChallengeLogin::readQuestion(ssh_session session)
{
    if (++m_round > roundLimit) {
        m_remark = QStringLiteral("the server asked %1 times and did not come to an end")
                       .arg(roundLimit);
        return Outcome::Denied;
    }
    m_question = {m_user,
                  m_host,
                  limited(ssh_userauth_kbdint_getname(session)),
                  limited(ssh_userauth_kbdint_getinstruction(session)),
                  {}};
    const int count = ssh_userauth_kbdint_getnprompts(session);
    for (int i = 0; i < count; ++i) {
        char echo = 0;
        const char *prompt
            = ssh_userauth_kbdint_getprompt(session, static_cast<unsigned int>(i), &echo);
        m_question.items.append({limited(prompt), echo != 0});
    }
    if (m_question.items.isEmpty()) {
        // RFC 4256 section 3.2 allows a round without prompts: it is answered at once.
        m_phase = Phase::Calling;
        return step(session);
    }
    if (isPasswordRound() && !m_remembered.isEmpty()) {
        m_answers = {m_remembered};
        m_password = m_remembered;
        m_isProof = true;
        m_phase = Phase::Answered;
        return step(session);
    }
    m_phase = Phase::AwaitingAnswer;
    return Outcome::Question;
}

bool ChallengeLogin::isPasswordRound() const
{
    return m_round == 1 && m_question.items.size() == 1 && !m_question.items.first().echo
        && asksForPassword(m_question.items.first().prompt);
}

LoginAttempt::Outcome ChallengeLogin::sendAnswers(ssh_session session)
{
    for (qsizetype i = 0; i < m_answers.size(); ++i) {
        if (ssh_userauth_kbdint_setanswer(session, static_cast<unsigned int>(i),
                                          m_answers[i].utf8())
            < 0) {
            return Outcome::Broken;
        }
    }
    return Outcome::Pending;
}

void ChallengeLogin::answer(const PromptAnswer &answer)
{
    const auto *secrets = std::get_if<SecretAnswers>(&answer);
    if (secrets == nullptr || secrets->size() != m_question.items.size()) {
        m_phase = Phase::GivenUp;
        return;
    }
    m_answers = *secrets;
    m_isProof = true;
    if (isPasswordRound()) {
        m_password = secrets->first();
    }
    m_phase = Phase::Answered;
}

void ChallengeLogin::remember(LoginMemory &memory) const
{
    if (!m_password.isEmpty()) {
        memory.password = m_password;
    }
}

} // namespace ssh
