#include "ui/main/SessionTabs.h"

#include "ui/connect/EnvironmentText.h"
#include "ui/connect/SessionColor.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/EnvironmentFrame.h"
#include "ui/main/TabFace.h"
#include "ui/main/TabNameEdit.h"
#include "ui/main/TabTerminals.h"
#include "ui/main/TabWindow.h"
#include "ui/main/Workspace.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/IconLabel.h"

#include <QApplication>
#include <QEvent>
#include <QMenu>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

QIcon markIcon(TerminalMark mark, const QPalette &palette)
{
    using Meaning = Theme::Meaning;
    switch (mark) {
    case TerminalMark::None:
        break;
    case TerminalMark::Activity:
        return Icons::icon(QStringLiteral("activity"));
    case TerminalMark::Finished:
        return Icons::icon(QStringLiteral("check"), Theme::color(Meaning::Ok, palette));
    case TerminalMark::Bell:
        return Icons::icon(QStringLiteral("bell"), Theme::color(Meaning::Warning, palette));
    }
    return {};
}

} // namespace

SessionTabs::SessionTabs(QWidget *parent)
    : QTabWidget(parent)
{
    setObjectName(QStringLiteral("connectionTabs"));
    setAccessibleName(tr("Connections"));
    setDocumentMode(true);
    setMovable(true);
    setElideMode(Qt::ElideRight);
    setIconSize(TabFace::iconSize(*this));
    tabBar()->setAcceptDrops(true); // what is dragged over a tab brings it to the front
    tabBar()->setChangeCurrentOnDrag(true);
    tabBar()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(tabBar(), &QWidget::customContextMenuRequested, this, &SessionTabs::showMenu);
    connect(this, &QTabWidget::tabBarDoubleClicked, this, &SessionTabs::rename);
    connect(this, &QTabWidget::currentChanged, this, [this] {
        if (const ConnectionPage *page = currentPage()) {
            page->tab().clearMark();
        }
        emit currentStatusChanged();
    });
    connect(qApp, &QGuiApplication::focusWindowChanged, this, [this] {
        if (!m_windows.empty()) {
            emit currentStatusChanged(); // another one may be the current one
        }
    });
}

SessionTabs::~SessionTabs()
{
    qApp->disconnect(this);
    for (int index = 0; index < pageCount(); ++index) { // they have something to tell while they go
        page(index)->disconnect(this);
        page(index)->terminals().disconnect(this);
    }
}

void SessionTabs::hideWindows()
{
    for (const auto &window : m_windows) {
        window->hide();
    }
}

void SessionTabs::addPage(ConnectionPage *page)
{
    addPageBehind(page);
    setCurrentWidget(page);
}

void SessionTabs::addPageBehind(ConnectionPage *page)
{
    connect(page, &ConnectionPage::statusChanged, this, [this, page] { updateTab(page); });
    connect(&page->terminals(), &TerminalSplits::serverLinkActivated, this,
            &SessionTabs::serverLinkActivated);
    connect(page, &ConnectionPage::closeAllowed, this, [this, page] { removePage(page); });
    connect(page, &ConnectionPage::attentionWanted, this, [this, page] { bringToFront(page); });
    connect(&page->terminals(), &TerminalSplits::countChanged, this, &SessionTabs::shareScrollback);
    m_frames.insert(page, new EnvironmentFrame(*page));
    insertPage(page);
    shareScrollback();
    emit pageAdded(page);
}

void SessionTabs::insertPage(ConnectionPage *page)
{
    const int index = addTab(page, QString());
    tabBar()->setTabButton(index, QTabBar::RightSide, createCloseButton(page));
    updateTab(page);
}

QWidget *SessionTabs::createCloseButton(ConnectionPage *page)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("tabClose"));
    button->setIcon(Icons::icon(QStringLiteral("close")));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setAccessibleName(tr("Close %1").arg(page->title()));
    button->setToolTip(tr("Close tab"));
    connect(button, &QToolButton::clicked, this, [this, page] {
        setCurrentWidget(page); // a question about it must be seen
        page->requestClose();
    });
    return button;
}

