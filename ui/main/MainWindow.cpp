#include "ui/main/MainWindow.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "storage/Database.h"
#include "ui/connect/QuickConnectBar.h"
#include "ui/connect/SessionSidebar.h"
#include "ui/main/Actions.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/BroadcastControl.h"
#include "ui/main/ClosingLoss.h"
#include "ui/main/CommandWindows.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/KeyWindows.h"
#include "ui/main/LogOpener.h"
#include "ui/main/OpenConnections.h"
#include "ui/main/PaletteItems.h"
#include "ui/main/SessionEditing.h"
#include "ui/main/SessionExchange.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TabActions.h"
#include "ui/main/TabMemory.h"
#include "ui/main/TerminalActions.h"
#include "ui/main/TerminalLogs.h"
#include "ui/main/TunnelKeeper.h"
#include "ui/main/WelcomePage.h"
#include "ui/main/WindowEdits.h"
#include "ui/main/WindowTransfers.h"
#include "ui/palette/CommandPalette.h"
#include "ui/settings/SettingsWindow.h"
#include "ui/terminal/CastPlayer.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QCloseEvent>
#include <QDir>
#include <QHBoxLayout>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

// Of a window that was never resized, in characters and lines of the user's font.
constexpr int usualWidth = 170;
constexpr int usualHeight = 46;
constexpr int sidebarWidth = 38;
constexpr qsizetype mostRecent = 20; // sessions, of which the sidebar shows some

ErrorText brokenDatabaseText(const QString &newPath)
{
    return {.what = MainWindow::tr("What Ponto remembers beside settings and sessions is lost"),
            .why = MainWindow::tr("The file that holds it was damaged. It was kept as %1.")
                       .arg(base::displayText(newPath)),
            .advice = MainWindow::tr("Transfers that were waiting have to be started again.")};
}

} // namespace

MainWindow::MainWindow(const Services &services, Showing showing)
    : m_services(services)
{
    setWindowTitle(QStringLiteral("Ponto"));
    restorePlace();
    if (showing == Showing::BeforeContent) {
        show();
    }
    m_actions = new Actions(*this);
    m_quickConnect = new QuickConnectBar(services.profiles, this);
    m_sidebar = new SessionSidebar(services.profiles, this);
    m_status = new PlainLabel({}, PlainLabel::Role::Value, this);
    if (m_services.transfers == nullptr) {
        m_services.transfers = new transfer::TransferSchedule(services.database, this);
    }
    m_edits = new WindowEdits(m_services, *this);
    m_services.edits = &m_edits->desk();
    m_services.places = &m_places;
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(createTabArea());
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);

    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(createTop());
    layout->addWidget(m_splitter, 1);
    setCentralWidget(central);

    m_status->setObjectName(QStringLiteral("connectionStatus"));
    m_status->setAccessibleName(tr("Connection status"));
    m_status->setIndent(style()->pixelMetric(QStyle::PM_LayoutLeftMargin));
    m_status->setCursor(Qt::PointingHandCursor);
    m_status->setToolTip(tr("Click for the details of the connection"));
    m_status->installEventFilter(this);
    statusBar()->addWidget(m_status, 1);
    followSizeUnits();
    m_quickConnect->setOpenSsh(services.openSsh);
    m_sidebar->setOpenSsh(services.openSsh);
    connectParts();
    makeTransfers();
    connectActions();
    restoreLayout();
    updateStatus();
    m_quickConnect->activate();
    m_tabMemory->start();
    central->show();
    statusBar()->show();
}

MainWindow::~MainWindow() = default;

// Before those that show sizes are told of a change.
void MainWindow::followSizeUnits()
{
    const auto follow = [&settings = m_services.settings] {
        setSizeUnits(sizeUnitsFromName(settings.value(settings::keys::sizeUnits)));
    };
    follow();
    connect(&m_services.settings, &settings::Settings::changed, this, follow);
}

QLayout *MainWindow::createTop()
{
    QToolButton *button = createMenuButton(m_actions->groups(), *this);
    button->setObjectName(QStringLiteral("menuButton"));
    auto *find = new QToolButton;
    find->setObjectName(QStringLiteral("paletteButton"));
    find->setDefaultAction(m_actions->palette);
    find->setAccessibleName(tr("Find a session or an action"));
    find->setText(m_actions->palette->shortcuts().last().toString(QKeySequence::NativeText));
    find->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    find->setAutoRaise(true);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(style()->pixelMetric(QStyle::PM_LayoutLeftMargin),
                            style()->pixelMetric(QStyle::PM_LayoutTopMargin),
                            style()->pixelMetric(QStyle::PM_LayoutRightMargin), 0);
    row->addWidget(m_quickConnect, 1);
    row->addWidget(find, 0, Qt::AlignTop);
    row->addWidget(button, 0, Qt::AlignTop);
    return row;
}

