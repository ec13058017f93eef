#include "ui/main/Actions.h"

#include "ui/theme/Icons.h"

#include <QWidget>

namespace ui {
namespace {

constexpr auto ctrlShift = Qt::CTRL | Qt::SHIFT;
constexpr int numberedTabs = 9;

} // namespace

Actions::Actions(QWidget &window)
    : QObject(&window)
    , m_window(window)
    , quickConnect(
          create("connect", tr("Quick connect"), {ctrlShift | Qt::Key_L, Qt::CTRL | Qt::Key_L}))
    , palette(create("search", tr("Find a session or an action…"),
                     {ctrlShift | Qt::Key_K, Qt::CTRL | Qt::Key_K}))
    , findSession(create("search", tr("Filter sessions"), {}))
    , newSession(create("add", tr("New session…"), {ctrlShift | Qt::Key_N, Qt::CTRL | Qt::Key_N}))
    , importSessions(create("download", tr("Import sessions…"), {}))
    , exportSessions(create("upload", tr("Export sessions…"), {}))
    , reopenTabs(create("refresh", tr("Open the tabs of the last time again"), {}))
    , newTerminal(create("terminal", tr("New terminal on this connection"),
                         {ctrlShift | Qt::Key_T, Qt::CTRL | Qt::Key_T}))
    , saveSession(create("pin", tr("Save session…"), {ctrlShift | Qt::Key_S}))
    , reconnect(create("retry", tr("Reconnect"), {ctrlShift | Qt::Key_R}))
    , connectionDetails(create("info", tr("Connection details"), {ctrlShift | Qt::Key_I}))
    , tunnels(create("tunnel", tr("Tunnels"), {ctrlShift | Qt::Key_D}))
    , runningTunnels(create("tunnel", tr("Running tunnels…"), {ctrlShift | Qt::Key_F8}))
    , transfers(create("transfers", tr("Transfers"), {ctrlShift | Qt::Key_P}))
    , synchronize(create("synchronize", tr("Compare and synchronize…"), {ctrlShift | Qt::Key_F5}))
    , run(create("run", tr("Run a command"), {ctrlShift | Qt::Key_M}))
    , runOnMany(create("server", tr("Run on many servers…"), {ctrlShift | Qt::Key_F9}))
    , snippets(create("paste", tr("Snippets…"), {ctrlShift | Qt::Key_Z}))
    , splitRight(create("split-right", tr("Split terminal to the right"), {ctrlShift | Qt::Key_E}))
    , splitDown(create("split-down", tr("Split terminal downwards"), {ctrlShift | Qt::Key_O}))
    , zoomTerminal(create("zoom", tr("Show one terminal alone, or all"), {ctrlShift | Qt::Key_X}))
    , equalizeTerminals(create("both", tr("Make terminals equally large"), {}))
    , terminalLeft(create("back", tr("Go to the terminal at the left"), {ctrlShift | Qt::Key_Left}))
    , terminalRight(
          create("forward", tr("Go to the terminal at the right"), {ctrlShift | Qt::Key_Right}))
    , terminalAbove(create("up", tr("Go to the terminal above"), {ctrlShift | Qt::Key_Up}))
    , terminalBelow(
          create("chevron-down", tr("Go to the terminal below"), {ctrlShift | Qt::Key_Down}))
    , recordOutput(create("log", tr("Record the terminal's output, or stop"), {}))
    , replay(create("run", tr("Replay a recording…"), {}))
    , pastLogs(create("search", tr("Past logs…"), {}))
    , commands(create("terminal", tr("Commands of this terminal…"), {ctrlShift | Qt::Key_J}))
    , copyLastOutput(create("copy", tr("Copy the last command's output"), {ctrlShift | Qt::Key_U}))
    , broadcast(create("session", tr("Type into several terminals…"), {ctrlShift | Qt::Key_G}))
    , closeTerminal(create("close", tr("Close terminal"), {ctrlShift | Qt::Key_W}))
    , renameTab(create("rename", tr("Rename tab…"), {}))
    , detachTab(create("zoom", tr("Move tab to a window of its own, or back"), {}))
    , closeTab(create("close", tr("Close tab"), {Qt::CTRL | Qt::Key_W}))
    , nextTab(create("chevron-right", tr("Next tab"), {Qt::CTRL | Qt::Key_PageDown}))
    , previousTab(create("chevron-right", tr("Previous tab"), {Qt::CTRL | Qt::Key_PageUp}))
    , nextPane(create("both", tr("Next pane"), {ctrlShift | Qt::Key_F6, Qt::Key_F6}))
    , viewTerminal(create("terminal", tr("Terminal"), {ctrlShift | Qt::Key_1}))
    , viewFiles(create("files", tr("Files"), {ctrlShift | Qt::Key_2}))
    , viewBoth(create("both", tr("Terminal and files"), {ctrlShift | Qt::Key_3}))
    , toggleSidebar(create("session", tr("Show sessions"), {ctrlShift | Qt::Key_B}))
    , log(create("log", tr("Log…"), {ctrlShift | Qt::Key_F12}))
    , hostKeys(create("key", tr("Host keys…"), {ctrlShift | Qt::Key_H}))
    , keys(create("key", tr("Keys…"), {ctrlShift | Qt::Key_Y}))
    , settings(
          create("settings", tr("Settings"), {ctrlShift | Qt::Key_Comma, Qt::CTRL | Qt::Key_Comma}))
    , quit(create("close", tr("Quit"), {ctrlShift | Qt::Key_Q}))
{
    palette->setIcon(Icons::ownIcon(QStringLiteral("search"))); // it is on a button of the window
    toggleSidebar->setCheckable(true);
    toggleSidebar->setChecked(true);
    reopenTabs->setEnabled(false);
    createTabShortcuts();
    setHasTab(false);
}

void Actions::setHasTab(bool hasTab)
{
    for (QAction *action :
         {newTerminal, saveSession, reconnect,    connectionDetails, tunnels,
          synchronize, run,         recordOutput, commands,          copyLastOutput,
          broadcast,   renameTab,   detachTab,    closeTab,          nextTab,
          previousTab, nextPane,    viewTerminal, viewFiles,         viewBoth}) {
        action->setEnabled(hasTab);
    }
}

QList<ActionGroup> Actions::groups() const
{
    return {
        {{}, {quickConnect, palette, newSession}},
        {tr("&Sessions"), {findSession, saveSession, importSessions, exportSessions, reopenTabs}},
        {tr("&Connection"),
         {newTerminal, reconnect, connectionDetails, tunnels, transfers, synchronize, run}},
        {tr("&Terminal"),
         {splitRight, splitDown, zoomTerminal, equalizeTerminals, terminalLeft, terminalRight,
          terminalAbove, terminalBelow, recordOutput, commands, copyLastOutput, broadcast,
          closeTerminal}},
        {tr("T&ab"), {renameTab, detachTab, nextTab, previousTab, closeTab}},
        {tr("&View"), {viewTerminal, viewFiles, viewBoth, nextPane, toggleSidebar}},
        {{}, {runOnMany, snippets, runningTunnels, replay, pastLogs}},
        {{}, {log, hostKeys, keys, settings}},
        {{}, {quit}}};
}

QList<ActionGroup> Actions::forTabWindow() const
{
    QList<ActionGroup> all = groups();
    for (ActionGroup &group : all) {
        group.actions.removeIf([this](const QAction *action) {
            return action == renameTab || action == nextTab || action == previousTab
                || action == toggleSidebar;
        });
    }
    return all;
}

QList<QAction *> Actions::inMainWindow() const
{
    return {quickConnect,   palette,        newSession, findSession,
            importSessions, exportSessions, reopenTabs, saveSession};
}

QList<QAction *> Actions::all() const
{
    QList<QAction *> actions;
    for (const ActionGroup &group : groups()) {
        actions += group.actions;
    }
    return actions;
}

QAction *Actions::create(const char *icon, const QString &text,
                         const QList<QKeySequence> &shortcuts)
{
    auto *action = new QAction(Icons::icon(QString::fromLatin1(icon)), text, this);
    action->setShortcuts(shortcuts);
    m_window.addAction(action);
    return action;
}

void Actions::createTabShortcuts()
{
    for (int index = 0; index < numberedTabs; ++index) {
        auto *action = new QAction(this);
        action->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + index)));
        connect(action, &QAction::triggered, this, [this, index] { emit tabChosen(index); });
        m_window.addAction(action);
    }
}

} // namespace ui
