// PasswordLogin: the method "password" of RFC 4252 section 8.

#pragma once

#include "ssh/LoginAttempt.h"

namespace ssh {

class PasswordLogin final : public LoginAttempt
{
public:
    // Asks up to three times, as ssh(1) does; a remembered password takes the place of the first
    // answer.
    PasswordLogin(QString user, QString host, base::SecretString remembered);

    QString method() const override { return QStringLiteral("password"); }
    QString description() const override { return QStringLiteral("password"); }
    QString remark() const override { return m_remark; }
    bool isSilent() const override { return false; }
    bool mayAsk() const override { return true; }
    Outcome step(ssh_session session) override;
    Prompt::Question question() const override;
    void answer(const PromptAnswer &answer) override;
    void remember(LoginMemory &memory) const override;

private:
    enum class Phase { Asking, AwaitingAnswer, Sending, GivenUp };

    QString m_user;
    QString m_host;
    base::SecretString m_password;
    int m_attempt = 1;
    Phase m_phase;
    QString m_remark;
};

} // namespace ssh
