#include "ui/theme/ControlStyle.h"

#include <QPainter>
#include <QStyleOption>

namespace ui {
namespace {

constexpr float visible = 0.5F;
constexpr float faint = 0.25F; // of what cannot be changed

} // namespace

void ControlStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                 QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isBox = element == PE_IndicatorCheckBox;
    if ((!isBox && element != PE_IndicatorRadioButton)
        || baseStyle()->name() != QLatin1StringView("fusion")) {
        return;
    }
    QColor frame = option->palette.color(QPalette::Active, QPalette::WindowText);
    frame.setAlphaF(option->state.testFlag(State_Enabled) ? visible : faint);
    const QRectF place = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setPen(frame);
    painter->setBrush(Qt::NoBrush);
    if (isBox) {
        painter->drawRect(place);
    } else {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->drawEllipse(place);
    }
    painter->restore();
}

} // namespace ui
