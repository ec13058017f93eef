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

// Sets this one color only: all others go on coming from the desktop. In a disabled field a hint is
// no darker than a text: it would be taken for one that counts.
void PlaceholderColor::complete()
{
    const QPalette current = QApplication::palette();
    const QColor color = Theme::placeholder(current);
    const QColor disabled = current.color(QPalette::Disabled, QPalette::Text);
    if (current.color(QPalette::PlaceholderText) != color
        || current.color(QPalette::Disabled, QPalette::PlaceholderText) != disabled) {
        QPalette palette;
        palette.setColor(QPalette::PlaceholderText, color);
        palette.setColor(QPalette::Disabled, QPalette::PlaceholderText, disabled);
        QApplication::setPalette(palette);
    }
}

} // namespace ui
