#include "ui/widgets/FittingScrollArea.h"

#include <QEvent>

#include <algorithm>

namespace ui {

FittingScrollArea::FittingScrollArea(int fewestLines, int mostLines, QWidget *parent)
    : QScrollArea(parent)
    , m_fewestLines(fewestLines)
    , m_mostLines(mostLines)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setFocusPolicy(Qt::NoFocus); // what is in it has the focus
}

void FittingScrollArea::setContent(QWidget *content)
{
    setWidget(content);
    content->installEventFilter(this);
}

int FittingScrollArea::heightOf(int lines) const
{
    return fontMetrics().lineSpacing() * lines;
}

QSize FittingScrollArea::sizeHint() const
{
    const QSize content = widget() != nullptr ? widget()->sizeHint() : QSize();
    return {content.width(),
            std::clamp(content.height(), heightOf(m_fewestLines), heightOf(m_mostLines))};
}

QSize FittingScrollArea::minimumSizeHint() const
{
    return {QScrollArea::minimumSizeHint().width(), sizeHint().height()};
}

bool FittingScrollArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace ui