ConnectionPage *SessionTabs::page(int index) const
{
    if (index >= count() && index < pageCount()) {
        return &m_windows[static_cast<std::size_t>(index - count())]->page();
    }
    return qobject_cast<ConnectionPage *>(widget(index));
}

int SessionTabs::pageCount() const
{
    return count() + static_cast<int>(m_windows.size());
}

ConnectionPage *SessionTabs::currentPage() const
{
    const auto *active = qobject_cast<const TabWindow *>(QApplication::activeWindow());
    const bool isOurs = active != nullptr && windowOf(&active->page()) == active;
    return isOurs ? &active->page() : page(currentIndex());
}

TabWindow *SessionTabs::windowOf(const ConnectionPage *page) const
{
    const auto found = std::ranges::find_if(
        m_windows, [page](const auto &window) { return &window->page() == page; });
    return found == m_windows.end() ? nullptr : found->get();
}

SheetHost &SessionTabs::questionHost(SheetHost &ofMainWindow) const
{
    const ConnectionPage *page = currentPage();
    const TabWindow *window = page == nullptr ? nullptr : windowOf(page);
    return window == nullptr ? ofMainWindow : window->host();
}

void SessionTabs::bringToFront(ConnectionPage *page)
{
    QWidget *top = windowOf(page);
    if (top == nullptr) {
        setCurrentWidget(page);
        top = window();
    }
    top->raise();
    top->activateWindow();
}

void SessionTabs::detachOrReturn()
{
    ConnectionPage *page = currentPage();
    if (page == nullptr) {
        return;
    }
    if (TabWindow *window = windowOf(page)) {
        putBack(window);
    } else {
        detach(page);
    }
}

// The page stays the same widget, and so its shells, transfers and questions do.
void SessionTabs::detach(ConnectionPage *page)
{
    const QSize size = page->size();
    removeTab(indexOf(page));
    auto *window
        = m_windows.emplace_back(std::make_unique<TabWindow>(*page, m_windowActions)).get();
    connect(window, &TabWindow::backRequested, this, [this, window] { putBack(window); });
    updateTab(page);
    window->resize(size);
    window->show();
    window->activateWindow();
    page->tab().clearMark();
    page->focusMainPane();
    emit currentStatusChanged();
}

void SessionTabs::putBack(TabWindow *window)
{
    ConnectionPage *page = &window->takePage();
    window->hide();
    const auto place = std::ranges::find(m_windows, window, &std::unique_ptr<TabWindow>::get);
    place->release()->deleteLater(); // it may be in the middle of a signal of its own
    m_windows.erase(place);
    insertPage(page);
    page->show();
    bringToFront(page);
    page->focusMainPane();
    emit currentStatusChanged();
}

// A line of the usual width takes two kilobytes: all terminals together are to keep no more of them
// than that, as long as each has some.
void SessionTabs::shareScrollback()
{
    constexpr int mostLines = 100'000;
    constexpr int leastLines = 1000;
    int terminals = 0;
    for (int index = 0; index < pageCount(); ++index) {
        terminals += page(index)->terminals().count();
    }
    const int share = std::max(leastLines, mostLines / std::max(1, terminals));
    for (int index = 0; index < pageCount(); ++index) {
        page(index)->workspace().limitScrollback(share);
    }
}

void SessionTabs::step(int by)
{
    if (count() > 0) {
        setCurrentIndex((currentIndex() + by + count()) % count());
    }
}

void SessionTabs::updateTab(ConnectionPage *page)
{
    if (TabWindow *window = windowOf(page)) {
        window->setWindowTitle(tr("%1 — Ponto").arg(page->tabTitle()));
        window->setFace(TabFace::of(*page, true, *window));
        m_frames.value(page)->setEnvironmentClass(page->request().profile.environmentClass);
        emit anyStatusChanged();
        emit currentStatusChanged();
        return;
    }
    const int index = indexOf(page);
    const TabFace face = TabFace::of(*page, page == currentPage(), *this);
    setTabText(index, face.text);
    setTabIcon(index, face.icon);
    setTabToolTip(index, face.toolTip);
    updateMark(page);
    showEnvironment(page);
    emit anyStatusChanged();
    if (page == currentPage()) {
        emit currentStatusChanged();
    }
}

