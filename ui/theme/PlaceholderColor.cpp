#include "ui/theme/PlaceholderColor.h"

#include "ui/theme/Theme.h"

#include <QApplication>
#include <QEvent>

namespace ui {

PlaceholderColor::PlaceholderColor(QObject *parent)
    : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
    complete();
}

bool PlaceholderColor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == QCoreApplication::instance()
        && event->type() == QEvent::ApplicationPaletteChange) {
        complete();
    }
    return QObject::eventFilter(watched, event);
}

// Sets this one color only: all others go on coming from the desktop.
void PlaceholderColor::complete()
{
    const QPalette current = QApplication::palette();
    const QColor color = Theme::placeholder(current);
    if (current.color(QPalette::PlaceholderText) != color) {
        QPalette palette;
        palette.setColor(QPalette::PlaceholderText, color);
        QApplication::setPalette(palette);
    }
}

} // namespace ui
