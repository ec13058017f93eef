#include "ui/files/PaneActions.h"

#include "ui/files/FileListView.h"
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
    back = create(QStringLiteral("Back"), "back", tr("Back"),
                  {QKeySequence(Qt::ALT | Qt::Key_Left), Qt::Key_Back});
    forward = create(QStringLiteral("Forward"), "forward", tr("Forward"),
                     {QKeySequence(Qt::ALT | Qt::Key_Right), Qt::Key_Forward});
    up = create(QStringLiteral("Up"), "up", tr("Parent folder"),
                {Qt::Key_Backspace, QKeySequence(Qt::ALT | Qt::Key_Up)});
    home = create(QStringLiteral("Home"), "home", tr("Home folder"),
                  {QKeySequence(Qt::ALT | Qt::Key_Home)});
    refresh = create(QStringLiteral("Refresh"), "refresh", tr("Refresh"),
                     {QKeySequence(Qt::CTRL | Qt::Key_R)});
    filter = create(QStringLiteral("FilterOpen"), "filter", tr("Filter files"),
                    {QKeySequence(Qt::CTRL | Qt::Key_F)});
    showHidden = create(QStringLiteral("Hidden"), "hidden", tr("Show hidden files"),
                        {QKeySequence(Qt::CTRL | Qt::Key_H)});
    showHidden->setCheckable(true);
    newFolder = create(QStringLiteral("NewFolder"), "folder-new", tr("New folder…"), {Qt::Key_F7});
    newFile = create(QStringLiteral("NewFile"), "file", tr("New file…"),
                     {QKeySequence(Qt::SHIFT | Qt::Key_F4)});
    copy = create(QStringLiteral("Copy"), "copy", tr("Copy to the other pane"), {Qt::Key_F5});
    rename = create(QStringLiteral("Rename"), "rename", tr("Rename"), {Qt::Key_F2});
    remove
        = create(QStringLiteral("Delete"), "delete", tr("Delete…"), {Qt::Key_Delete, Qt::Key_F8});
    permissions
        = create(QStringLiteral("Permissions"), "permissions", tr("Permissions…"),
                 {QKeySequence(Qt::ALT | Qt::Key_Return), QKeySequence(Qt::ALT | Qt::Key_Enter)});
}

QAction *PaneActions::create(const QString &id, const char *iconName, const QString &text,
                             const QList<QKeySequence> &keys)
{
    auto *action = new QAction(Icons::icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(m_idPrefix + id);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_list.addAction(action);
    return action;
}

void PaneActions::follow(qsizetype selectedFiles, bool isConnected)
{
    for (QAction *action : {up, home, refresh, filter, showHidden, newFolder, newFile}) {
        action->setEnabled(isConnected);
    }
    for (QAction *action : {copy, rename, remove}) {
        action->setEnabled(isConnected && selectedFiles > 0);
    }
    rename->setText(selectedFiles > 1 ? tr("Rename…") : tr("Rename"));
}

void PaneActions::fillContextMenu(QMenu &menu) const
{
    menu.addActions({copy});
    menu.addSeparator();
    menu.addActions({rename, remove, newFolder, newFile});
    menu.addSeparator();
    menu.addActions({permissions});
    menu.addSeparator();
    menu.addActions({refresh, filter, showHidden});
}

} // namespace ui
