// LocalTerminal: our standard input as the terminal of a program on the server: it passes every key
// on, Ctrl+C included.

#pragma once

#include "ssh/ChannelHandler.h"

#include <QtClassHelperMacros>

#include <termios.h>

#include <optional>

namespace app {

class LocalTerminal
{
public:
    // Is standard input a terminal at all?
    static bool isThere();

    LocalTerminal();
    ~LocalTerminal(); // the terminal is as it was before
    Q_DISABLE_COPY_MOVE(LocalTerminal)

    // Its kind and its size now; those of a plain one where there is none.
    static ssh::TerminalRequest request();

private:
    std::optional<termios> m_before;
};

} // namespace app
