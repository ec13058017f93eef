#include "ui/errors/FileFailureText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using transfer::CopyObstacle;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::FileFailureText", text);
}

files::FilePath targetOf(const transfer::FileFailure &failure,
                         const transfer::TransferRequest &request)
{
    files::FilePath path = request.targetDirectory;
    for (const QByteArray &name : failure.target) {
        path = path.child(name);
    }
    return failure.target.isEmpty() ? path.child(failure.path.name()) : path;
}

// An upload reads here and writes there, a download the other way round, and of two servers the
// source has told its name. What neither system has said is about the file that it names.
bool isOfTarget(const transfer::FileFailure &failure, const transfer::TransferRequest &request)
{
    const base::Error &error = failure.error;
    const bool isOfSource = error.subject.isEmpty() || error.subject == failure.path.toDisplay();
    switch (request.direction) {
    case transfer::Direction::Relay:
        return request.source && !error.server.isEmpty() && error.server != request.source->title;
    case transfer::Direction::Upload:
        return error.source == base::ErrorSource::Sftp
            || (error.source == base::ErrorSource::None && !isOfSource);
    case transfer::Direction::Download:
        break;
    }
    // A source that has changed, say, is told by a number of this system.
    return error.source != base::ErrorSource::Sftp && !isOfSource;
}

} // namespace

QString failedPlace(const transfer::FileFailure &failure, const transfer::TransferRequest &request)
{
    if (failure.obstacle != CopyObstacle::None || !isOfTarget(failure, request)) {
        return failure.path.toDisplay();
    }
    QString target = targetOf(failure, request).toDisplay();
    switch (request.direction) {
    case transfer::Direction::Upload:
        return tr("%1 on the server").arg(target);
    case transfer::Direction::Download:
        return tr("%1 on this computer").arg(target);
    case transfer::Direction::Relay:
        break;
    }
    return target; // the reason begins with the name of the server
}

ErrorText fileFailureText(const transfer::FileFailure &failure)
{
    base::Error error = failure.error;
    error.subject = QString::fromUtf8(failure.path.bytes());
    ErrorText text = errorText(error);
    switch (failure.obstacle) {
    case CopyObstacle::None:
        return text;
    case CopyObstacle::SpecialFile:
        text.why = tr("It is a pipe, a socket or a device: such files are not copied.");
        text.advice.clear();
        break;
    case CopyObstacle::LinkLeadsOut:
        text.why = tr("This link leads out of what is copied: there it would be another one.");
        text.advice = tr("Let links be followed to copy what it leads to, or skipped.");
        break;
    case CopyObstacle::LinkBroken:
        text.why = tr("This link leads to nothing.");
        text.advice.clear();
        break;
    case CopyObstacle::LinkInCircle:
        text.why = tr("This link leads back to a folder that it is in: to follow it would never "
                      "end.");
        text.advice.clear();
        break;
    case CopyObstacle::OtherBeginning:
        text.why = tr("What is there is not the beginning of it, so that nothing was added to it.");
        text.advice = tr("Copy it again, and overwrite what is there or keep both.");
        break;
    case CopyObstacle::NamesAlike:
        text.why = tr("The disk there takes this name for that of a file that was copied just "
                      "now.");
        text.advice = tr("Give one of the two another name, then copy it again.");
        break;
    }
    return text;
}

} // namespace ui
