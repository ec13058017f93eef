#include "ui/files/PaneActions.h"

#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"
#include "ui/keyboard/KeyBindings.h"
#include "ui/theme/Icons.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>

namespace ui {

PaneActions::PaneActions(const QString &idPrefix, FileListView &list)
    : QObject(&list)
    , m_idPrefix(idPrefix)
    , m_list(list)
{
    createTabs();
    back = create(QStringLiteral("Back"), "back", tr("Back"),
                  {QKeySequence(Qt::ALT | Qt::Key_Left), Qt::Key_Back});
    forward = create(QStringLiteral("Forward"), "forward", tr("Forward"),
                     {QKeySequence(Qt::ALT | Qt::Key_Right), Qt::Key_Forward});
    up = create(QStringLiteral("Up"), "up", tr("Parent folder"),
                {Qt::Key_Backspace, QKeySequence(Qt::ALT | Qt::Key_Up)});
    home = create(QStringLiteral("Home"), "home", tr("Home folder"),
                  {QKeySequence(Qt::ALT | Qt::Key_Home)});
    bookmarks = create(QStringLiteral("BookmarksOpen"), "pin", tr("Bookmarks"),
                       {QKeySequence(Qt::CTRL | Qt::Key_B)});
    terminalHere = create(QStringLiteral("TerminalHere"), "terminal", tr("Open a terminal here"),
                          {Qt::Key_F9});
    terminalPlace = create(QStringLiteral("TerminalPlace"), "terminal",
                           tr("Go where the terminal is"), {QKeySequence(Qt::SHIFT | Qt::Key_F9)});
    asRoot = create(QStringLiteral("AsRoot"), "key", tr("Open as root…"), {});
    asUser = create(QStringLiteral("AsUser"), "key", tr("Open as another user…"), {});
    asLogin = create(QStringLiteral("AsLogin"), "back", tr("Back to your own files"), {});
    for (QAction *action : {terminalHere, terminalPlace, asRoot, asUser, asLogin}) {
        action->setVisible(false);
    }
    refresh = create(QStringLiteral("Refresh"), "refresh", tr("Refresh"),
                     {QKeySequence(Qt::CTRL | Qt::Key_R)});
    filter = create(QStringLiteral("FilterOpen"), "filter", tr("Filter files"),
                    {QKeySequence(Qt::CTRL | Qt::Key_F)});
    search = create(QStringLiteral("Search"), "search", tr("Search…"),
                    {QKeySequence(Qt::ALT | Qt::Key_F7)});
    reveal = create(QStringLiteral("Reveal"), "folder", tr("Show in its folder"),
                    {QKeySequence(Qt::CTRL | Qt::Key_Return)});
    reveal->setVisible(false);
    showHidden = create(QStringLiteral("Hidden"), "hidden", tr("Show hidden files"),
                        {QKeySequence(Qt::CTRL | Qt::Key_H)});
    showHidden->setCheckable(true);
    newFolder = create(QStringLiteral("NewFolder"), "folder-new", tr("New folder…"), {Qt::Key_F7});
    newFile = create(QStringLiteral("NewFile"), "file", tr("New file…"),
                     {QKeySequence(Qt::SHIFT | Qt::Key_F4)});
    newLink = create(QStringLiteral("NewLink"), "link", tr("New link…"), {});
    createChanges();
    createCopies();
}

void PaneActions::declareKeys()
{
    FileListModel model;
    FileListView list(model);
    const PaneActions actions({}, list);
}

void PaneActions::createTabs()
{
    places = create(QStringLiteral("Places"), "computer", tr("Show files of…"),
                    {QKeySequence(Qt::ALT | Qt::Key_F1)});
    newTab = create(
        QStringLiteral("NewTab"), "add", tr("Open in a new tab"),
        {QKeySequence(Qt::SHIFT | Qt::Key_Return), QKeySequence(Qt::SHIFT | Qt::Key_Enter)});
    closeTab = create(QStringLiteral("CloseTab"), "close", tr("Close this tab"),
                      {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_W)});
    nextTab = create(QStringLiteral("NextTab"), "forward", tr("Next tab of the pane"),
                     {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_PageDown)});
    previousTab = create(QStringLiteral("PreviousTab"), "back", tr("Previous tab of the pane"),
                         {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_PageUp)});
    for (QAction *action : {closeTab, nextTab, previousTab}) {
        action->setEnabled(false);
    }
}

