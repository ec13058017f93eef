#include "ui/files/FileErrors.h"

#include "base/DisplayText.h"
#include "files/FilePath.h"
#include "ui/files/ChangeText.h"
#include "ui/files/FileChanges.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cerrno>

namespace ui {
namespace {

using Act = ChangeOutcome::Act;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::FileErrors", text);
}

QString singleFailure(Act act)
{
    switch (act) {
    case Act::Rename:
        return tr("Could not rename %1");
    case Act::NewFolder:
        return tr("Could not create the folder %1");
    case Act::NewFile:
        return tr("Could not create the file %1");
    case Act::NewLink:
        return tr("Could not create the link %1");
    case Act::Move:
        return tr("Could not move %1");
    case Act::Delete:
        return tr("Could not delete %1");
    case Act::Trash:
        return tr("Could not move %1 to the trash");
    case Act::Duplicate:
        return tr("Could not copy %1");
    case Act::Touch:
        return tr("Could not change the time of %1");
    case Act::Resize:
        return tr("Could not change the size of %1");
    case Act::Undo:
        return tr("Could not undo the change of %1");
    case Act::Permissions:
        break;
    }
    return tr("Could not change the permissions of %1");
}

QString manyFailures(Act act)
{
    switch (act) {
    case Act::Rename:
        return tr("%1 of %2 could not be renamed");
    case Act::Move:
        return tr("%1 of %2 could not be moved");
    case Act::Delete:
        return tr("%1 of %2 could not be deleted");
    case Act::Trash:
        return tr("%1 of %2 could not be moved to the trash");
    case Act::Duplicate:
        return tr("%1 of %2 could not be copied");
    case Act::Touch:
        return tr("The time of %1 of %2 could not be changed");
    case Act::Resize:
        return tr("The size of %1 of %2 could not be changed");
    case Act::Undo:
        return tr("%1 of %2 changes could not be undone");
    default:
        return tr("The permissions of %1 of %2 could not be changed");
    }
}

// What FileChanges says of a file that it would have taken away again.
ErrorText explained(Act act, const base::Error &error)
{
    ErrorText text = errorText(error);
    if (act == Act::Undo && error.source == base::ErrorSource::Local && error.code == ESTALE) {
        text.why = tr("It was changed since, so it was left alone.");
        text.advice.clear();
    }
    return text;
}

// "a: why", one line for each file.
QString failureList(const ChangeOutcome &outcome)
{
    QStringList lines;
    for (const base::Error &error : outcome.errors) {
        lines << base::displayText(error.subject) + QStringLiteral(": ")
                + explained(outcome.act, error).why;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ErrorText listingFailure(const files::FilePath &directory, const base::Error &error)
{
    ErrorText text = errorText(error);
    text.what = tr("Could not open %1").arg(directory.toDisplay());
    return text;
}

ErrorText changeFailure(const ChangeOutcome &outcome)
{
    const base::Error &first = outcome.errors.first();
    ErrorText text = explained(outcome.act, first);
    if (outcome.total == 1) {
        const QByteArray name = files::FilePath::fromText(first.subject).name();
        text.what = singleFailure(outcome.act).arg(base::displayText(name));
        if (outcome.files > 0 && outcome.act == Act::Delete) {
            text.why = tr("%1 Deleted all the same: %2.").arg(text.why, filesText(outcome.files));
        }
        return text;
    }
    const QLocale locale;
    const qsizetype failed = outcome.errors.size();
    text.what
        = manyFailures(outcome.act).arg(locale.toString(failed), locale.toString(outcome.total));
    if (const qsizetype left = outcome.total - outcome.done - failed; left > 0) {
        text.what = tr("%1, and %2 were left alone").arg(text.what, locale.toString(left));
    }
    text.details = failureList(outcome);
    return text;
}

ErrorText cutOffFailure(const QString &text)
{
    return {tr("Not finished: %1").arg(text),
            tr("The connection was lost in the middle of it."),
            tr("See what is there by now, and do it again if need be."),
            {}};
}

ErrorText renameRefusal(const QByteArray &name, EditProblem problem)
{
    const QString what = tr("Could not rename %1").arg(base::displayText(name));
    switch (problem) {
    case EditProblem::NoCharacter:
        return {what,
                tr("One of the codes in the new name stands for no character."),
                tr("Correct it, or leave it out."),
                {}};
    case EditProblem::HasSlash:
        return {what,
                tr("A name cannot hold “/”, which stands between folders."),
                tr("Leave it out."),
                {}};
    case EditProblem::TooLong:
        return {what,
                tr("The new name is too long: there is room for %1 bytes.")
                    .arg(QLocale().toString(files::longestName)),
                tr("Make it shorter."),
                {}};
    case EditProblem::TwoMeanings:
        break;
    }
    return {what,
            tr("A code such as \\x0A can mean two things in this name: the text itself, or the "
               "character that cannot be shown."),
            tr("Type a new name without such codes."),
            {}};
}

} // namespace ui
