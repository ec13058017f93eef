#include "ui/main/TabMemory.h"

#include "profiles/OpenSshConfig.h"
#include "ui/files/FilesView.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TabTerminals.h"
#include "ui/main/Workspace.h"
#include "ui/terminal/TerminalSplits.h"

#include <QDir>
#include <QFileInfo>
#include <QTabBar>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ui {
namespace {

constexpr std::chrono::milliseconds settleTime{1000};

std::unique_ptr<QLockFile> lockFor(const QString &file)
{
    if (file.isEmpty() || !QFileInfo(file).dir().mkpath(QStringLiteral("."))) {
        return nullptr;
    }
    auto lock = std::make_unique<QLockFile>(file + QStringLiteral(".lock"));
    lock->setStaleLockTime(0); // for days, perhaps
    return lock->tryLock() ? std::move(lock) : nullptr;
}

SavedPanes::Servers serversOf(const QList<ConnectionPage *> &pages)
{
    SavedPanes::Servers servers;
    for (const ConnectionPage *page : pages) {
        servers.append(page->workspace().filesView().serverPlace());
    }
    return servers;
}

} // namespace

TabMemory::TabMemory(const Services &services, SessionTabs &tabs, MakePage makePage,
                     QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_tabs(tabs)
    , m_makePage(std::move(makePage))
    , m_lock(lockFor(services.tabsFile))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &TabMemory::write);
    connect(&m_tabs, &QTabWidget::currentChanged, this, &TabMemory::openInFront);
}

TabMemory::~TabMemory() = default;

void TabMemory::start()
{
    if (m_lock == nullptr) {
        return;
    }
    const QString wish = m_services.settings.value(settings::keys::reopenTabs);
    if (wish != QStringLiteral("never")) {
        m_offered = SavedTabs::load(m_services.tabsFile);
    }
    if (wish == QStringLiteral("always")) {
        reopen();
    } else if (!m_offered.tabs.isEmpty()) {
        QStringList names;
        for (const SavedTab &tab : std::as_const(m_offered.tabs)) {
            names.append(tab.title(m_services.profiles));
        }
        emit offered(names);
    }
    const auto soon = [this] { m_settle.start(); };
    connect(&m_tabs, &SessionTabs::anyStatusChanged, this, soon);
    connect(&m_tabs, &QTabWidget::currentChanged, this, soon);
    connect(m_tabs.tabBar(), &QTabBar::tabMoved, this, soon);
    const auto followPanes = [this, soon](ConnectionPage *page) {
        connect(&page->workspace().filesView(), &FilesView::tabsChanged, this, soon);
    };
    for (int index = 0; index < m_tabs.pageCount(); ++index) {
        followPanes(m_tabs.page(index));
    }
    connect(&m_tabs, &SessionTabs::pageAdded, this, followPanes);
}

// What has been opened meanwhile stays where it is.
void TabMemory::reopen()
{
    const SavedTabs saved = std::exchange(m_offered, {});
    emit offered({});
    QList<ConnectionPage *> pages;
    for (const SavedTab &tab : saved.tabs) {
        ConnectionPage *page = m_makePage(tab.request(m_services.profiles));
        page->setView(tab.view);
        page->terminals().restore(tab.splits);
        page->tab().setOwnName(tab.name);
        if (tab.login > 0) {
            m_logins.append({page, tab.login});
        }
        pages.append(page);
        m_tabs.addPageBehind(page); // the first comes to the front, and is not opened for that
    }
    restorePanes(saved, pages);
    if (!pages.isEmpty()) {
        m_waiting.append({pages.begin(), pages.end()});
        m_tabs.setCurrentWidget(pages.at(std::min<qsizetype>(saved.current, pages.size() - 1)));
        openInFront();
        emit m_tabs.currentStatusChanged();
    }
    for (qsizetype index = 0; index < pages.size(); ++index) {
        if (saved.tabs.at(index).isDetached) {
            m_tabs.detach(pages.at(index));
            if (m_waiting.removeAll(pages.at(index)) > 0) { // it is seen
                open(*pages.at(index));
            }
        }
    }
}

// A pane may show the server of another tab.
void TabMemory::restorePanes(const SavedTabs &saved, const QList<ConnectionPage *> &pages)
{
    const SavedPanes::Servers servers = serversOf(pages);
    for (qsizetype index = 0; index < pages.size(); ++index) {
        pages.at(index)->workspace().restorePanes(saved.tabs.at(index).panes, servers);
    }
}

