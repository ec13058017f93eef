#include "ui/errors/SudoErrorText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>

#include <optional>

namespace ui {
namespace {

using base::ErrorCause;
using base::ErrorKind;

QString sudoTr(const char *text)
{
    return QCoreApplication::translate("ui::SudoErrorText", text);
}

struct SudoExplanation
{
    const char *why = "";
    const char *advice = "";
};

std::optional<SudoExplanation> explainSudo(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::SudoMissing:
        return SudoExplanation{
            QT_TRANSLATE_NOOP("ui::SudoErrorText", "sudo is not installed there."),
            QT_TRANSLATE_NOOP("ui::SudoErrorText", "Log in as that user, or install sudo.")};
    case ErrorCause::SudoFindsNoServer:
        return SudoExplanation{
            QT_TRANSLATE_NOOP("ui::SudoErrorText",
                              "OpenSSH's sftp-server is not where it usually is there."),
            QT_TRANSLATE_NOOP("ui::SudoErrorText",
                              "Install the package with it: openssh-sftp-server on Debian.")};
    case ErrorCause::SudoForbids:
        return SudoExplanation{
            QT_TRANSLATE_NOOP("ui::SudoErrorText", "sudo does not allow it to this login."),
            QT_TRANSLATE_NOOP("ui::SudoErrorText",
                              "Whoever runs the server can allow a shell as that user in its "
                              "sudoers file.")};
    case ErrorCause::SudoWrongPassword:
        return SudoExplanation{
            QT_TRANSLATE_NOOP("ui::SudoErrorText", "The password was not accepted."),
            QT_TRANSLATE_NOOP("ui::SudoErrorText",
                              "sudo usually wants the password of the one who has logged in, not "
                              "that of root.")};
    case ErrorCause::SudoWantsTerminal:
        return SudoExplanation{
            QT_TRANSLATE_NOOP("ui::SudoErrorText", "sudo works only in a terminal there."),
            QT_TRANSLATE_NOOP("ui::SudoErrorText",
                              "Whoever runs the server can change that: requiretty in its sudoers "
                              "file.")};
    case ErrorCause::SudoUnknownUser:
        return SudoExplanation{
            QT_TRANSLATE_NOOP("ui::SudoErrorText", "There is no user of this name there."),
            QT_TRANSLATE_NOOP("ui::SudoErrorText", "Check the name.")};
    default:
        return std::nullopt;
    }
}

QString whySudoRefuses(const base::Error &error)
{
    const QString quote = base::displayText(error.quote);
    if (error.cause == ErrorCause::SudoAsksOtherwise) {
        return sudoTr("sudo waits for something that is not asked for here. It said: “%1”.")
            .arg(quote);
    }
    return quote.isEmpty() ? sudoTr("sudo ended without telling why.")
                           : sudoTr("sudo refused. It said: “%1”.").arg(quote);
}

} // namespace

ErrorText sudoErrorText(const base::Error &error, const QString &user, const QString &host)
{
    ErrorText text = errorText(error);
    text.what = sudoTr("No files as %1 from %2").arg(user, host);
    if (const auto explanation = explainSudo(error.cause)) {
        text.why = sudoTr(explanation->why);
        text.advice = sudoTr(explanation->advice);
    } else if (error.cause == ErrorCause::SudoRefuses
               || error.cause == ErrorCause::SudoAsksOtherwise) {
        text.why = whySudoRefuses(error);
        text.advice = sudoTr("Try sudo in a terminal there.");
    } else if (error.kind == ErrorKind::TimedOut) {
        text.why = sudoTr("sudo did not answer in time.");
        text.advice = sudoTr("Try again, or try sudo in a terminal there.");
    } else if (error.kind == ErrorKind::PermissionDenied) {
        text.why = sudoTr("The server allows no more channels in this connection.");
        text.advice = sudoTr("Close a terminal, then try again.");
    }
    return text;
}

} // namespace ui
