// What can be chosen for terminals, in the words of the settings and of the editor of a session.
// The data of an item is the value that is stored.

#pragma once

class QComboBox;

namespace settings {
class Settings;
}

namespace ui {

// As settings::keys::logForm has them.
void addLogForms(QComboBox &box);

// As settings::keys::terminalCursor and terminalBell have them.
void addCursorShapes(QComboBox &box);
void addBells(QComboBox &box);

// As settings::keys::terminalColors has them, those included that the user has imported.
void addTerminalColors(QComboBox &box, const settings::Settings &settings);

} // namespace ui