QWidget *MainWindow::createTabArea()
{
    m_tabs = new SessionTabs;
    auto *welcome = new WelcomePage;
    m_pages = new QStackedWidget;
    m_pages->addWidget(welcome);
    m_pages->addWidget(m_tabs);
    m_banner = new ErrorBanner;
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    auto *notices = new QVBoxLayout;
    notices->setContentsMargins(0, 0, style()->pixelMetric(QStyle::PM_LayoutRightMargin), 0);
    notices->addWidget(m_banner);
    notices->addWidget(m_edits->notice());
    layout->addLayout(notices);
    layout->addWidget(m_pages, 1);
    m_host = new SheetHost;
    m_host->setContent(content);
    m_editing = new SessionEditing(m_services, *m_tabs, *m_host, this);
    connect(welcome, &WelcomePage::quickConnectRequested, m_quickConnect,
            &QuickConnectBar::activate);
    connect(welcome, &WelcomePage::newSessionRequested, m_editing, &SessionEditing::editNew);
    m_tabMemory = new TabMemory(
        m_services, *m_tabs, [this](const auto &request) { return createPage(request); }, this);
    connect(m_tabMemory, &TabMemory::offered, welcome, &WelcomePage::offerTabs);
    connect(m_tabMemory, &TabMemory::offered, this, [this](const QStringList &names) {
        m_actions->reopenTabs->setEnabled(!names.isEmpty());
    });
    connect(welcome, &WelcomePage::tabsRequested, m_tabMemory, &TabMemory::reopen);
    connect(m_actions->reopenTabs, &QAction::triggered, m_tabMemory, &TabMemory::reopen);
    return m_host;
}

void MainWindow::connectParts()
{
    connect(m_quickConnect, &QuickConnectBar::connectRequested, this, &MainWindow::connectTo);
    connect(m_quickConnect, &QuickConnectBar::left, this, [this] {
        if (ConnectionPage *page = m_tabs->currentPage()) {
            page->focusMainPane();
        }
    });
    connect(m_sidebar, &SessionSidebar::connectRequested, this, &MainWindow::connectTo);
    connect(m_sidebar, &SessionSidebar::editRequested, m_editing, &SessionEditing::edit);
    connect(m_sidebar, &SessionSidebar::editManyRequested, this,
            [this](const auto &sessions) { m_editing->editMany(sessions, m_sidebar->changes()); });
    connect(m_sidebar, &SessionSidebar::editGroupRequested, m_editing, &SessionEditing::editGroup);
    connect(m_sidebar, &SessionSidebar::newSessionRequested, m_editing, &SessionEditing::editNew);
    if (m_services.database != nullptr) {
        connect(m_services.database, &storage::Database::brokenFileSetAside, this,
                [this](const QString &newPath) { showProblem(brokenDatabaseText(newPath)); });
    }
    connect(m_tabs, &SessionTabs::currentStatusChanged, this, &MainWindow::updateStatus);
    connect(m_tabs, &SessionTabs::anyStatusChanged, this, &MainWindow::updateConnected);
    connect(m_tabs, &SessionTabs::serverLinkActivated, this, [this](const QUrl &url) {
        if (auto request = ConnectRequest::fromText(url.toString(), m_services.profiles)) {
            offer(*request);
        }
    });
    connect(m_tabs, &SessionTabs::lastTabClosed, this, [this] {
        updateStatus();
        m_quickConnect->activate();
    });
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_services.settings.setValue(settings::keys::sidebarSplitter, m_splitter->saveState());
    });
}

void MainWindow::makeTransfers()
{
    m_transfers = new WindowTransfers(
        m_services, *m_tabs, *m_banner,
        [this](const ConnectRequest &request) { connectTo(request); }, *this);
    connect(m_actions->transfers, &QAction::triggered, m_transfers, &WindowTransfers::show);
}