// Beside the dot, and in words for those who do not see it.
void SessionTabs::updateMark(ConnectionPage *page)
{
    const int index = indexOf(page);
    const TerminalMark mark = page->tab().mark();
    QWidget *shown = tabBar()->tabButton(index, QTabBar::LeftSide);
    const QString words = TabTerminals::markText(mark);
    tabBar()->setAccessibleTabName(
        index, words.isEmpty() ? QString() : tr("%1, %2").arg(page->tabTitle(), words));
    if ((shown == nullptr ? QString() : shown->accessibleName()) == words) {
        return;
    }
    IconLabel *label = nullptr;
    if (mark != TerminalMark::None) {
        label = new IconLabel(markIcon(mark, QApplication::palette()), this);
        label->setObjectName(QStringLiteral("tabMark"));
        label->setAccessibleName(words);
        label->setToolTip(words);
    }
    tabBar()->setTabButton(index, QTabBar::LeftSide, label);
    if (shown != nullptr) {
        shown->deleteLater();
    }
}

void SessionTabs::renameCurrent()
{
    rename(currentIndex());
}

void SessionTabs::rename(int index)
{
    ConnectionPage *page = this->page(index);
    if (page == nullptr) {
        return; // a click beside the tabs
    }
    auto *edit = new TabNameEdit(*tabBar(), index, page->tab().ownName());
    connect(edit, &TabNameEdit::named, page,
            [page](const QString &name) { page->tab().setOwnName(name); });
    connect(edit, &QObject::destroyed, page, [page] {
        if (page->isVisible()) {
            page->focusMainPane();
        }
    });
}

void SessionTabs::showMenu(QPoint place)
{
    const int index = tabBar()->tabAt(place);
    if (index < 0) {
        return;
    }
    setCurrentIndex(index); // what is chosen is for the tab in front
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("tabMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Rename tab…")), &QAction::triggered, this,
            &SessionTabs::renameCurrent);
    connect(menu->addAction(tr("&Move to a window of its own")), &QAction::triggered, this,
            &SessionTabs::detachOrReturn);
    connect(menu->addAction(tr("&New terminal on this connection")), &QAction::triggered, this,
            &SessionTabs::terminalRequested);
    menu->addSeparator();
    connect(menu->addAction(tr("&Close tab")), &QAction::triggered, this, [this] {
        if (ConnectionPage *page = currentPage()) {
            page->requestClose();
        }
    });
    menu->popup(tabBar()->mapToGlobal(place));
}

void SessionTabs::showEnvironment(ConnectionPage *page)
{
    const profiles::Profile &profile = page->request().profile;
    m_frames.value(page)->setEnvironmentClass(profile.environmentClass);
    // What the user has chosen gives way to what warns.
    tabBar()->setTabTextColor(indexOf(page),
                              profile.environmentClass == profiles::EnvironmentClass::None
                                  ? sessionColor(profile.color, palette())
                                  : environmentColor(profile.environmentClass, palette()));
}

void SessionTabs::changeEvent(QEvent *event)
{
    QTabWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        for (int index = 0; index < pageCount(); ++index) {
            updateTab(page(index));
        }
    }
}

void SessionTabs::removePage(ConnectionPage *page)
{
    page->disconnect(this); // it goes later, and has terminals that end until then
    page->terminals().disconnect(this);
    m_frames.remove(page);
    if (TabWindow *window = windowOf(page)) {
        window->takePage();
        window->hide();
        const auto place = std::ranges::find(m_windows, window, &std::unique_ptr<TabWindow>::get);
        place->release()->deleteLater(); // it may be in the middle of its closeEvent()
        m_windows.erase(place);
    } else {
        removeTab(indexOf(page));
    }
    page->deleteLater();
    shareScrollback();
    emit anyStatusChanged();
    emit currentStatusChanged();
    if (pageCount() == 0) {
        emit lastTabClosed();
    }
}

} // namespace ui
