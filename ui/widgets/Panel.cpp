#include "ui/widgets/Panel.h"

#include <QApplication>
#include <QPainter>

namespace ui {
namespace {

constexpr qreal cornerRadius = 5;

} // namespace

Panel::Panel(std::optional<Theme::Meaning> meaning, QWidget *parent)
    : QFrame(parent)
    , m_meaning(meaning)
{
}

void Panel::paintEvent(QPaintEvent *)
{
    const QPalette palette = QApplication::palette();
    QColor line = Theme::color(m_meaning.value_or(Theme::Meaning::Subtle), palette);
    line.setAlphaF(0.55F);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line);
    painter.setBrush(m_meaning ? Theme::ground(*m_meaning, palette)
                               : palette.color(QPalette::Window));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius,
                            cornerRadius);
}

} // namespace ui
