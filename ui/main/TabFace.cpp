#include "ui/main/TabFace.h"

#include "ui/connect/EnvironmentText.h"
#include "ui/connect/SessionIcon.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/ConnectionStatus.h"
#include "ui/main/SharedConnection.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QCoreApplication>
#include <QPainter>
#include <QPixmap>
#include <QStyle>
#include <QWidget>

namespace ui {
namespace {

using Liveness = ConnectionStatus::Liveness;

constexpr int gap = 3; // pixels between what an icon is made of
constexpr int mostParts = 3;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::TabFace", text);
}

// Filled: connected; half: connecting; hollow: closed. The color only repeats it.
void paintDot(QPainter &painter, const QRectF &place, Liveness liveness, const QPalette &palette)
{
    const QColor color = Theme::color(
        liveness == Liveness::Connected ? Theme::Meaning::Ok : Theme::Meaning::Subtle, palette);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(liveness == Liveness::Connected ? QBrush(color) : QBrush());
    const QRectF circle = place.adjusted(4, 4, -4, -4);
    painter.drawEllipse(circle);
    if (liveness == Liveness::Connecting) {
        painter.setBrush(color);
        painter.drawPie(circle, 90 * 16, 180 * 16); // the left half, in sixteenths of a degree
    }
}

bool lendsAgent(const ConnectionPage &page)
{
    return page.isReady() && page.connection()->connection().settings().forwardsAgent;
}

QIcon iconOf(const ConnectionPage &page, Liveness liveness, const QWidget &tabs)
{
    const QPalette palette = QApplication::palette();
    const int size = tabs.style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, &tabs);
    QList<QIcon> parts;
    if (!page.request().profile.icon.isEmpty()) {
        parts.append(sessionIcon(page.request().profile.icon));
    }
    if (lendsAgent(page)) {
        parts.append(
            Icons::icon(QStringLiteral("key"), Theme::color(Theme::Meaning::Warning, palette)));
    }
    const auto width = size + static_cast<int>(parts.size()) * (size + gap);
    const qreal ratio = tabs.devicePixelRatioF();
    QPixmap pixmap(QSize(width, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintDot(painter, QRectF(0, 0, size, size), liveness, palette);
    QRect place(size + gap, 0, size, size);
    for (const QIcon &part : std::as_const(parts)) {
        part.paint(&painter, place);
        place.translate(size + gap, 0);
    }
    return QIcon(pixmap);
}

QString toolTipOf(const ConnectionPage &page, Liveness liveness)
{
    QStringList parts{page.title().toHtmlEscaped(), ConnectionStatus::livenessText(liveness)};
    if (page.allowsWeakAlgorithms()) {
        parts.append(tr("weak algorithms are allowed"));
    }
    if (lendsAgent(page)) {
        parts.append(page.connection()->connection().settings().asksForAgent
                         ? tr("the agent is lent, and asks")
                         : tr("the agent is lent"));
    }
    if (page.terminals().isLogged()) {
        parts.append(tr("the output is logged"));
    }
    if (page.request().profile.environmentClass != profiles::EnvironmentClass::None) {
        parts.append(environmentText(page.request().profile.environmentClass));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

QSize TabFace::iconSize(const QWidget &tabs)
{
    const int size = tabs.style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, &tabs);
    return {mostParts * size + (mostParts - 1) * gap, size};
}

TabFace TabFace::of(const ConnectionPage &page, bool isInFront, const QWidget &tabs)
{
    const bool isAsleep = page.connection() == nullptr && !isInFront;
    const Liveness liveness = isAsleep ? Liveness::Closed : page.status().liveness();
    TabFace face;
    face.icon = iconOf(page, liveness, tabs);
    face.text = page.tabTitle().replace(u'&', QStringLiteral("&&"));
    if (page.allowsWeakAlgorithms()) {
        face.text = tr("⚠ %1").arg(face.text);
    }
    const auto environment = page.request().profile.environmentClass;
    if (environment != profiles::EnvironmentClass::None) { // in words for those who see no color
        face.text = tr("%1 · %2").arg(face.text, environmentText(environment));
    }
    face.toolTip = toolTipOf(page, liveness);
    return face;
}

} // namespace ui
