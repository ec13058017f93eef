// The menu of a window: its button at the top, and what is in it. For the main window and those of
// single tabs.

#pragma once

#include <QList>
#include <QString>

class QAction;
class QToolButton;
class QWidget;

namespace ui {

// Actions that belong together. They have a menu of that title within the menu, or, without one,
// stand in the menu itself.
struct ActionGroup
{
    QString title;
    QList<QAction *> actions; // borrowed
};

// Of `window`, to be laid out.
QToolButton *createMenuButton(const QList<ActionGroup> &groups, QWidget &window);

} // namespace ui
