#include "ui/widgets/OutlineFrame.h"

#include <QEvent>
#include <QPainter>

namespace ui {
namespace {

constexpr int outlineWidth = 2;

} // namespace

OutlineFrame::OutlineFrame(QWidget &framed)
    : QWidget(&framed)
    , m_framed(framed)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    framed.installEventFilter(this);
    hide();
}

void OutlineFrame::setOutlined(bool isOutlined)
{
    const int margin = isOutlined ? outlineWidth : 0;
    m_framed.setContentsMargins(margin, margin, margin, margin);
    setGeometry(m_framed.rect());
    setVisible(isOutlined);
    raise();
    update();
}

bool OutlineFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_framed && event->type() == QEvent::Resize) {
        setGeometry(m_framed.rect());
        raise();
    }
    return QWidget::eventFilter(watched, event);
}

void OutlineFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color());
    painter.drawRect(0, 0, width(), outlineWidth);
    painter.drawRect(0, height() - outlineWidth, width(), outlineWidth);
    painter.drawRect(0, 0, outlineWidth, height());
    painter.drawRect(width() - outlineWidth, 0, outlineWidth, height());
}

} // namespace ui
