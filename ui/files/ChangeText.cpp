#include "ui/files/ChangeText.h"

#include "ui/files/FileErrors.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

using Act = ChangeOutcome::Act;

constexpr qsizetype longestName = 60; // characters, so that a menu holds it

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ChangeText", text);
}

QString sentence(Act act, qsizetype count)
{
    switch (act) {
    case Act::Rename:
        return tr("Rename %1");
    case Act::Move:
        return tr("Move %1");
    case Act::Trash:
    case Act::Delete:
        return tr("Delete %1");
    case Act::Touch:
        return tr("Set the time of %1");
    case Act::Resize:
        return tr("Set the size of %1");
    case Act::NewFolder:
    case Act::NewFile:
    case Act::NewLink:
        return tr("Create %1");
    case Act::Duplicate:
        return count == 1 ? tr("Copy to %1") : tr("Copy %1");
    default:
        return tr("Change the permissions of %1");
    }
}

QString doneSentence(Act act)
{
    switch (act) {
    case Act::Rename:
        return tr("%1 of %2 items are renamed");
    case Act::Move:
        return tr("%1 of %2 items are moved");
    case Act::Trash:
        return tr("%1 of %2 items are in the trash");
    case Act::Delete:
        return tr("%1 of %2 items are deleted");
    case Act::NewFolder:
    case Act::NewFile:
    case Act::NewLink:
        return tr("%1 of %2 items are created");
    case Act::Duplicate:
        return tr("%1 of %2 items are copied");
    case Act::Undo:
        return tr("%1 of %2 changes are undone");
    default:
        return tr("%1 of %2 items are changed");
    }
}

QString doneText(const ChangeOutcome &outcome)
{
    const QLocale locale;
    return doneSentence(outcome.act)
        .arg(locale.toString(outcome.done), locale.toString(outcome.total));
}

} // namespace

QString shortName(const QString &name)
{
    if (name.size() <= longestName) {
        return name;
    }
    const qsizetype half = longestName / 2;
    const auto isCut
        = [&name](qsizetype at) { return name[at].isLowSurrogate(); }; // a character of two units
    const qsizetype begin = isCut(half) ? half - 1 : half;
    const qsizetype end = isCut(name.size() - half) ? name.size() - half + 1 : name.size() - half;
    return name.first(begin) + u'…' + name.sliced(end);
}

QString changeText(Act act, const QString &name, qsizetype count)
{
    const QString what = count == 1 ? QStringLiteral("“%1”").arg(shortName(name))
                                    : tr("%1 items").arg(QLocale().toString(count));
    return sentence(act, count).arg(what);
}

QString filesText(qsizetype count)
{
    return count == 1 ? tr("1 file or folder")
                      : tr("%1 files and folders").arg(QLocale().toString(count));
}

QString stoppedText(const ChangeOutcome &outcome)
{
    if (outcome.files > 0) {
        const QString text = outcome.act == Act::Delete
            ? tr("Stopped. Deleted: %1; nothing else was touched.")
            : tr("Stopped. Changed: %1; nothing else was touched.");
        return text.arg(filesText(outcome.files));
    }
    return outcome.total > 1 && outcome.done > 0 ? tr("Stopped: %1.").arg(doneText(outcome))
                                                 : tr("Stopped. Nothing was done.");
}

ErrorText leftBehindText(const ChangeOutcome &outcome)
{
    ErrorText text;
    if (!outcome.errors.isEmpty()) {
        text = changeFailure(outcome);
    } else {
        text.what = doneText(outcome);
        text.why = tr("This pane went to show another place before the rest.");
        text.advice = tr("Go back there to do the rest.");
    }
    text.what = tr("%1: %2").arg(outcome.place, text.what);
    return text;
}

QString progressText(qsizetype done, qsizetype total, int filesOfTree)
{
    const QLocale locale;
    const QString items = total > 1
        ? tr("Working… %1 of %2").arg(locale.toString(done), locale.toString(total))
        : tr("Working…");
    if (filesOfTree == 0) {
        return items;
    }
    return total > 1 ? tr("%1, %2 files so far").arg(items, locale.toString(filesOfTree))
                     : tr("%1 %2 files so far").arg(items, locale.toString(filesOfTree));
}

} // namespace ui
