// SessionTabs: the open connections as tabs, each with a dot that says whether it is alive, and
// in the color of what its server is for.

#pragma once

#include "ui/main/ActionMenu.h"

#include <QHash>
#include <QTabWidget>

#include <memory>
#include <vector>

namespace ui {

class ConnectionPage;
class EnvironmentFrame;
class SheetHost;
class TabWindow;

class SessionTabs final : public QTabWidget
{
    Q_OBJECT

public:
    explicit SessionTabs(QWidget *parent = nullptr);
    ~SessionTabs() override;

    // Takes the page and shows it.
    void addPage(ConnectionPage *page);

    // The same without bringing it to the front, unless it is the first.
    void addPageBehind(ConnectionPage *page);

    // Those in windows of their own come after the tabs.
    ConnectionPage *page(int index) const;
    int pageCount() const;

    // That in whose window the user is; null without tabs.
    ConnectionPage *currentPage() const;

    // Its tab, or its window.
    void bringToFront(ConnectionPage *page);

    // What a window of a tab has of the main window's actions. Borrowed.
    void setWindowActions(const QList<ActionGroup> &actions) { m_windowActions = actions; }

    // Where a question is asked: in the window of its own that the user is in, if it is one of a
    // tab, else in that of the main window.
    SheetHost &questionHost(SheetHost &ofMainWindow) const;

    // The current one into a window of its own, or back.
    void detachOrReturn();
    void detach(ConnectionPage *page);
    bool isDetached(const ConnectionPage *page) const { return windowOf(page) != nullptr; }

    // The main window closes, and they end with it.
    void hideWindows();

    // A field over its tab for a name of its own.
    void renameCurrent();

    void step(int by); // to the next tab (1) or the one before (-1), around the ends

signals:
    void pageAdded(ui::ConnectionPage *page);
    void currentStatusChanged(); // of the tab in front; or another came to the front
    void anyStatusChanged();
    void lastTabClosed();
    void serverLinkActivated(const QUrl &url); // in a terminal: foreign
    void terminalRequested(); // a further one on the connection in front

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *createCloseButton(ConnectionPage *page);
    void updateTab(ConnectionPage *page);
    void updateMark(ConnectionPage *page);
    void rename(int index);
    void showMenu(QPoint place);
    void showEnvironment(ConnectionPage *page);
    void removePage(ConnectionPage *page);
    void putBack(TabWindow *window);
    void insertPage(ConnectionPage *page);
    TabWindow *windowOf(const ConnectionPage *page) const;
    void shareScrollback();

    std::vector<std::unique_ptr<TabWindow>> m_windows;
    QList<ActionGroup> m_windowActions;
    QHash<ConnectionPage *, EnvironmentFrame *> m_frames; // children of the pages
};

} // namespace ui
