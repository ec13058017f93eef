// CommandWindows: the windows beside the main one that show what goes on without a tab: one command
// on many servers, snippets, and tunnels.

#pragma once

#include "ui/commands/SnippetWindow.h"
#include "ui/main/Services.h"

#include <QObject>
#include <QPointer>

#include <memory>

class QWidget;

namespace commands {
class RunHistory;
}

namespace ui {

class Actions;
class FleetWindow;
class SessionTabs;
class SheetHost;
class TunnelKeeper;
class TunnelsWindow;

class CommandWindows final : public QObject
{
    Q_OBJECT

public:
    // Opens them when their actions ask for it. All are borrowed.
    // Questions about logins without a tab are asked over `host`.
    CommandWindows(const Services &services, const Actions &actions, SessionTabs &tabs,
                   SheetHost &host, QWidget &mainWindow);

    ~CommandWindows() override;

    bool isRunning() const; // something that would end with the program

    TunnelKeeper &tunnels() const { return *m_keeper; }

private:
    void showFleet();
    void showSnippets();
    bool runSnippet(SnippetWindow::Place place, const QString &command);
    void showTunnels();

    Services m_services;
    QWidget &m_mainWindow;
    SessionTabs &m_tabs;
    TunnelKeeper *m_keeper;
    std::unique_ptr<commands::RunHistory> m_history; // null: none is kept
    QPointer<FleetWindow> m_fleet; // these while they are open
    QPointer<SnippetWindow> m_snippets;
    QPointer<TunnelsWindow> m_tunnels;
};

} // namespace ui
