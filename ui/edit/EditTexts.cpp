#include "ui/edit/EditTexts.h"

#include "base/DisplayText.h"
#include "ui/units/SizeText.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

using State = edit::EditSession::State;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::EditTexts", text);
}

QString nameOf(const edit::EditOrigin &origin)
{
    return base::displayText(origin.path.name());
}

QString refusalText(const base::Error &error)
{
    switch (error.kind) {
    case base::ErrorKind::NoSpace:
        return tr("It is larger than %1, the most that is edited in place.")
            .arg(sizeText(edit::EditSession::mostBytes, 0));
    case base::ErrorKind::AlreadyExists:
        return tr("It is open in another window of Ponto.");
    case base::ErrorKind::IsADirectory:
        return tr("It is a folder.");
    case base::ErrorKind::Unsupported:
        return tr("It is no regular file.");
    default:
        return errorText(error).why;
    }
}

} // namespace

QString fileTitle(const edit::EditOrigin &origin)
{
    return origin.label.isEmpty() ? nameOf(origin) : u"%1 — %2"_s.arg(nameOf(origin), origin.label);
}

QString editStateText(const edit::EditSession &session)
{
    switch (session.state()) {
    case State::Loading:
        return tr("Reading…");
    case State::Saving:
        return tr("Saving…");
    case State::Waiting:
        return tr("Saved on this computer, waiting to be sent: %1 is not connected.")
            .arg(session.origin().label);
    case State::Conflict:
        return session.conflict().theirs ? tr("Not saved: the file was changed by somebody else.")
                                         : tr("Not saved: the file is not there any more.");
    case State::Failed:
        return tr("Not saved.");
    case State::Idle:
        break;
    }
    return {};
}

ErrorText openFailureText(const edit::EditOrigin &origin, const base::Error &error)
{
    ErrorText text = errorText(error);
    text.what = tr("Could not open %1").arg(nameOf(origin));
    text.why = refusalText(error);
    if (error.kind == base::ErrorKind::NoSpace) {
        text.advice = tr("Copy it to this computer to edit it there.");
    }
    return text;
}

ErrorText binaryText(const edit::EditOrigin &origin)
{
    return {.what = tr("Could not open %1 as text").arg(nameOf(origin)),
            .why = tr("It is not plain text."),
            .advice = tr("Open it with a program for files of its type."),
            .details = {}};
}

ErrorText saveFailureText(const edit::EditOrigin &origin, const base::Error &error)
{
    ErrorText text = errorText(error);
    text.what = tr("Could not save %1").arg(nameOf(origin));
    text.advice = tr("What you saved is kept on this computer.");
    return text;
}

ErrorText notKeptText(const edit::EditOrigin &origin, const base::Error &error)
{
    ErrorText text = errorText(error);
    text.what = tr("Could not keep a version of %1 on this computer").arg(nameOf(origin));
    return text;
}

ErrorText conflictText(const edit::EditOrigin &origin, const edit::EditConflict &conflict)
{
    if (!conflict.theirs) {
        return {.what = tr("%1 is gone").arg(nameOf(origin)),
                .why = tr("It was deleted or renamed since you opened it."),
                .advice = tr("Save it anew, or save it elsewhere."),
                .details = {}};
    }
    return {.what = tr("%1 was changed by somebody else").arg(nameOf(origin)),
            .why = tr("It is not what it was when you opened it, and nothing was overwritten."),
            .advice = tr("Compare both texts to merge them, or decide which one stays."),
            .details = {}};
}

} // namespace ui
