#include "ui/connect/SessionIcon.h"

#include "base/DisplayText.h"
#include "ui/theme/Icons.h"

#include <QComboBox>
#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ui {
namespace {

struct NamedIcon
{
    const char *name;
    const char *text;
    const char *file; // of ours, which no theme replaces: they are one set
};

constexpr std::array icons{
    NamedIcon{"server", QT_TRANSLATE_NOOP("ui::SessionIcon", "Server"), "server"},
    NamedIcon{"database", QT_TRANSLATE_NOOP("ui::SessionIcon", "Database"), "session-database"},
    NamedIcon{"web", QT_TRANSLATE_NOOP("ui::SessionIcon", "Web"), "session-web"},
    NamedIcon{"mail", QT_TRANSLATE_NOOP("ui::SessionIcon", "Mail"), "session-mail"},
    NamedIcon{"cloud", QT_TRANSLATE_NOOP("ui::SessionIcon", "Cloud"), "session-cloud"},
    NamedIcon{"container", QT_TRANSLATE_NOOP("ui::SessionIcon", "Container"), "session-container"},
    NamedIcon{"storage", QT_TRANSLATE_NOOP("ui::SessionIcon", "Storage"), "session-storage"},
    NamedIcon{"router", QT_TRANSLATE_NOOP("ui::SessionIcon", "Router"), "session-router"},
    NamedIcon{"firewall", QT_TRANSLATE_NOOP("ui::SessionIcon", "Firewall"), "session-firewall"},
    NamedIcon{"laptop", QT_TRANSLATE_NOOP("ui::SessionIcon", "Computer"), "computer"},
    NamedIcon{"chip", QT_TRANSLATE_NOOP("ui::SessionIcon", "Device"), "session-chip"},
    NamedIcon{"home", QT_TRANSLATE_NOOP("ui::SessionIcon", "Home"), "home"},
};

const NamedIcon *find(const QString &name)
{
    const auto found = std::ranges::find_if(
        icons, [&](const NamedIcon &icon) { return name == QLatin1StringView(icon.name); });
    return found == icons.end() ? nullptr : &*found;
}

} // namespace

const QStringList &sessionIcons()
{
    static const QStringList names = [] {
        QStringList list;
        for (const NamedIcon &icon : icons) {
            list.append(QString::fromLatin1(icon.name));
        }
        return list;
    }();
    return names;
}

QString sessionIconText(const QString &name)
{
    const NamedIcon *icon = find(name);
    return icon == nullptr ? base::displayText(name)
                           : QCoreApplication::translate("ui::SessionIcon", icon->text);
}

QIcon sessionIcon(const QString &name, const QColor &color)
{
    const NamedIcon *icon = find(name);
    const QString file = QString::fromLatin1(icon == nullptr ? "server" : icon->file);
    return color.isValid() ? Icons::icon(file, color) : Icons::icon(file);
}

void addSessionIcons(QComboBox &box)
{
    for (const QString &name : sessionIcons()) {
        box.addItem(sessionIcon(name), sessionIconText(name), name);
    }
}

} // namespace ui
