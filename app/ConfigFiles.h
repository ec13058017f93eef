// Where the program keeps what it remembers.

#pragma once

#include <QString>

namespace app {

struct ConfigFiles
{
    QString settings;
    QString sessions;
    QString secretIndex; // which secrets the keyring has: titles only
    QString secretFile; // encrypted, made only where the user wants it
    QString database; // state, not configuration: a directory that was named has it all the same
    QString edits; // a directory: private copies of files that are edited
    QString tabs; // of the window, for the next start

    // In `directory`, or in the user's (XDG base directory specification) if that is empty: what
    // is configured, and what is only remembered.
    static ConfigFiles in(const QString &directory);
};

} // namespace app
