// SGR, "select graphic rendition" (CSI ... m, ECMA-48 section 8.3.117), rewritten into the dialect
// that the terminal widget reads without mistakes.
//
// The widget takes ':' for ';', so "4:3" (curly underline) would become underlined italic; it keeps
// 15 parameters and lets all further ones overwrite the last; and it reads the underline color
// ("58;5;1") as three attributes, one of them blinking.

#pragma once

#include "terminal/ControlSequence.h"

#include <QByteArray>

namespace terminal {

// Appends one or more SGR sequences with the meaning of `sequence`, less what cannot be shown.
void appendRendition(const ControlSequence &sequence, QByteArray &out);

} // namespace terminal
