#include "ui/errors/SessionsErrorText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::SessionsErrorText", text);
}

// Why the file could not be read or written, and what to do.
ErrorText explained(const QString &what, const base::Error &error)
{
    ErrorText text = errorText(error);
    const QString subject = base::displayText(error.subject);
    text.what = what;
    switch (error.kind) {
    case base::ErrorKind::PermissionDenied:
        text.why = tr("Ponto may not read or write %1.").arg(subject);
        text.advice = tr("Check its owner and permissions, then try again.");
        return text;
    case base::ErrorKind::TimedOut:
        text.why = tr("Another Ponto is writing %1 just now.").arg(subject);
        text.advice = tr("Try again in a moment.");
        return text;
    case base::ErrorKind::Unsupported:
        text.why = tr("A newer Ponto has written %1, in a form that this one does not know.")
                       .arg(subject);
        text.advice = tr("Use that one. Nothing is changed in the file until then.");
        return text;
    default:
        text.why = tr("%1: %2").arg(subject, text.why);
        return text;
    }
}

ErrorText damageText(const profiles::ProfileStore::LoadReport &report)
{
    const QString newName = base::displayText(report.setAsideAs);
    if (newName.isEmpty()) {
        return {.what = tr("The file of the saved sessions can not be read as it is now"),
                .why = tr("What stands in %1 makes no sense. Ponto goes on with the sessions that "
                          "it knows: %2.")
                           .arg(base::displayText(report.file), QLocale().toString(report.kept)),
                .advice = tr("Repair it. With the next change of a session Ponto keeps it under "
                             "another name, and writes what it knows."),
                .details = {}};
    }
    if (report.kept > 0) {
        return {.what = tr("The file of the saved sessions was damaged while Ponto ran"),
                .why = tr("It was kept as %1. The new one holds the sessions that Ponto knows: %2.")
                           .arg(newName, QLocale().toString(report.kept)),
                .advice = tr("What was changed in it by hand is only in the old one."),
                .details = {}};
    }
    return {.what = tr("The saved sessions could not be read"),
            .why
            = tr("Their file was damaged. It was kept as %1, and a new one begins.").arg(newName),
            .advice = tr("If you have repaired it, quit Ponto and give it back its name."),
            .details = {}};
}

} // namespace

ErrorText sessionsNotSaved(const base::Error &error)
{
    return explained(tr("The sessions could not be saved"), error);
}

std::optional<ErrorText> sessionsProblem(
    const base::Result<profiles::ProfileStore::LoadReport> &loaded)
{
    using Trouble = profiles::ProfileStore::LoadReport::Trouble;
    if (!loaded) {
        return explained(tr("The saved sessions could not be read"), loaded.error());
    }
    if (loaded->trouble == Trouble::Damaged) {
        return damageText(*loaded);
    }
    if (loaded->trouble == Trouble::Missing) {
        return ErrorText{
            .what = tr("The file of the saved sessions was deleted or moved"),
            .why = tr("It was %1. Ponto goes on with the sessions that it knows: %2.")
                       .arg(base::displayText(loaded->file), QLocale().toString(loaded->kept)),
            .advice = tr("With the next change of a session all of them are written again."),
            .details = {}};
    }
    if (loaded->unreadable > 0) {
        return ErrorText{.what = tr("Not all saved sessions could be read"),
                         .why = tr("Entries in their file that make no sense: %1. They are not "
                                   "listed, and stay in the file.")
                                    .arg(QLocale().toString(loaded->unreadable)),
                         .advice = {},
                         .details = {}};
    }
    return std::nullopt;
}

} // namespace ui
