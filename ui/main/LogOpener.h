// LogOpener: leads to the log: by its action to that of the connection in front, and from each
// message about a failure to the lines around it.

#pragma once

#include "ui/main/Services.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>

#include <memory>

class QWidget;

namespace logging {
class SessionLog;
}

namespace ui {

class Actions;
class ConnectionPage;
class ErrorBanner;
class LogWindow;
class SessionTabs;

class LogOpener final : public QObject
{
    Q_OBJECT

public:
    // All are borrowed; without logs among the services there is nothing to open.
    LogOpener(const Services &services, const Actions &actions, SessionTabs &tabs,
              QWidget &mainWindow);

    // Messages of the window itself lead to the program's log.
    void follow(ErrorBanner &banner);

private:
    void followPage(ConnectionPage *page);
    void open(const std::shared_ptr<logging::SessionLog> &log, const QDateTime &when);
    std::shared_ptr<logging::SessionLog> logOf(const ConnectionPage *page) const;

    Services m_services;
    QWidget &m_mainWindow;
    QPointer<LogWindow> m_window; // while it is open
};

} // namespace ui
