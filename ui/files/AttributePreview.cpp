#include "ui/files/AttributePreview.h"

#include "base/DisplayText.h"
#include "ui/files/ChangeText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ui {
namespace {

constexpr qsizetype mostLines = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::AttributePreview", text);
}

} // namespace

QString changePreview(const QList<files::FileEntry> &entries, const files::AttributeChange &change)
{
    const QLocale locale;
    QStringList lines;
    qsizetype changing = 0;
    for (const files::FileEntry &entry : entries) {
        const files::FileAttributes wanted = change.appliedTo(entry.attributes);
        if (!wanted.permissions) {
            continue;
        }
        ++changing;
        if (lines.size() < mostLines) {
            const auto before = entry.attributes.mode();
            lines << QStringLiteral("%1: %2 → %3")
                         .arg(shortName(base::displayText(entry.name)),
                              before ? before->toOctal() : QStringLiteral("?"),
                              files::FileMode(*wanted.permissions).toOctal());
        }
    }
    if (changing > mostLines) {
        lines << tr("and %1 more").arg(locale.toString(changing - mostLines));
    }
    if (const qsizetype same = entries.size() - changing; same > 0) {
        lines << (changing == 0 ? tr("Nothing changes")
                                : tr("%1 stay as they are").arg(locale.toString(same)));
    }
    return lines.join(u'\n');
}

} // namespace ui
