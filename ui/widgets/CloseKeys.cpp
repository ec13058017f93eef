#include "ui/widgets/CloseKeys.h"

#include <QKeyEvent>
#include <QWidget>

namespace ui {

CloseKeys::CloseKeys(QWidget &window)
    : QObject(&window)
    , m_window(window)
{
    window.installEventFilter(this);
}

bool CloseKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Cancel) || key->matches(QKeySequence::Close)) {
            m_window.close();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
