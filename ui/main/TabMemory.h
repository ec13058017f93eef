// TabMemory: keeps the tabs of the window in a file, and opens them again the next time. Each
// connects when it comes to the front for the first time.
//
// Of several programs that run at once the first one keeps its tabs.

#pragma once

#include "ui/main/SavedTabs.h"
#include "ui/main/Services.h"

#include <QHash>
#include <QLockFile>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace ui {

class ConnectionPage;
class SessionTabs;

class TabMemory final : public QObject
{
    Q_OBJECT

public:
    // A page for the request that is not open yet, with all that the window connects to it.
    using MakePage = std::function<ConnectionPage *(const ConnectRequest &request)>;

    TabMemory(const Services &services, SessionTabs &tabs, MakePage makePage, QObject *parent);
    ~TabMemory() override;

    // Once, when the window is there: opens the tabs of the last time, or offers them.
    void start();

    // Opens those that were offered.
    void reopen();

    // The window closes: writes what there is now, and nothing afterwards.
    void finish();

signals:
    void offered(const QStringList &names); // none: not any more

private:
    SavedTabs current() const;
    static void restorePanes(const SavedTabs &saved, const QList<ConnectionPage *> &pages);
    void openInFront();
    void open(ConnectionPage &page) const;
    int loginOf(const ConnectionPage *page) const;
    QList<int> sharedLogins() const;
    void write();

    const Services m_services;
    SessionTabs &m_tabs;
    const MakePage m_makePage;
    std::unique_ptr<QLockFile> m_lock; // null: there is nothing to keep
    QTimer m_settle; // several changes become one
    SavedTabs m_offered;
    std::optional<SavedTabs> m_written; // absent: what an earlier program wrote
    QList<QPointer<ConnectionPage>> m_waiting; // not seen yet

    struct Login
    {
        QPointer<ConnectionPage> page;
        int number = 0; // of its SavedTab
    };
    QList<Login> m_logins; // of the tabs that were opened again, and share one
};

} // namespace ui
