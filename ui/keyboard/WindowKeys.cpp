#include "ui/keyboard/WindowKeys.h"

#include <QKeyEvent>

namespace ui {

bool belongsToWindow(QKeyCombination key)
{
    const Qt::KeyboardModifiers modifiers = key.keyboardModifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ShiftModifier) {
        return key.key() == Qt::Key_Insert;
    }
    if (modifiers == Qt::ControlModifier) {
        return key.key() == Qt::Key_PageUp || key.key() == Qt::Key_PageDown;
    }
    return modifiers == (Qt::ControlModifier | Qt::ShiftModifier);
}

bool belongsToWindow(const QKeyEvent &key)
{
    return belongsToWindow(key.keyCombination());
}

bool isWindowLetter(const QKeyEvent &key)
{
    return belongsToWindow(key) && key.key() >= Qt::Key_A && key.key() <= Qt::Key_Z;
}

} // namespace ui
