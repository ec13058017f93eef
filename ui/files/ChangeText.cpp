#include "ui/files/ChangeText.h"

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

QString progressText(qsizetype done, qsizetype total, int filesOfTree)
{
    const QLocale locale;
    if (filesOfTree > 0) {
        return tr("Working… %1 files").arg(locale.toString(filesOfTree));
    }
    return total > 1 ? tr("Working… %1 of %2").arg(locale.toString(done), locale.toString(total))
                     : tr("Working…");
}

} // namespace ui
