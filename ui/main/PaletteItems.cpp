#include "ui/main/PaletteItems.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "profiles/SessionSearch.h"
#include "ui/connect/SessionColor.h"
#include "ui/connect/SessionIcon.h"
#include "ui/files/FileListView.h"
#include "ui/main/Actions.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/theme/Icons.h"

#include <QAction>
#include <QApplication>
#include <QPointer>

#include <utility>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::PaletteItems", text);
}

void addTabs(SessionTabs &tabs, QList<PaletteItem> &items)
{
    for (int index = 0; index < tabs.pageCount(); ++index) {
        const QPointer<ConnectionPage> page = tabs.page(index);
        if (page == tabs.currentPage()) {
            continue;
        }
        items.append({page->tabTitle(), tr("Tab"), tabs.tabIcon(index),
                      [&tabs, page] { tabs.bringToFront(page); }});
    }
}

void addSessions(const PaletteSources &sources, QList<PaletteItem> &items)
{
    const profiles::ProfileStore &store = sources.services.profiles;
    for (const profiles::Profile &profile : store.profiles()) {
        const profiles::Profile effective = profiles::EffectiveProfile::of(profile, store).profile;
        const QIcon icon = sessionIcon(effective.icon,
                                       sessionColor(effective.color, QGuiApplication::palette()));
        const QString group = base::displayText(profile.group);
        const QString about = profiles::searchText(profile, store) + u' ' + profile.group;
        items.append({base::displayText(profile.title()),
                      group.isEmpty() ? tr("Session") : tr("Session in %1").arg(group), icon,
                      [connectTo = sources.connectTo, &store, profile] {
                          connectTo(ConnectRequest::forProfile(profile, store));
                      },
                      about});
    }
}

void addAliases(const PaletteSources &sources, QList<PaletteItem> &items)
{
    if (sources.services.openSsh == nullptr) {
        return;
    }
    const QIcon icon = Icons::icon(QStringLiteral("server"));
    for (const QString &alias : sources.services.openSsh->aliases()) {
        items.append(
            {base::displayText(alias), tr("OpenSSH"), icon, [connectTo = sources.connectTo, alias] {
                 connectTo(ConnectRequest::forAlias(alias));
             }});
    }
}

void addActions(const Actions &actions, QList<PaletteItem> &items)
{
    for (QAction *action : actions.all()) {
        if (action->isEnabled() && action != actions.palette) {
            items.append({action->text(), action->shortcut().toString(QKeySequence::NativeText),
                          action->icon(), [action] { action->trigger(); }});
        }
    }
}

// Of the pane that has the focus, if there is one: the palette has not taken it yet.
void addFileActions(QList<PaletteItem> &items)
{
    const auto *list = qobject_cast<const FileListView *>(QApplication::focusWidget());
    const QList<QAction *> actions = list != nullptr ? list->actions() : QList<QAction *>();
    for (const QPointer<QAction> action : actions) {
        if (action->isVisible() && action->isEnabled()) {
            const QString key = action->shortcut().toString(QKeySequence::NativeText);
            items.append({action->text(), key.isEmpty() ? tr("Files") : tr("Files, %1").arg(key),
                          action->icon(), [action] {
                              if (action != nullptr) {
                                  action->trigger();
                              }
                          }});
        }
    }
}

} // namespace

QList<PaletteItem> paletteItems(const PaletteSources &sources)
{
    QList<PaletteItem> items;
    addTabs(sources.tabs, items);
    addSessions(sources, items);
    addAliases(sources, items);
    addActions(sources.actions, items);
    addFileActions(items);
    return items;
}

PaletteItem addressItem(const PaletteSources &sources, const QString &typed)
{
    auto request
        = ConnectRequest::fromText(typed, sources.services.profiles, sources.services.openSsh);
    if (!request) {
        return {};
    }
    return {tr("Connect to %1").arg(base::displayText(typed)), tr("Address"),
            Icons::icon(QStringLiteral("connect")),
            [connectTo = sources.connectTo, request = std::move(*request)] { connectTo(request); }};
}

} // namespace ui
