#include "ssh/GssapiLogin.h"

#include "ssh/Farewell.h"

namespace ssh {

GssapiLogin::GssapiLogin(QString user)
    : m_user(std::move(user))
{
}

LoginAttempt::Outcome GssapiLogin::step(ssh_session session)
{
    if (!m_isPrepared) {
        // Unlike the other calls this one takes the name from the options.
        const int noDelegation = 0;
        if (ssh_options_set(session, SSH_OPTIONS_USER, m_user.toUtf8().constData()) != SSH_OK
            || ssh_options_set(session, SSH_OPTIONS_GSSAPI_DELEGATE_CREDENTIALS, &noDelegation)
                != SSH_OK) {
            m_remark = QStringLiteral("the user name can not be used");
            return Outcome::Denied;
        }
        m_isPrepared = true;
        watchForSignature();
    }
    const Outcome outcome = outcomeOf(ssh_userauth_gssapi(session));
    if (outcome != Outcome::Pending) {
        m_log.reset();
    }
    // Both without a ticket (before anything is sent) and when there is none for this server,
    // libssh gives up by itself, and the server waits for another request (RFC 4462 section 3.9).
    const bool isOurs = outcome == Outcome::Broken
        || (outcome == Outcome::Denied
            && !QByteArrayView(ssh_get_error(session)).contains("'gssapi-with-mic'"));
    if (isOurs && !isOver(session)) {
        m_remark = QStringLiteral("there is no Kerberos ticket for this server: kinit gets one");
        return Outcome::Denied;
    }
    return outcome;
}

// libssh takes a partial success at every step of the exchange, the bare offer included, and has no
// getter for how far that went (packet.c, gssapi.c). It logs when it sends the MIC, and after that
// only what went wrong with making one.
void GssapiLogin::watchForSignature()
{
    m_log = std::make_unique<LogTap>([this](const char *function, const char *) {
        if (qstrcmp(function, "ssh_gssapi_send_mic") == 0) {
            m_hasSigned = true;
        } else if (qstrcmp(function, "ssh_gssapi_log_error") == 0) {
            m_hasSigned = false;
        }
    });
}

Prompt::Question GssapiLogin::question() const
{
    Q_UNREACHABLE_RETURN(PasswordQuestion{});
}

} // namespace ssh
