// MainWindow: quick connect at the top, saved sessions at the left, a tab for each connection, and
// the status of the one in front.

#pragma once

#include "ui/connect/ConnectRequest.h"
#include "ui/errors/ErrorText.h"
#include "ui/main/ServerPlace.h"
#include "ui/main/Services.h"

#include <QMainWindow>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace ui {

class Actions;
class CommandPalette;
class CommandWindows;
class ConnectionPage;
class ErrorBanner;
class QuickConnectBar;
class SessionSidebar;
class SessionEditing;
class SessionTabs;
class SettingsWindow;
class SheetHost;
class TabMemory;
class TerminalActions;
class WindowEdits;
class WindowTransfers;

class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    // BeforeContent: the window manager frames the window while its content is made. It is painted
    // when the event loop runs, with all that is in it.
    enum class Showing { ByCaller, BeforeContent };

    // What the services refer to must outlive the window.
    explicit MainWindow(const Services &services, Showing showing = Showing::ByCaller);
    ~MainWindow() override;

    // Opens a tab and connects.
    void connectTo(const ConnectRequest &request);

    // Asks before it connects: for an address that another program may have written.
    void offer(const ConnectRequest &request);

    // Tells something that went wrong before there was a tab: a broken sessions file, an address
    // on the command line that is none.
    void showProblem(const ErrorText &text);

    // It is over: if that is what is shown, nothing is any more.
    void withdrawProblem(const ErrorText &text);

    // One that is open, by a name or an address; null if there is none.
    ssh::Connection *openConnection(const QString &name) const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // a click on the status line
    void closeEvent(QCloseEvent *event) override;

private:
    QLayout *createTop();
    QWidget *createTabArea();
    void connectParts();
    void connectActions();
    void restorePlace();
    void followSizeUnits();
    void restoreLayout();
    ConnectionPage *createPage(const ConnectRequest &request);
    void openTerminalBesides();
    void openPalette();
    bool isSavedOrPassing(const ConnectRequest &request) const;
    void rememberRecent(const profiles::Profile::Id &id);
    void updateStatus();
    void updateConnected();
    bool mayClose() const;
    void askToClose();
    void showSettings();

    void makeTransfers();

    Services m_services;
    ServerPlaces m_places; // of all tabs
    WindowEdits *m_edits = nullptr;
    WindowTransfers *m_transfers = nullptr;
    Actions *m_actions = nullptr;
    TerminalActions *m_terminalActions = nullptr;
    QuickConnectBar *m_quickConnect = nullptr;
    SessionSidebar *m_sidebar = nullptr;
    QSplitter *m_splitter = nullptr;
    SheetHost *m_host = nullptr; // questions of the window: a session's fields, closing
    ErrorBanner *m_banner = nullptr;
    QStackedWidget *m_pages = nullptr;
    CommandPalette *m_palette = nullptr; // when it is opened first
    SessionTabs *m_tabs = nullptr;
    SessionEditing *m_editing = nullptr;
    TabMemory *m_tabMemory = nullptr;
    QLabel *m_status = nullptr;
    CommandWindows *m_commandWindows = nullptr;
    SettingsWindow *m_settingsWindow = nullptr; // null until it was opened
    bool m_isCloseConfirmed = false;
};

} // namespace ui