void TabMemory::openInFront()
{
    ConnectionPage *page = m_tabs.currentPage();
    if (page != nullptr && m_waiting.removeAll(page) > 0) {
        open(*page);
    }
}

// On the login of one that shared it the last time, if there is one by now.
void TabMemory::open(ConnectionPage &page) const
{
    const int login = loginOf(&page);
    for (const Login &other : m_logins) {
        const auto shared = other.page == nullptr || other.page == &page || other.number != login
            ? nullptr
            : other.page->connection();
        if (shared != nullptr && shared->connection().state() != ssh::Connection::State::Closed
            && other.page->request().profile.address() == page.request().profile.address()) {
            page.share(shared);
            return;
        }
    }
    page.open();
}

// 0: it has none that another shares.
int TabMemory::loginOf(const ConnectionPage *page) const
{
    const auto found = std::ranges::find(m_logins, page, [](const Login &login) {
        return static_cast<const ConnectionPage *>(login.page);
    });
    return found == m_logins.end() ? 0 : found->number;
}

// For each page the number of its login, or 0 if nobody shares it. Those that wait have one too.
QList<int> TabMemory::sharedLogins() const
{
    QHash<const void *, int> byConnection;
    QHash<int, int> byNumber; // of the last time
    QList<int> logins(m_tabs.pageCount(), 0);
    for (const bool isOpen : {true, false}) {
        for (int index = 0; index < m_tabs.pageCount(); ++index) {
            const ConnectionPage *page = m_tabs.page(index);
            const auto connection = page->connection();
            if ((connection != nullptr) != isOpen) {
                continue;
            }
            const int before = loginOf(page);
            const int next = static_cast<int>(byConnection.size() + byNumber.size()) + 1;
            int &number = logins[index];
            if (connection != nullptr) {
                number = byConnection.value(connection.get(), next);
                byConnection.insert(connection.get(), number);
            } else if (before > 0) {
                number = byNumber.value(before, next);
            }
            if (before > 0 && !byNumber.contains(before)) {
                byNumber.insert(before, number);
            }
        }
    }
    const QList<int> all = logins;
    for (int &number : logins) {
        number = all.count(number) > 1 ? number : 0;
    }
    return logins;
}

SavedTabs TabMemory::current() const
{
    SavedTabs result;
    QList<ConnectionPage *> pages; // of these
    const QList<int> logins = sharedLogins();
    for (int index = 0; index < m_tabs.pageCount(); ++index) {
        ConnectionPage *page = m_tabs.page(index);
        const ConnectRequest &request = page->request();
        const QString alias = profiles::OpenSshConfig::aliasOf(request.profile);
        if (request.isPassing && alias.isEmpty()) {
            continue; // of this run only
        }
        if (index == m_tabs.currentIndex()) {
            result.current = static_cast<int>(result.tabs.size());
        }
        SavedTab tab;
        tab.alias = alias;
        if (alias.isEmpty()) {
            tab.profile = request.profile;
        }
        tab.name = page->tab().ownName();
        tab.view = page->view();
        tab.splits = page->terminals().layout();
        tab.isDetached = m_tabs.isDetached(page);
        tab.login = logins.at(index);
        result.tabs.append(tab);
        pages.append(page);
    }
    const SavedPanes::Servers servers = serversOf(pages);
    for (qsizetype index = 0; index < pages.size(); ++index) {
        result.tabs[index].panes
            = SavedPanes::of(pages.at(index)->workspace().filesView(), servers);
    }
    return result;
}

// A failure is told nowhere: nothing that the user made is lost with it.
void TabMemory::write()
{
    const bool isForgotten
        = m_services.settings.value(settings::keys::reopenTabs) == QStringLiteral("never");
    const SavedTabs now = isForgotten ? SavedTabs() : current();
    if (m_lock != nullptr && now != m_written && now.save(m_services.tabsFile)) {
        m_written = now;
    }
}

void TabMemory::finish()
{
    m_settle.stop();
    m_tabs.disconnect(this);
    m_tabs.tabBar()->disconnect(this);
    if (m_offered.tabs.isEmpty() || m_tabs.pageCount() > 0) { // else they are offered again
        write();
    }
}

} // namespace ui
