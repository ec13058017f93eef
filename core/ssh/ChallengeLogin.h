// ChallengeLogin: the method "keyboard-interactive" of RFC 4256, with up to 20 rounds and 256
// prompts (libssh's limit) in each.

#pragma once

#include "ssh/LoginAttempt.h"

namespace ssh {

class ChallengeLogin final : public LoginAttempt
{
public:
    // Starts over up to three times when it is denied. A remembered password answers a first round
    // that has just one prompt without echo, which speaks of a password, and nothing else: a
    // one-time code must not be sent twice.
    ChallengeLogin(QString user, QString host, base::SecretString remembered);

    QString method() const override { return QStringLiteral("keyboard-interactive"); }
    QString description() const override { return QStringLiteral("keyboard-interactive"); }
    QString remark() const override { return m_remark; }
    bool isSilent() const override { return false; }
    bool mayAsk() const override { return true; }
    bool isProof() const override { return m_isProof; }
    Outcome step(ssh_session session) override;
    Prompt::Question question() const override { return m_question; }
    void answer(const PromptAnswer &answer) override;
    void remember(LoginMemory &memory) const override;

private:
    enum class Phase { Calling, AwaitingAnswer, Answered, GivenUp };

    Outcome readQuestion(ssh_session session);
    bool isPasswordRound() const;
    Outcome sendAnswers(ssh_session session);

    QString m_user;
    QString m_host;
    base::SecretString m_remembered;
    ChallengeQuestion m_question;
    SecretAnswers m_answers;
    base::SecretString m_password; // given to the first round, if that asked for it alone
    QString m_remark;
    bool m_isProof = false; // at least one question was answered
    int m_attempt = 1;
    int m_round = 0;
    Phase m_phase = Phase::Calling;
};

} // namespace ssh
