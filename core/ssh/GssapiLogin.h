// GssapiLogin: the method "gssapi-with-mic" of RFC 4462 with a Kerberos ticket that the user has.
//
// libssh speaks with the ticket server inside its own calls and waits for it: a step can take as
// long as the Kerberos library's own time limits. No ticket is ever handed on to the server.

#pragma once

#include "ssh/LibsshLog.h"
#include "ssh/LoginAttempt.h"

#include <memory>

namespace ssh {

class GssapiLogin final : public LoginAttempt
{
public:
    explicit GssapiLogin(QString user);

    QString method() const override { return QStringLiteral("gssapi-with-mic"); }
    QString description() const override { return QStringLiteral("Kerberos ticket"); }
    QString remark() const override { return m_remark; }
    Outcome step(ssh_session session) override;
    bool isProof() const override { return m_hasSigned; }

    // It never asks: kinit(1) has done so.
    Prompt::Question question() const override;
    void answer(const PromptAnswer &) override { }
    void remember(LoginMemory &) const override { }

private:
    void watchForSignature();

    QString m_user;
    QString m_remark;
    bool m_isPrepared = false;
    bool m_hasSigned = false; // the exchange of tokens was completed, and our MIC sent
    std::unique_ptr<LogTap> m_log; // while the server is waited for
};

} // namespace ssh
