// Which keys a terminal leaves to the window: all others are typed into it.

#pragma once

#include <QKeyCombination>

class QKeyEvent;

namespace ui {

// Ctrl+Shift with anything, Ctrl+PageUp and PageDown, and Shift+Insert: a shortcut may have it.
bool belongsToWindow(QKeyCombination key);
bool belongsToWindow(const QKeyEvent &key);

// It belongs to the window, and the terminal would take it for Ctrl and the letter, and so
// Ctrl+Shift+D for the end of the input.
bool isWindowLetter(const QKeyEvent &key);

} // namespace ui