void MainWindow::connectActions()
{
    const auto come = [this] {
        raise();
        activateWindow();
    };
    for (const QAction *action : m_actions->inMainWindow()) { // after it was done for the tab there
        connect(action, &QAction::triggered, this, come, Qt::QueuedConnection);
    }
    m_terminalActions = new TerminalActions(*m_actions, *m_tabs, this);
    m_commandWindows = new CommandWindows(m_services, *m_actions, *m_tabs, *m_host, *this);
    (new LogOpener(m_services, *m_actions, *m_tabs, *this))->follow(*m_banner);
    connect(&m_commandWindows->tunnels(), &TunnelKeeper::failed, this, &MainWindow::showProblem);
    new TerminalLogs(
        m_services, *m_actions, *m_tabs,
        [this] {
            showSettings();
            m_settingsWindow->showLogs();
        },
        *this);
    new SessionExchange(m_services.profiles, *m_actions, *m_sidebar, *m_host);
    connect(m_actions->replay, &QAction::triggered, this,
            [this] { CastPlayer::ask(*this, TerminalAppearance::of(m_services.settings)); });
    new BroadcastControl(*m_actions->broadcast, *m_tabs, *m_host, this);
    connectTabActions(*m_actions, *m_tabs);
    connect(m_actions->quickConnect, &QAction::triggered, m_quickConnect,
            &QuickConnectBar::activate);
    connect(m_actions->palette, &QAction::triggered, this, &MainWindow::openPalette);
    connect(m_actions->findSession, &QAction::triggered, this, [this] {
        m_actions->toggleSidebar->setChecked(true);
        m_sidebar->focusFilter();
    });
    connect(m_actions->newSession, &QAction::triggered, m_editing, &SessionEditing::editNew);
    connect(m_actions->newTerminal, &QAction::triggered, this, &MainWindow::openTerminalBesides);
    connect(m_actions->saveSession, &QAction::triggered, m_editing, &SessionEditing::saveCurrent);
    connect(m_actions->toggleSidebar, &QAction::toggled, m_sidebar, &QWidget::setVisible);
    new KeyWindows(m_services, *m_actions, *m_tabs, *this);
    connect(m_actions->settings, &QAction::triggered, this, &MainWindow::showSettings);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    m_tabs->setWindowActions(m_actions->forTabWindow());
    connect(m_actions->detachTab, &QAction::triggered, m_tabs, &SessionTabs::detachOrReturn);
    connect(m_tabs, &SessionTabs::terminalRequested, this, &MainWindow::openTerminalBesides);
}

void MainWindow::restorePlace()
{
    const QFontMetrics metrics = fontMetrics();
    resize(metrics.averageCharWidth() * usualWidth, metrics.lineSpacing() * usualHeight);
    restoreGeometry(m_services.settings.value(settings::keys::windowGeometry));
}

void MainWindow::restoreLayout()
{
    m_sidebar->setCollapsedGroups(m_services.settings.value(settings::keys::collapsedGroups));
    m_sidebar->setRecent(m_services.settings.value(settings::keys::recentSessions));
    const int sidebar = fontMetrics().averageCharWidth() * sidebarWidth;
    if (!m_splitter->restoreState(m_services.settings.value(settings::keys::sidebarSplitter))) {
        m_splitter->setSizes({sidebar, width() - sidebar});
    }
}

// Then there is no need to offer saving it.
bool MainWindow::isSavedOrPassing(const ConnectRequest &request) const
{
    return request.isPassing || m_services.profiles.find(request.profile.id).has_value();
}

ConnectionPage *MainWindow::createPage(const ConnectRequest &request)
{
    auto *page = new ConnectionPage(m_services, request);
    page->setSaved(isSavedOrPassing(request));
    connect(page, &ConnectionPage::saveRequested, m_editing, &SessionEditing::saveCurrent);
    return page;
}

void MainWindow::connectTo(const ConnectRequest &request)
{
    ConnectionPage *page = createPage(request);
    m_tabs->addPage(page);
    updateStatus();
    if (const auto kept = m_commandWindows->tunnels().readyConnection(request.profile.id)) {
        page->share(kept);
    } else {
        page->open();
    }
    rememberRecent(request.profile.id);
}

// More than the sidebar shows, for some may be deleted. It reads its rows again once it is done
// with the click that led here.
void MainWindow::rememberRecent(const profiles::Profile::Id &id)
{
    if (!m_services.profiles.find(id)) {
        return;
    }
    QStringList ids = m_services.settings.value(settings::keys::recentSessions);
    ids.removeAll(id);
    ids.prepend(id);
    ids.resize(std::min(ids.size(), mostRecent));
    m_services.settings.setValue(settings::keys::recentSessions, ids);
    QMetaObject::invokeMethod(
        m_sidebar, [this, ids] { m_sidebar->setRecent(ids); }, Qt::QueuedConnection);
}

