#include "ui/main/CommandWindows.h"

#include "commands/RunHistory.h"
#include "ui/commands/FleetWindow.h"
#include "ui/commands/RunPanel.h"
#include "ui/main/Actions.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/TunnelKeeper.h"
#include "ui/main/TunnelsWindow.h"

namespace ui {

CommandWindows::CommandWindows(const Services &services, const Actions &actions, SessionTabs &tabs,
                               SheetHost &host, QWidget &mainWindow)
    : QObject(&mainWindow)
    , m_services(services)
    , m_mainWindow(mainWindow)
    , m_tabs(tabs)
    , m_keeper(new TunnelKeeper(services, tabs, host, this))
{
    connect(actions.runningTunnels, &QAction::triggered, this, &CommandWindows::showTunnels);
    // Once the window is there, for the questions.
    QMetaObject::invokeMethod(m_keeper, &TunnelKeeper::startMarked, Qt::QueuedConnection);
    actions.snippets->setVisible(m_services.database != nullptr);
    actions.snippets->setEnabled(m_services.database != nullptr); // for the palette
    if (m_services.database != nullptr) {
        m_history = std::make_unique<commands::RunHistory>(*m_services.database);
        connect(actions.snippets, &QAction::triggered, this, &CommandWindows::showSnippets);
    }
    connect(actions.runOnMany, &QAction::triggered, this, &CommandWindows::showFleet);
}

CommandWindows::~CommandWindows() = default;

bool CommandWindows::isRunning() const
{
    return (m_fleet != nullptr && m_fleet->isRunning()) || m_keeper->listeningCount() > 0;
}

void CommandWindows::showFleet()
{
    if (m_fleet == nullptr) {
        m_fleet = new FleetWindow({.profiles = m_services.profiles,
                                   .openSsh = m_services.openSsh,
                                   .connectionSettings = m_services.connectionSettings,
                                   .vault = m_services.vault,
                                   .keepForThisRun = m_services.keepForThisRun,
                                   .history = m_history.get()},
                                  &m_mainWindow);
        m_fleet->setAttribute(Qt::WA_DeleteOnClose);
        m_fleet->show();
    }
    m_fleet->raise();
    m_fleet->activateWindow();
}

void CommandWindows::showSnippets()
{
    if (m_snippets == nullptr) {
        m_snippets = new SnippetWindow(
            *m_services.database,
            [this](SnippetWindow::Place place, const QString &command) {
                return runSnippet(place, command);
            },
            &m_mainWindow);
        m_snippets->setAttribute(Qt::WA_DeleteOnClose);
        m_snippets->show();
    }
    m_snippets->raise();
    m_snippets->activateWindow();
}

bool CommandWindows::runSnippet(SnippetWindow::Place place, const QString &command)
{
    if (place == SnippetWindow::Place::ManyServers) {
        showFleet();
        m_fleet->setCommand(command);
        return true;
    }
    ConnectionPage *page = m_tabs.currentPage();
    if (page == nullptr || !page->isReady()) {
        return false;
    }
    if (place == SnippetWindow::Place::Terminal) {
        emit page->bottom().terminalWanted(command);
    } else {
        page->bottom().showRun();
        if (!page->bottom().run().run(command)) {
            return false;
        }
    }
    m_mainWindow.raise();
    m_mainWindow.activateWindow();
    return true;
}

void CommandWindows::showTunnels()
{
    if (m_tunnels == nullptr) {
        m_tunnels = new TunnelsWindow(*m_keeper, m_services.profiles, &m_mainWindow);
        m_tunnels->setAttribute(Qt::WA_DeleteOnClose);
        m_tunnels->show();
    }
    m_tunnels->raise();
    m_tunnels->activateWindow();
}

} // namespace ui
