#include "ui/widgets/EmptyFocus.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QPainter>

namespace ui {

EmptyFocus::EmptyFocus(QAbstractItemView &view)
    : QWidget(view.viewport())
    , m_view(view)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    hide();
}

bool EmptyFocus::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
    case QEvent::FocusOut: // the view chooses a row, or leaves it, after this
        QMetaObject::invokeMethod(this, &EmptyFocus::follow, Qt::QueuedConnection);
        break;
    case QEvent::Paint: // rows have come or gone
    case QEvent::Resize:
        follow();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void EmptyFocus::follow()
{
    setGeometry(m_view.viewport()->rect());
    setVisible(m_view.hasFocus() && !m_view.currentIndex().isValid());
}

void EmptyFocus::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace ui