void PaneActions::createChanges()
{
    copy = create(QStringLiteral("Copy"), "copy", tr("Copy to the other pane"), {Qt::Key_F5});
    move = create(QStringLiteral("Move"), "forward", tr("Move to the other pane"), {Qt::Key_F6});
    duplicate = create(QStringLiteral("Duplicate"), "copy", tr("Duplicate"),
                       {QKeySequence(Qt::CTRL | Qt::Key_D)});
    rename = create(QStringLiteral("Rename"), "rename", tr("Rename"), {Qt::Key_F2});
    trash = create(QStringLiteral("Trash"), "delete", tr("Move to the trash"),
                   {Qt::Key_Delete, Qt::Key_F8});
    remove
        = create(QStringLiteral("Delete"), "delete", tr("Delete for good…"),
                 {QKeySequence(Qt::SHIFT | Qt::Key_Delete), QKeySequence(Qt::SHIFT | Qt::Key_F8)});
    undo = create(QStringLiteral("Undo"), "back", tr("Undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    history = create(QStringLiteral("History"), "log", tr("What can be undone…"),
                     {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Z)});
    preview = create(QStringLiteral("Preview"), "info", tr("Preview"), {Qt::Key_F3});
    edit = create(QStringLiteral("Edit"), "rename", tr("Edit"), {Qt::Key_F4});
    openWith = create(QStringLiteral("OpenWith"), "file", tr("Open with…"), {});
    touch = create(QStringLiteral("Touch"), "activity", tr("Set the time to now"), {});
    empty = create(QStringLiteral("Empty"), "file", tr("Empty the file…"), {});
    resize = create(QStringLiteral("Resize"), "file", tr("Set the size…"), {});
    permissions = create(QStringLiteral("Permissions"), "permissions", tr("Permissions…"),
                         {QKeySequence(Qt::CTRL | Qt::Key_P)});
    properties
        = create(QStringLiteral("Properties"), "info", tr("Properties…"),
                 {QKeySequence(Qt::ALT | Qt::Key_Return), QKeySequence(Qt::ALT | Qt::Key_Enter)});
    checksum = create(QStringLiteral("Checksum"), "check", tr("Checksum…"), {});
}

void PaneActions::createCopies()
{
    copyFiles = create(QStringLiteral("CopyFiles"), "copy", tr("Copy"), {QKeySequence::Copy});
    stage = create(QStringLiteral("Stage"), "files", tr("For other programs…"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)});
    stage->setVisible(false);
    paste = create(QStringLiteral("Paste"), "paste", tr("Paste"), {QKeySequence::Paste});
    copyNames = create(QStringLiteral("CopyNames"), "copy", tr("Copy name"), {});
    copyPaths = create(QStringLiteral("CopyPaths"), "copy", tr("Copy path"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    copyUrls = create(QStringLiteral("CopyUrls"), "copy", tr("Copy URL"), {});
    copyScpLine = create(QStringLiteral("CopyScpLine"), "copy", tr("Copy scp command"), {});
}

QAction *PaneActions::create(const QString &id, const char *iconName, const QString &text,
                             const QList<QKeySequence> &usualKeys)
{
    auto *action = new QAction(Icons::icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(m_idPrefix + id);
    KeyBindings::shared().bind(*action, KeyBindings::Scope::Files, id, usualKeys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_list.addAction(action);
    return action;
}

void PaneActions::follow(qsizetype selectedFiles, bool isConnected)
{
    for (QAction *action :
         {up, home, bookmarks, terminalHere, terminalPlace, asRoot, asUser, refresh, filter, search,
          showHidden, paste, newFolder, newFile, newLink}) {
        action->setEnabled(isConnected);
    }
    for (QAction *action :
         {copy, move, duplicate, rename, trash, remove, touch, properties, checksum, copyFiles,
          stage, copyNames, copyPaths, copyUrls, copyScpLine}) {
        action->setEnabled(isConnected && selectedFiles > 0);
    }
    rename->setText(selectedFiles > 1 ? tr("Rename…") : tr("Rename"));
}

void PaneActions::fillContextMenu(QMenu &menu) const
{
    menu.addActions({reveal, copy, move, duplicate});
    menu.addActions({copyFiles, stage, paste});
    QMenu *clipboard = menu.addMenu(tr("Copy as text"));
    clipboard->addActions({copyNames, copyPaths, copyUrls, copyScpLine});
    menu.addSeparator();
    menu.addActions({rename, trash, remove});
    QMenu *create = menu.addMenu(tr("New"));
    create->addActions({newFolder, newFile, newLink});
    menu.addActions({undo, history});
    menu.addSeparator();
    menu.addActions({edit, openWith, preview, permissions, properties, checksum});
    QMenu *more = menu.addMenu(tr("More"));
    more->addActions({touch, empty, resize});
    menu.addSeparator();
    menu.addActions({newTab, closeTab, places});
    menu.addSeparator();
    menu.addActions({terminalHere, terminalPlace, refresh, filter, search, showHidden});
    menu.addSeparator();
    menu.addActions({asRoot, asUser, asLogin});
}

} // namespace ui
