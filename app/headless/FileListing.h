// FileListing: remote files as lines of text, in the manner of `ls -lA`.

#pragma once

#include "files/FileEntry.h"

#include <QByteArray>
#include <QList>

namespace app {

// As ls(1) does: bytes that a terminal could take for commands are shown, not sent, to a terminal;
// anything else gets the names as they are.
enum class NameForm { Displayed, Exact };

// Mode, owner, group, size in bytes, local time of the last change, name. Sorted by the bytes of
// the name; what the server did not tell is "?".
QByteArray fileListing(const QList<files::FileEntry> &entries, NameForm form);

} // namespace app
