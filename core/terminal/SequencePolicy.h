// Which control sequences of a server may reach the terminal widget (QTermWidget), and in what
// form.
//
// A closed list: the sequences that the widget carries out, without those that resize it, change
// how it reads the stream (VT52), or make it answer with anything but fixed text and the cursor's
// place. A sequence that the widget does not know is dropped, since its tokenizer prints parts of
// some.

#pragma once

#include "terminal/ControlSequence.h"

#include <QByteArray>

namespace terminal {

// What programs have asked of the terminal and others must respect.
struct TerminalModes
{
    bool bracketedPaste = false; // mode 2004
    bool mouseTracking = false; // modes 1000 to 1003: clicks belong to the program
    bool alternateScreen = false; // modes 47, 1047 and 1049: a full-screen program runs
    bool columnSwitch = false; // mode 40 of xterm: DECCOLM, mode 3, clears the screen

    friend bool operator==(const TerminalModes &, const TerminalModes &) = default;
};

// Appends what may pass of a CSI sequence, rewritten from its parts, and updates the modes.
void appendPermitted(const ControlSequence &sequence, TerminalModes &modes, QByteArray &out);

// True if the sequence ESC `intermediate` `final` may pass; the intermediate is 0 if there is none.
bool isPermittedEscape(char intermediate, char final);

} // namespace terminal
