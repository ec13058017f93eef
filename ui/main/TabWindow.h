// TabWindow: a tab in a window of its own. What its menu and keys do is the same as in the main
// window, as far as it concerns a tab. Used by SessionTabs.

#pragma once

#include "ui/main/ActionMenu.h"

#include <QWidget>

class QLabel;

namespace ui {

class ConnectionPage;
class PlainLabel;
class SheetHost;
struct TabFace;

class TabWindow final : public QWidget
{
    Q_OBJECT

public:
    // Takes the page, until takePage() or its end. The actions, in groups, are borrowed.
    TabWindow(ConnectionPage &page, const QList<ActionGroup> &actions);

    // Where questions are asked that are not the tab's own.
    SheetHost &host() const { return *m_host; }

    ConnectionPage &page() const { return m_page; }

    // What its tab would show: whether it is alive, whether the agent is lent, and where it is.
    void setFace(const TabFace &face);

    // The page without this window, which is of no use any more.
    ConnectionPage &takePage();

signals:
    void backRequested(); // among the tabs

protected:
    void closeEvent(QCloseEvent *event) override; // asks what closing the tab asks

private:
    ConnectionPage &m_page;
    SheetHost *m_host;
    QLabel *m_state;
    PlainLabel *m_title;
};

} // namespace ui
