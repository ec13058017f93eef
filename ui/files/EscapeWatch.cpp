#include "ui/files/EscapeWatch.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace ui {

// While a drag runs a filter of Qt takes all keys. The last filter is asked first: this one comes
// from the event loop of the drag, which has its own by then (QBasicDrag::drag()).
EscapeWatch::EscapeWatch()
{
    QMetaObject::invokeMethod(
        this, [this] { QCoreApplication::instance()->installEventFilter(this); },
        Qt::QueuedConnection);
}

bool EscapeWatch::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::KeyPress
        && static_cast<const QKeyEvent &>(*event).key() == Qt::Key_Escape) {
        m_wasPressed = true;
    }
    return false;
}

} // namespace ui
