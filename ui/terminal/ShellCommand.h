// ShellCommand: one command of a shell that marks its commands (OSC 133), as ShellCommands keeps
// it.

#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace ui {

struct ShellCommand
{
    int number = 0; // counted from the first one of its terminal
    QString text; // one plain line; empty if nobody knows
    QDateTime startedAt;
    std::optional<std::chrono::milliseconds> duration; // absent while it runs
    std::optional<int> status; // absent while it runs, or if the shell has not told it

    // Where it stands, to be found again: the row in which it was typed as it reads, with the
    // prompt; how many rows of the prompt are above, and after how many its output begins.
    QString row;
    int rowsAbove = 0;
    int rowsOfInput = 1;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::ShellCommand)
