#include "ui/errors/FileFailureText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using transfer::CopyObstacle;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::FileFailureText", text);
}

} // namespace

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
