// WindowTransfers: what the main window does for transfers: shows them, also where no tab is open,
// connects to servers that they wait for, and carries out what the user has chosen for their end.

#pragma once

#include "transfer/TransferSchedule.h"
#include "ui/connect/ConnectRequest.h"
#include "ui/main/Services.h"
#include "ui/theme/Theme.h"
#include "ui/transfers/SleepInhibitor.h"
#include "ui/transfers/TransferWatch.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QBoxLayout;

namespace ui {

class ErrorBanner;
class NoticeBar;
class SessionTabs;
class TransferWindow;

class WindowTransfers final : public QObject
{
    Q_OBJECT

public:
    // All are borrowed; `services` have a schedule. What is no failure is told in `notices`.
    // `window` is the parent.
    WindowTransfers(const Services &services, SessionTabs &tabs, ErrorBanner &banner,
                    QBoxLayout &notices, std::function<void(const ConnectRequest &)> connectTo,
                    QWidget &window);

    void show(); // in the tab in front, or in a window of their own

private:
    void tellRestored(int unfinished);
    void followRestored();
    void tellNotKept(const base::Error &error);
    void connectToServer(const transfer::TransferServer &server);
    void announceEnd(transfer::TransferSchedule::EndAction action);
    void carryOut(transfer::TransferSchedule::EndAction action);
    NoticeBar *createNotice(Theme::Meaning meaning, const QString &objectName);

    Services m_services;
    SessionTabs &m_tabs;
    ErrorBanner &m_banner;
    QBoxLayout &m_notices;
    std::function<void(const ConnectRequest &)> m_connectTo;
    QWidget &m_window;
    SleepInhibitor m_inhibitor;
    TransferWatch m_watch;
    QPointer<TransferWindow> m_own; // while it is open
    NoticeBar *m_restored = nullptr; // both once there is something to tell
    NoticeBar *m_end = nullptr;
    bool m_hasToldNotKept = false;
};

} // namespace ui
