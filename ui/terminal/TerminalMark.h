// TerminalMark: what has happened in a terminal while nobody looked at it. The greater one says
// more, and takes the place of the smaller one.

#pragma once

namespace ui {

enum class TerminalMark {
    None,
    Activity, // something was written
    Finished, // a command, as far as the shell tells, or the shell itself
    Bell,
};

} // namespace ui
