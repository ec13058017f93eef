// Actions: what the window can do, with its shortcuts, in one place.
//
// The terminal wins: while it has the focus it takes every key but those with Ctrl+Shift and
// Ctrl+PageUp and PageDown (TerminalView refuses the others to the window). So each action has a
// Ctrl+Shift shortcut, and perhaps a shorter one for everywhere else.

#pragma once

#include "ui/main/ActionMenu.h"

#include <QAction>
#include <QObject>

namespace ui {

class Actions final : public QObject
{
    Q_OBJECT

    QWidget &m_window; // first, because the actions below are added to it as they are made

public:
    // Adds all to `window`, so that the shortcuts work in it.
    explicit Actions(QWidget &window);

    QAction *const quickConnect;
    QAction *const palette; // sessions, tabs and actions, by their names
    QAction *const findSession;
    QAction *const newSession;
    QAction *const importSessions; // of other programs
    QAction *const exportSessions;
    QAction *const reopenTabs; // of the last time, while there are some to offer
    QAction *const newTerminal; // on the connection of the tab in front
    QAction *const saveSession;
    QAction *const reconnect;
    QAction *const connectionDetails;
    QAction *const tunnels;
    QAction *const runningTunnels; // of logins without a tab, in a window of their own
    QAction *const transfers; // of all connections
    QAction *const synchronize; // the panes of the tab in front, in a window
    QAction *const run; // a command, in the panel
    QAction *const runOnMany; // in a window of its own
    QAction *const snippets; // likewise
    QAction *const splitRight; // the terminal that is typed into
    QAction *const splitDown;
    QAction *const zoomTerminal;
    QAction *const equalizeTerminals;
    QAction *const terminalLeft; // these four go to the one at that side
    QAction *const terminalRight;
    QAction *const terminalAbove;
    QAction *const terminalBelow;
    QAction *const recordOutput; // of the terminal that is typed into, or stops that
    QAction *const replay; // of a file that was recorded
    QAction *const pastLogs; // that were kept by themselves: searched and shown
    QAction *const commands; // of the terminal that is typed into: the list of them
    QAction *const copyLastOutput; // of the latest of them
    QAction *const broadcast; // typing goes to several terminals, or stops doing so
    QAction *const closeTerminal; // or the tab, if it has no other
    QAction *const renameTab;
    QAction *const detachTab; // into a window of its own, or back
    QAction *const closeTab;
    QAction *const nextTab;
    QAction *const previousTab;
    QAction *const nextPane;
    QAction *const viewTerminal;
    QAction *const viewFiles;
    QAction *const viewBoth;
    QAction *const toggleSidebar;
    QAction *const log; // of the connection in front, or of the program
    QAction *const hostKeys;
    QAction *const keys;
    QAction *const keyboard; // the settings at the page of the keys
    QAction *const settings;
    QAction *const about; // the program itself
    QAction *const quit;

    // Those that need a tab.
    void setHasTab(bool hasTab);

    QList<QAction *> all() const; // as the menu has them

    // Of the menu, in its order.
    QList<ActionGroup> groups() const;

    // Those that make sense in the window of a single tab: all but such as are about the row of
    // tabs.
    QList<ActionGroup> forTabWindow() const;

    // Those of them that the main window answers, wherever they were chosen: it comes to the front.
    QList<QAction *> inMainWindow() const;

signals:
    void tabChosen(int index); // Alt+1 to Alt+9, from 0

private:
    // `name` is that of the action in the file of settings; the keys are the usual ones.
    QAction *create(const char *name, const char *icon, const QString &text,
                    const QList<QKeySequence> &usualKeys);
    void createTabShortcuts();
};

} // namespace ui
