#include "ui/errors/LoginErrorText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using Attempt = ssh::LoginTrace::Attempt;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::LoginErrorText", text);
}

QString listOf(const QStringList &methods)
{
    QStringList texts;
    for (const QString &method : methods) {
        texts.append(loginMethodText(method));
    }
    return texts.join(QStringLiteral(", "));
}

// "3 keys, password"
QString triedText(const ssh::LoginTrace &trace)
{
    QStringList texts;
    for (const QString &method : trace.triedMethods()) {
        const qsizetype keys = trace.triedKeys();
        texts.append(method == QStringLiteral("publickey") && keys > 1 ? tr("%1 keys").arg(keys)
                                                                       : loginMethodText(method));
    }
    return texts.join(QStringLiteral(", "));
}

// What the last attempt of a kind ended with, if only we know.
QString ownRemark(const ssh::LoginTrace &trace)
{
    for (const Attempt &attempt : trace.attempts) {
        if (attempt.method == QStringLiteral("password")
            && attempt.answer == Attempt::Answer::Unanswered && !attempt.remark.isEmpty()) {
            return tr("The server wants a new password before it lets you in, in a way that Ponto "
                      "can not answer.");
        }
    }
    return {};
}

QString whyText(const ssh::LoginTrace &trace)
{
    if (trace.endedByTooManyFailures()) {
        return tr("The server closed the connection after too many attempts (tried: %1).")
            .arg(triedText(trace));
    }
    if (const QString remark = ownRemark(trace); !remark.isEmpty()) {
        return remark;
    }
    const QString tried = triedText(trace);
    const QString accepted = listOf(trace.accepted);
    if (tried.isEmpty()) {
        return accepted.isEmpty()
            ? tr("The server offers no way to log in.")
            : tr("There was nothing to log in with. The server accepts: %1.").arg(accepted);
    }
    return accepted.isEmpty()
        ? tr("The server did not accept the login (tried: %1).").arg(tried)
        : tr("The server did not accept the login (tried: %1). It accepts: %2.")
              .arg(tried, accepted);
}

QString adviceText(const ssh::LoginTrace &trace)
{
    if (trace.endedByTooManyFailures()) {
        return tr("Name the right key file for this session: it is then tried first.");
    }
    if (!ownRemark(trace).isEmpty()) {
        return tr("Change the password with another program, such as ssh, then log in here.");
    }
    const bool takesKeysOnly = trace.accepted == QStringList{QStringLiteral("publickey")};
    return takesKeysOnly ? tr("Check the user name, and that the server knows one of your keys.")
                         : tr("Check the user name, and the keys or the password.");
}

} // namespace

QString loginMethodText(const QString &method)
{
    if (method == QStringLiteral("publickey")) {
        return tr("key");
    }
    if (method == QStringLiteral("password")) {
        return tr("password");
    }
    if (method == QStringLiteral("keyboard-interactive")) {
        return tr("questions (keyboard-interactive)");
    }
    if (method == QStringLiteral("gssapi-with-mic")) {
        return tr("Kerberos (gssapi-with-mic)");
    }
    return base::displayText(method);
}

ErrorText loginErrorText(const base::Error &error, const ssh::LoginTrace &trace)
{
    const bool isOfLogin
        = !trace.attempts.isEmpty() && trace.attempts.last().answer != Attempt::Answer::Accepted;
    if (!isOfLogin) {
        return errorText(error);
    }
    const bool isRefusal = error.kind == base::ErrorKind::AuthenticationFailed;
    base::Error whole = error; // the detail of a refusal is the trace in short
    whole.detail = isRefusal ? trace.toText() : error.detail + u'\n' + trace.toText();
    ErrorText text = errorText(whole);
    if (isRefusal) {
        text.why = whyText(trace);
        text.advice = adviceText(trace);
    }
    return text;
}

} // namespace ui
