// ShellHook: one line for a shell that makes it mark its prompts and commands (OSC 133) and tell
// its directory (OSC 7). It is offered to the user, who may run it or put it into the shell's
// start-up file; nothing is ever typed unasked. Used by ShellHookHelp.

#pragma once

#include <QList>
#include <QString>

namespace ui {

struct ShellHook
{
    QString shell; // "bash"
    QString line; // without line break
    QString file; // where it would hold for ever: "~/.bashrc"

    static const QList<ShellHook> &all();
};

} // namespace ui
