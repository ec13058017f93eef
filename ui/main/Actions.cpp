#include "ui/main/Actions.h"

#include "ui/keyboard/KeyBindings.h"
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
    , quickConnect(create("quickConnect", "connect", tr("Quick connect"),
                          {ctrlShift | Qt::Key_L, Qt::CTRL | Qt::Key_L}))
    , palette(create("palette", "search", tr("Find a session or an action…"),
                     {ctrlShift | Qt::Key_K, Qt::CTRL | Qt::Key_K}))
    , findSession(create("findSession", "search", tr("Filter sessions"), {}))
    , newSession(create("newSession", "add", tr("New session…"),
                        {ctrlShift | Qt::Key_N, Qt::CTRL | Qt::Key_N}))
    , importSessions(create("importSessions", "download", tr("Import sessions…"), {}))
    , exportSessions(create("exportSessions", "upload", tr("Export sessions…"), {}))
    , reopenTabs(create("reopenTabs", "refresh", tr("Open the tabs of the last time again"), {}))
    , newTerminal(create("newTerminal", "terminal", tr("New terminal on this connection"),
                         {ctrlShift | Qt::Key_T, Qt::CTRL | Qt::Key_T}))
    , saveSession(create("saveSession", "pin", tr("Save session…"), {ctrlShift | Qt::Key_S}))
    , reconnect(create("reconnect", "retry", tr("Reconnect"), {ctrlShift | Qt::Key_R}))
    , connectionDetails(
          create("connectionDetails", "info", tr("Connection details"), {ctrlShift | Qt::Key_I}))
    , tunnels(create("tunnels", "tunnel", tr("Tunnels"), {ctrlShift | Qt::Key_D}))
    , runningTunnels(
          create("runningTunnels", "tunnel", tr("Running tunnels…"), {ctrlShift | Qt::Key_F8}))
    , transfers(create("transfers", "transfers", tr("Transfers"), {ctrlShift | Qt::Key_P}))
    , synchronize(create("synchronize", "synchronize", tr("Compare and synchronize…"),
                         {ctrlShift | Qt::Key_F5}))
    , run(create("run", "run", tr("Run a command"), {ctrlShift | Qt::Key_M}))
    , runOnMany(create("runOnMany", "server", tr("Run on many servers…"), {ctrlShift | Qt::Key_F9}))
    , snippets(create("snippets", "paste", tr("Snippets…"), {ctrlShift | Qt::Key_Z}))
    , splitRight(create("splitRight", "split-right", tr("Split terminal to the right"),
                        {ctrlShift | Qt::Key_E}))
    , splitDown(create("splitDown", "split-down", tr("Split terminal downwards"),
                       {ctrlShift | Qt::Key_O}))
    , zoomTerminal(create("zoomTerminal", "zoom", tr("Show one terminal alone, or all"),
                          {ctrlShift | Qt::Key_X}))
    , equalizeTerminals(create("equalizeTerminals", "both", tr("Make terminals equally large"), {}))
    , terminalLeft(create("terminalLeft", "back", tr("Go to the terminal at the left"),
                          {ctrlShift | Qt::Key_Left}))
    , terminalRight(create("terminalRight", "forward", tr("Go to the terminal at the right"),
                           {ctrlShift | Qt::Key_Right}))
    , terminalAbove(
          create("terminalAbove", "up", tr("Go to the terminal above"), {ctrlShift | Qt::Key_Up}))
    , terminalBelow(create("terminalBelow", "chevron-down", tr("Go to the terminal below"),
                           {ctrlShift | Qt::Key_Down}))
    , recordOutput(create("recordOutput", "log", tr("Record the terminal's output, or stop"), {}))
    , replay(create("replay", "run", tr("Replay a recording…"), {}))
    , pastLogs(create("pastLogs", "search", tr("Past logs…"), {}))
    , commands(
          create("commands", "terminal", tr("Commands of this terminal…"), {ctrlShift | Qt::Key_J}))
    , copyLastOutput(create("copyLastOutput", "copy", tr("Copy the last command's output"),
                            {ctrlShift | Qt::Key_U}))
    , broadcast(create("broadcast", "session", tr("Type into several terminals…"),
                       {ctrlShift | Qt::Key_G}))
    , closeTerminal(create("closeTerminal", "close", tr("Close terminal"), {ctrlShift | Qt::Key_W}))
    , renameTab(create("renameTab", "rename", tr("Rename tab…"), {}))
    , detachTab(create("detachTab", "zoom", tr("Move tab to a window of its own, or back"), {}))
    , closeTab(create("closeTab", "close", tr("Close tab"), {Qt::CTRL | Qt::Key_W}))
    , nextTab(create("nextTab", "chevron-right", tr("Next tab"), {Qt::CTRL | Qt::Key_PageDown}))
    , previousTab(
          create("previousTab", "chevron-right", tr("Previous tab"), {Qt::CTRL | Qt::Key_PageUp}))
    , nextPane(create("nextPane", "both", tr("Next pane"), {ctrlShift | Qt::Key_F6, Qt::Key_F6}))
    , viewTerminal(create("viewTerminal", "terminal", tr("Terminal"), {ctrlShift | Qt::Key_1}))
    , viewFiles(create("viewFiles", "files", tr("Files"), {ctrlShift | Qt::Key_2}))
    , viewBoth(create("viewBoth", "both", tr("Terminal and files"), {ctrlShift | Qt::Key_3}))
    , toggleSidebar(
          create("toggleSidebar", "session", tr("Show sessions"), {ctrlShift | Qt::Key_B}))
    , log(create("log", "log", tr("Log…"), {ctrlShift | Qt::Key_F12}))
    , hostKeys(create("hostKeys", "key", tr("Host keys…"), {ctrlShift | Qt::Key_H}))
    , keys(create("keys", "key", tr("Keys…"), {ctrlShift | Qt::Key_Y}))
    , keyboard(create("keyboard", "info", tr("Keyboard shortcuts…"),
                      {ctrlShift | Qt::Key_F1, Qt::Key_F1}))
    , settings(create("settings", "settings", tr("Settings"),
                      {ctrlShift | Qt::Key_Comma, Qt::CTRL | Qt::Key_Comma}))
    , about(create("about", "info", tr("About Ponto"), {}))
    , quit(create("quit", "close", tr("Quit"), {ctrlShift | Qt::Key_Q}))
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
        {{}, {log, hostKeys, keys, keyboard, settings}},
        {{}, {about, quit}}};
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
    return {quickConnect,   palette,    newSession,  findSession, importSessions,
            exportSessions, reopenTabs, saveSession, about};
}

QList<QAction *> Actions::all() const
{
    QList<QAction *> actions;
    for (const ActionGroup &group : groups()) {
        actions += group.actions;
    }
    return actions;
}

QAction *Actions::create(const char *name, const char *icon, const QString &text,
                         const QList<QKeySequence> &usualKeys)
{
    auto *action = new QAction(Icons::icon(QString::fromLatin1(icon)), text, this);
    KeyBindings::shared().bind(*action, KeyBindings::Scope::Window, QString::fromLatin1(name),
                               usualKeys);
    m_window.addAction(action);
    return action;
}

void Actions::createTabShortcuts()
{
    for (int index = 0; index < numberedTabs; ++index) {
        const int number = index + 1;
        auto *action = new QAction(tr("Tab %1").arg(number), this);
        KeyBindings::shared().bind(
            *action, KeyBindings::Scope::Window, QStringLiteral("tab%1").arg(number),
            {QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + index))});
        connect(action, &QAction::triggered, this, [this, index] { emit tabChosen(index); });
        m_window.addAction(action);
    }
}

} // namespace ui
