// ViewActions: what can be done with the text of one terminal, as its menu and its keys have it.

#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace ui {

class TerminalView;

struct ViewAction
{
    const char *name; // in the file of settings
    QString title;
    QList<QKeySequence> usualKeys;
    void (TerminalView::*call)();
};

QList<ViewAction> viewActions(); // in the order of the menu

// Makes them known to KeyBindings before there is any terminal.
void declareTerminalKeys();

} // namespace ui
