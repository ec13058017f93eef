// Which keys a terminal leaves to the window; see "Keyboard" in the interface's description.

#pragma once

class QKeyEvent;

namespace ui {

// A shortcut of the window may have it.
bool belongsToWindow(const QKeyEvent &key);

// It belongs to the window, and the terminal would take it for Ctrl and the letter, and so
// Ctrl+Shift+D for the end of the input.
bool isWindowLetter(const QKeyEvent &key);

} // namespace ui
