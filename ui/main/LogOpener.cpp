#include "ui/main/LogOpener.h"

#include "log/LogBook.h"
#include "ui/log/LogWindow.h"
#include "ui/main/Actions.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/SharedConnection.h"
#include "ui/widgets/ErrorBanner.h"

namespace ui {

LogOpener::LogOpener(const Services &services, const Actions &actions, SessionTabs &tabs,
                     QWidget &mainWindow)
    : QObject(&mainWindow)
    , m_services(services)
    , m_mainWindow(mainWindow)
{
    actions.log->setVisible(m_services.logs != nullptr);
    if (m_services.logs == nullptr) {
        return;
    }
    connect(actions.log, &QAction::triggered, this,
            [this, &tabs] { open(logOf(tabs.currentPage()), {}); });
    connect(&tabs, &SessionTabs::pageAdded, this, &LogOpener::followPage);
}

void LogOpener::follow(ErrorBanner &banner)
{
    if (m_services.logs != nullptr) {
        banner.offerLog();
        connect(&banner, &ErrorBanner::logRequested, this,
                [this](const QDateTime &when) { open(m_services.logs->program(), when); });
    }
}

// Those of its panes as well.
void LogOpener::followPage(ConnectionPage *page)
{
    for (ErrorBanner *banner : page->findChildren<ErrorBanner *>()) {
        banner->offerLog();
        connect(banner, &ErrorBanner::logRequested, this,
                [this, page](const QDateTime &when) { open(logOf(page), when); });
    }
}

// The program's if there is no connection, or it keeps none.
std::shared_ptr<logging::SessionLog> LogOpener::logOf(const ConnectionPage *page) const
{
    const auto shared = page == nullptr ? nullptr : page->connection();
    const auto log = shared == nullptr ? nullptr : shared->connection().settings().log.log;
    return log == nullptr ? m_services.logs->program() : log;
}

void LogOpener::open(const std::shared_ptr<logging::SessionLog> &log, const QDateTime &when)
{
    if (m_window == nullptr) {
        m_window = new LogWindow(*m_services.logs, &m_mainWindow);
        m_window->setAttribute(Qt::WA_DeleteOnClose);
        m_window->show();
    }
    m_window->show(log, when);
    m_window->raise();
    m_window->activateWindow();
}

} // namespace ui
