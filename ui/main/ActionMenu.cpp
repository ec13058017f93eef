#include "ui/main/ActionMenu.h"

#include "ui/theme/Icons.h"

#include <QCoreApplication>
#include <QMenu>
#include <QToolButton>

namespace ui {
namespace {

// Without a title: a part of the menu with a line around it.
void addGroup(QMenu &menu, const ActionGroup &group)
{
    if (group.title.isEmpty()) {
        menu.addSeparator();
        menu.addActions(group.actions);
        menu.addSeparator();
    } else {
        menu.addMenu(group.title)->addActions(group.actions);
    }
}

} // namespace

QToolButton *createMenuButton(const QList<ActionGroup> &groups, QWidget &window)
{
    auto *menu = new QMenu(&window);
    for (const ActionGroup &group : groups) {
        addGroup(*menu, group);
    }
    const QString name = QCoreApplication::translate("ui::ActionMenu", "Menu");
    auto *button = new QToolButton;
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setIcon(Icons::ownIcon(QStringLiteral("menu")));
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    button->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    return button;
}

} // namespace ui
