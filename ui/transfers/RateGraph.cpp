#include "ui/transfers/RateGraph.h"

#include "transfer/TransferSchedule.h"
#include "ui/units/SizeText.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui {
namespace {

constexpr int widthInCharacters = 24;
constexpr qreal fillOpacity = 0.25;

} // namespace

RateGraph::RateGraph(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("transferGraph"));
    setAccessibleName(tr("Speed of the last two minutes"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RateGraph::setRates(const QList<quint64> &rates)
{
    m_rates = rates;
    const quint64 most = rates.isEmpty() ? 0 : *std::ranges::max_element(rates);
    const QString text = tr("Peak of the last two minutes: %1/s").arg(sizeText(most));
    setToolTip(text);
    setAccessibleDescription(text);
    update();
}

QSize RateGraph::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * widthInCharacters, fontMetrics().height() * 3 / 2};
}

void RateGraph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (m_rates.isEmpty()) {
        return;
    }
    const auto most = static_cast<qreal>(std::max<quint64>(1, *std::ranges::max_element(m_rates)));
    const qreal step = area.width() / (transfer::TransferSchedule::mostRates - 1);
    const qreal first = area.right() - step * static_cast<qreal>(m_rates.size() - 1);
    QPainterPath line;
    for (qsizetype index = 0; index < m_rates.size(); ++index) {
        const QPointF point(first + step * static_cast<qreal>(index),
                            area.bottom()
                                - area.height() * static_cast<qreal>(m_rates[index]) / most);
        index == 0 ? line.moveTo(point) : line.lineTo(point);
    }
    QPainterPath filled = line;
    filled.lineTo(area.bottomRight());
    filled.lineTo(first, area.bottom());
    QColor color = palette().color(QPalette::Highlight);
    painter.strokePath(line, QPen(color, 1.5));
    color.setAlphaF(fillOpacity);
    painter.fillPath(filled, color);
}

} // namespace ui