void MainWindow::offer(const ConnectRequest &request)
{
    const QString address = base::displayText(request.profile.address().toString());
    auto *sheet = new ConfirmSheet(tr("Connect to %1?").arg(address),
                                   tr("This address came from outside, perhaps from a web page. "
                                      "Nothing has been sent there yet."),
                                   tr("Connect"), m_host);
    // When the sheet is gone: a tab below it could not take the focus, and what is typed next may
    // be a password.
    connect(
        sheet, &ConfirmSheet::confirmed, this, [this, request] { connectTo(request); },
        Qt::QueuedConnection);
    m_host->present(sheet);
    sheet->setFocus();
}

// Where the connection is not ready there is nothing to share yet: then it is a new login.
void MainWindow::openTerminalBesides()
{
    const ConnectionPage *origin = m_tabs->currentPage();
    if (origin == nullptr) {
        return;
    }
    if (!origin->isReady()) {
        connectTo(origin->request());
        return;
    }
    ConnectionPage *page = createPage(origin->request());
    const std::shared_ptr<SharedConnection> connection = origin->connection();
    m_tabs->addPage(page);
    page->setView(ViewSwitch::View::Terminal);
    page->share(connection);
}

ssh::Connection *MainWindow::openConnection(const QString &name) const
{
    return findOpenConnection(name, m_services, *m_tabs, m_commandWindows->tunnels());
}

void MainWindow::openPalette()
{
    const PaletteSources sources{m_services, *m_actions, *m_tabs,
                                 [this](const ConnectRequest &request) { connectTo(request); }};
    if (m_palette == nullptr) { // the window is shown without it
        m_palette = new CommandPalette(*this);
    }
    m_palette->open(paletteItems(sources),
                    [sources](const QString &typed) { return addressItem(sources, typed); });
}

void MainWindow::showProblem(const ErrorText &text)
{
    m_banner->showError(text);
}

void MainWindow::withdrawProblem(const ErrorText &text)
{
    if (m_banner->accessibleName() == text.what) {
        m_banner->dismiss();
    }
}

void MainWindow::updateStatus()
{
    const ConnectionPage *page = m_tabs->currentPage();
    m_pages->setCurrentIndex(m_tabs->count() == 0 ? 0 : 1);
    m_actions->setHasTab(page != nullptr);
    m_terminalActions->update();
    m_status->setText(page == nullptr ? tr("Not connected") : page->status().text());
    setWindowTitle(page == nullptr ? QStringLiteral("Ponto") : tr("%1 — Ponto").arg(page->title()));
}

void MainWindow::updateConnected()
{
    QSet<profiles::Profile::Id> ids;
    for (int index = 0; index < m_tabs->pageCount(); ++index) {
        if (m_tabs->page(index)->isReady()) {
            ids.insert(m_tabs->page(index)->request().profile.id);
        }
    }
    m_sidebar->setConnected(ids);
}

bool MainWindow::mayClose() const
{
    int ready = 0;
    bool isLoss = false;
    for (int index = 0; index < m_tabs->pageCount(); ++index) {
        ready += m_tabs->page(index)->isReady() ? 1 : 0;
        isLoss = isLoss || !closingLoss(*m_tabs->page(index)).isEmpty();
    }
    return m_isCloseConfirmed
        || (ready <= 1 && !isLoss && !m_edits->desk().hasUnfinished()
            && !m_commandWindows->isRunning());
}

void MainWindow::askToClose()
{
    auto *sheet = new ConfirmSheet(tr("Close the window?"),
                                   tr("All connections in it end, and with them their shells, "
                                      "commands and tunnels. Transfers that are not finished go on "
                                      "at the next start, and edits that are not saved are offered "
                                      "then."),
                                   tr("Close window"), m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this] {
        m_isCloseConfirmed = true;
        close();
    });
    m_host->present(sheet);
    sheet->setFocus();
}

void MainWindow::showSettings()
{
    if (m_settingsWindow == nullptr) {
        m_settingsWindow = new SettingsWindow(m_services.settings, m_services.vault, this);
    }
    m_settingsWindow->show();
    m_settingsWindow->raise();
    m_settingsWindow->activateWindow();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_status && event->type() == QEvent::MouseButtonRelease
        && !m_status->hasSelectedText()) {
        m_actions->connectionDetails->trigger(); // does nothing without a tab
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayClose()) {
        event->ignore();
        if (m_host->currentSheet() == nullptr) {
            askToClose();
        }
        return;
    }
    m_tabMemory->finish();
    m_edits->desk().keepDrafts();
    m_services.settings.setValue(settings::keys::windowGeometry, saveGeometry());
    m_services.settings.setValue(settings::keys::collapsedGroups, m_sidebar->collapsedGroups());
    m_tabs->hideWindows();
    event->accept();
}

} // namespace ui
