#include "ui/errors/SyncFailureText.h"

#include "base/DisplayText.h"
#include "ui/errors/FileFailureText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using Cause = synchronize::RunFailure::Cause;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::SyncFailureText", text);
}

} // namespace

ErrorText syncFailureText(const synchronize::RunFailure &failure)
{
    ErrorText text
        = fileFailureText({files::FilePath(failure.path), failure.error, {}, failure.obstacle});
    const QString path = base::displayText(QByteArrayView(failure.path));
    text.what = failure.isDeletion ? tr("Could not delete %1").arg(path)
                                   : tr("Could not copy %1").arg(path);
    switch (failure.cause) {
    case Cause::Error:
        if (failure.obstacle == transfer::CopyObstacle::LinkLeadsOut) {
            text.advice = tr("Let links be skipped to do without it."); // none is followed
        }
        return text;
    case Cause::ChangedSince:
        text.why = failure.isDeletion
            ? tr("It has changed since it was compared.")
            : tr("What it would replace has changed since it was compared.");
        break;
    case Cause::AppearedSince:
        text.why = tr("There is something of this name by now, which was not there when it was "
                      "compared.");
        break;
    case Cause::HoldsMore:
        text.why = tr("There is something in this folder by now that was not shown.");
        break;
    }
    text.advice = tr("Compare again to see what is there now.");
    text.details.clear();
    return text;
}

ErrorText watchFailureText(const base::Error &reason)
{
    ErrorText text = errorText(reason);
    text.what = tr("Could not watch %1 for changes").arg(base::displayText(reason.subject));
    if (reason.kind == base::ErrorKind::NoSpace) {
        text.why = tr("The system lets a user watch no more folders at once: %1.")
                       .arg(base::displayText(reason.quote));
        text.advice = tr("Let an administrator raise that number with sysctl, or exclude folders.");
        text.details.clear();
    }
    return text;
}

} // namespace ui
