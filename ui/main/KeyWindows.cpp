#include "ui/main/KeyWindows.h"

#include "profiles/EffectiveProfile.h"
#include "ui/hostkeys/HostKeyWindow.h"
#include "ui/keys/KeysWindow.h"
#include "ui/main/Actions.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/SharedConnection.h"

#include <QDir>

namespace ui {

KeyWindows::KeyWindows(const Services &services, const Actions &actions, const SessionTabs &tabs,
                       QWidget &mainWindow)
    : QObject(&mainWindow)
    , m_services(services)
    , m_tabs(tabs)
    , m_mainWindow(mainWindow)
{
    connect(actions.hostKeys, &QAction::triggered, this, &KeyWindows::showHostKeys);
    connect(actions.keys, &QAction::triggered, this, &KeyWindows::showKeys);
}

// From the files that a connection would look into.
void KeyWindows::showHostKeys()
{
    if (m_hostKeys == nullptr) {
        const ssh::ConnectionSettings any = m_services.connectionSettings(profiles::Profile(), {});
        m_hostKeys = new HostKeyWindow(ssh::trustScope(any).sources, &m_mainWindow);
        m_hostKeys->setAttribute(Qt::WA_DeleteOnClose);
        m_hostKeys->show();
    }
    m_hostKeys->raise();
    m_hostKeys->activateWindow();
}

void KeyWindows::showKeys()
{
    if (m_keys == nullptr) {
        m_keys = new KeysWindow(
            {.directory = QDir::homePath() + QStringLiteral("/.ssh"),
             .agents = keys::agentLocations({}, QProcessEnvironment::systemEnvironment()),
             .targets = [this] { return installTargets(); },
             .connectionSettings = m_services.connectionSettings,
             .lookup = ssh::effectiveProfiles(m_services.profiles),
             .openSsh = m_services.openSsh,
             .routes = &m_services.routes,
             .vault = m_services.vault},
            &m_mainWindow);
        m_keys->setAttribute(Qt::WA_DeleteOnClose);
        m_keys->show();
    }
    m_keys->raise();
    m_keys->activateWindow();
}

// The open connections first, the one in front at the top, then the saved sessions.
QList<InstallTarget> KeyWindows::installTargets() const
{
    QList<InstallTarget> targets;
    for (int index = 0; index < m_tabs.pageCount(); ++index) {
        const ConnectionPage *page = m_tabs.page(index);
        if (page->isReady()) {
            const InstallTarget target{.title = page->title(),
                                       .connection = &page->connection()->connection()};
            targets.insert(page == m_tabs.currentPage() ? 0 : targets.size(), target);
        }
    }
    for (const profiles::Profile &profile : m_services.profiles.profiles()) {
        const auto effective = profiles::EffectiveProfile::of(profile, m_services.profiles);
        targets.append({.title = profile.title(), .profile = effective.profile});
    }
    return targets;
}

} // namespace ui
