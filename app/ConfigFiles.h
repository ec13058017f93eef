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

    // In `directory`, or in the user's (XDG base directory specification) if that is empty.
    static ConfigFiles in(const QString &directory);
};

} // namespace app
