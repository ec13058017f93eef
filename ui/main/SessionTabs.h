// SessionTabs: the open connections as tabs, each with a dot that says whether it is alive, and
// in the color of what its server is for.

#pragma once

#include <QHash>
#include <QTabWidget>

namespace ui {

class ConnectionPage;
class EnvironmentFrame;

class SessionTabs final : public QTabWidget
{
    Q_OBJECT

public:
    explicit SessionTabs(QWidget *parent = nullptr);

    // Takes the page and shows it.
    void addPage(ConnectionPage *page);

    // The same without bringing it to the front, unless it is the first.
    void addPageBehind(ConnectionPage *page);

    ConnectionPage *page(int index) const;
    ConnectionPage *currentPage() const { return page(currentIndex()); } // null without tabs

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

    QHash<ConnectionPage *, EnvironmentFrame *> m_frames; // children of the pages
};

} // namespace ui
