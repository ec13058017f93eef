// ClearButton: the button inside a line that empties it, for lines that are there from the start.

#pragma once

class QLineEdit;

namespace ui {

// It appears with the first text. Qt looks for its picture in the desktop's icon theme, and reads
// that for it: a window that has to be on the screen first does not wait for this.
void addClearButton(QLineEdit &line);

} // namespace ui
