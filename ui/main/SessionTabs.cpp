#include "ui/main/SessionTabs.h"

#include "ui/connect/EnvironmentText.h"
#include "ui/connect/SessionColor.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/EnvironmentFrame.h"
#include "ui/main/TabNameEdit.h"
#include "ui/main/TabTerminals.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/IconLabel.h"

#include <QApplication>
#include <QEvent>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QTabBar>
#include <QToolButton>

namespace ui {
namespace {

using Liveness = ConnectionStatus::Liveness;

// Filled: connected; half: connecting; hollow: closed. The color only repeats it.
QIcon dot(Liveness liveness, int size, qreal ratio, const QPalette &palette)
{
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    const QColor color = Theme::color(
        liveness == Liveness::Connected ? Theme::Meaning::Ok : Theme::Meaning::Subtle, palette);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5));
    const QRectF circle = QRectF(0, 0, size, size).adjusted(4, 4, -4, -4);
    if (liveness == Liveness::Connected) {
        painter.setBrush(color);
    }
    painter.drawEllipse(circle);
    if (liveness == Liveness::Connecting) {
        painter.setBrush(color);
        painter.drawPie(circle, 90 * 16, 180 * 16); // the left half, in sixteenths of a degree
    }
    return QIcon(pixmap);
}

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
    tabBar()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(tabBar(), &QWidget::customContextMenuRequested, this, &SessionTabs::showMenu);
    connect(this, &QTabWidget::tabBarDoubleClicked, this, &SessionTabs::rename);
    connect(this, &QTabWidget::currentChanged, this, [this] {
        if (const ConnectionPage *page = currentPage()) {
            page->tab().clearMark();
        }
        emit currentStatusChanged();
    });
}

void SessionTabs::addPage(ConnectionPage *page)
{
    addPageBehind(page);
    setCurrentWidget(page);
}

void SessionTabs::addPageBehind(ConnectionPage *page)
{
    const int index = addTab(page, QString());
    connect(page, &ConnectionPage::statusChanged, this, [this, page] { updateTab(page); });
    connect(&page->terminals(), &TerminalSplits::serverLinkActivated, this,
            &SessionTabs::serverLinkActivated);
    connect(page, &ConnectionPage::closeAllowed, this, [this, page] { removePage(page); });
    m_frames.insert(page, new EnvironmentFrame(*page));
    tabBar()->setTabButton(index, QTabBar::RightSide, createCloseButton(page));
    updateTab(page);
    emit pageAdded(page);
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
    return qobject_cast<ConnectionPage *>(widget(index));
}

void SessionTabs::step(int by)
{
    if (count() > 0) {
        setCurrentIndex((currentIndex() + by + count()) % count());
    }
}

void SessionTabs::updateTab(ConnectionPage *page)
{
    const int index = indexOf(page);
    const bool isAsleep = page->connection() == nullptr && page != currentPage(); // not seen yet
    const Liveness liveness = isAsleep ? Liveness::Closed : page->status().liveness();
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    // An ampersand would become a shortcut.
    const QString title = page->tabTitle().replace(u'&', QStringLiteral("&&"));
    setTabText(index, page->allowsWeakAlgorithms() ? tr("⚠ %1").arg(title) : title);
    setTabIcon(index, dot(liveness, size, devicePixelRatioF(), QApplication::palette()));
    setTabToolTip(
        index,
        (page->allowsWeakAlgorithms() ? tr("%1, %2, weak algorithms are allowed") : tr("%1, %2"))
            .arg(page->title().toHtmlEscaped(), ConnectionStatus::livenessText(liveness)));
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

// The words are for those who see no color.
void SessionTabs::showEnvironment(ConnectionPage *page)
{
    const int index = indexOf(page);
    const auto environmentClass = page->request().profile.environmentClass;
    m_frames.value(page)->setEnvironmentClass(environmentClass);
    if (environmentClass == profiles::EnvironmentClass::None) {
        // What the user has chosen gives way to what warns.
        tabBar()->setTabTextColor(index, sessionColor(page->request().profile.color, palette()));
        return;
    }
    const QString text = environmentText(environmentClass);
    tabBar()->setTabTextColor(index, environmentColor(environmentClass, palette()));
    setTabText(index, tr("%1 · %2").arg(tabText(index), text));
    setTabToolTip(index, tr("%1, %2").arg(tabToolTip(index), text));
}

void SessionTabs::changeEvent(QEvent *event)
{
    QTabWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        for (int index = 0; index < count(); ++index) {
            updateTab(page(index));
        }
    }
}

void SessionTabs::removePage(ConnectionPage *page)
{
    page->disconnect(this); // it goes later, and has terminals that end until then
    m_frames.remove(page);
    removeTab(indexOf(page));
    page->deleteLater();
    emit anyStatusChanged();
    if (count() == 0) {
        emit lastTabClosed();
    }
}

} // namespace ui
