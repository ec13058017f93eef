#include "ui/main/SessionTabs.h"

#include "ui/connect/EnvironmentText.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/EnvironmentFrame.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QEvent>
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

} // namespace

SessionTabs::SessionTabs(QWidget *parent)
    : QTabWidget(parent)
{
    setObjectName(QStringLiteral("connectionTabs"));
    setAccessibleName(tr("Connections"));
    setDocumentMode(true);
    setMovable(true);
    setElideMode(Qt::ElideRight);
    connect(this, &QTabWidget::currentChanged, this, &SessionTabs::currentStatusChanged);
}

void SessionTabs::addPage(ConnectionPage *page)
{
    const int index = addTab(page, QString());
    connect(page, &ConnectionPage::statusChanged, this, [this, page] { updateTab(page); });
    connect(page, &ConnectionPage::closeAllowed, this, [this, page] { removePage(page); });
    m_frames.insert(page, new EnvironmentFrame(*page));
    tabBar()->setTabButton(index, QTabBar::RightSide, createCloseButton(page));
    updateTab(page);
    setCurrentIndex(index);
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
    const Liveness liveness = page->status().liveness();
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    // An ampersand would become a shortcut.
    const QString title = page->title().replace(u'&', QStringLiteral("&&"));
    setTabText(index, page->allowsWeakAlgorithms() ? tr("⚠ %1").arg(title) : title);
    setTabIcon(index, dot(liveness, size, devicePixelRatioF(), QApplication::palette()));
    setTabToolTip(
        index,
        (page->allowsWeakAlgorithms() ? tr("%1, %2, weak algorithms are allowed") : tr("%1, %2"))
            .arg(page->title().toHtmlEscaped(), ConnectionStatus::livenessText(liveness)));
    showEnvironment(page);
    emit anyStatusChanged();
    if (page == currentPage()) {
        emit currentStatusChanged();
    }
}

// The words are for those who see no color.
void SessionTabs::showEnvironment(ConnectionPage *page)
{
    const int index = indexOf(page);
    const auto environmentClass = page->request().profile.environmentClass;
    m_frames.value(page)->setEnvironmentClass(environmentClass);
    if (environmentClass == profiles::EnvironmentClass::None) {
        tabBar()->setTabTextColor(index, QColor());
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
    m_frames.remove(page);
    removeTab(indexOf(page));
    page->deleteLater();
    emit anyStatusChanged();
    if (count() == 0) {
        emit lastTabClosed();
    }
}

} // namespace ui
