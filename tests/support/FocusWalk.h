// focusFaults: what is wrong with the way of the Tab key through a window.

#pragma once

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QHash>
#include <QImage>
#include <QList>
#include <QPixmap>
#include <QRect>
#include <QScrollArea>
#include <QStringList>
#include <QWidget>

namespace tests {

// A style draws its frame of the focus up to that far outside of the control.
constexpr int focusMargin = 4;

inline bool isTabStop(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0
        && widget.focusProxy() == nullptr
        && qobject_cast<const QAbstractScrollArea *>(parent) == nullptr
        && qobject_cast<const QAbstractSpinBox *>(parent) == nullptr
        && qobject_cast<const QComboBox *>(parent) == nullptr;
}

// In the order in which Tab reaches them.
inline QList<QWidget *> tabStops(QWidget &window)
{
    QList<QWidget *> stops;
    for (QWidget *widget = window.nextInFocusChain(); widget != &window;
         widget = widget->nextInFocusChain()) {
        if (widget->window() == &window && isTabStop(*widget)) {
            stops.append(widget);
        }
    }
    return stops;
}

// Upwards, but for the top of a column further right; or to the left in the same line.
inline bool goesBack(const QRect &from, const QRect &to)
{
    const bool isAbove = to.bottom() < from.top();
    const bool isBelow = to.top() > from.bottom();
    return isAbove ? to.left() <= from.right() : !isBelow && to.right() < from.left();
}

inline QString nameOf(const QWidget &widget)
{
    return QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.objectName() + u' '
        + widget.accessibleName();
}

// Does it look any different with the focus?
inline bool showsFocus(QWidget &widget)
{
    QWidget &window = *widget.window();
    for (QWidget *above = widget.parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(above)) {
            area->ensureWidgetVisible(&widget); // as Tab does
        }
    }
    const QRect place = QRect(widget.mapTo(&window, QPoint()), widget.size())
                            .adjusted(-focusMargin, -focusMargin, focusMargin, focusMargin);
    window.setAttribute(Qt::WA_KeyboardFocusChange); // as the Tab key does
    widget.setFocus(Qt::TabFocusReason);
    if (QApplication::focusWidget() != &widget) {
        return true; // it passes it on
    }
    QCoreApplication::processEvents();
    const QImage with = window.grab(place).toImage();
    widget.clearFocus();
    QCoreApplication::processEvents();
    return with != window.grab(place).toImage();
}

// A sentence for each control that Tab reaches too early within its parent, and each that does not
// show that it has the focus. The window is the active one.
inline QStringList focusFaults(QWidget &window)
{
    QStringList faults;
    const QList<QWidget *> stops = tabStops(window);
    QWidget *before = QApplication::focusWidget();
    QHash<const QWidget *, const QWidget *> lastOf; // by parent
    for (QWidget *stop : stops) {
        const QWidget *parent = stop->parentWidget();
        const QWidget *last = lastOf.value(parent);
        if (last != nullptr && goesBack(last->geometry(), stop->geometry())) {
            faults.append(nameOf(*last) + QStringLiteral(" is left for ") + nameOf(*stop));
        }
        lastOf.insert(parent, stop);
        if (!showsFocus(*stop)) {
            faults.append(nameOf(*stop) + QStringLiteral(" does not show the focus"));
        }
    }
    if (before != nullptr) {
        before->setFocus();
    }
    return faults;
}

} // namespace tests
