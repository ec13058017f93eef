#include "ui/files/FileErrors.h"

#include "base/DisplayText.h"
#include "files/FilePath.h"
#include "ui/files/FileChanges.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

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
    case Act::Empty:
        return tr("Could not empty %1");
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
    case Act::Empty:
        return tr("%1 of %2 could not be emptied");
    case Act::Undo:
        return tr("%1 of %2 changes could not be undone");
    default:
        return tr("The permissions of %1 of %2 could not be changed");
    }
}

// "a: why", one line for each file.
QString failureList(const QList<base::Error> &errors)
{
    QStringList lines;
    for (const base::Error &error : errors) {
        lines << base::displayText(error.subject) + QStringLiteral(": ") + errorText(error).why;
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
    ErrorText text = errorText(first);
    if (outcome.total == 1) {
        const QByteArray name = files::FilePath::fromText(first.subject).name();
        text.what = singleFailure(outcome.act).arg(base::displayText(name));
        return text;
    }
    const QLocale locale;
    text.what = manyFailures(outcome.act)
                    .arg(locale.toString(outcome.errors.size()), locale.toString(outcome.total));
    text.details = failureList(outcome.errors);
    return text;
}

} // namespace ui
