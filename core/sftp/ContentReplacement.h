// replaceContent(): a file of the server gets another content as a whole, for editors. Used by
// Client, on the connection's thread.
//
// A new file is written beside it and renamed over it by posix-rename@openssh.com, so that nobody
// ever sees a half of it. In place, without truncating first, where that would break something:
// hard links (told by the line of `ls -l` that version 3 sends with a listing), an owner that the
// login can not give away, a directory that takes no new file, a server without that extension, and
// an access list, which only a shell can tell.

#pragma once

#include "sftp/Engine.h"

#include <optional>

namespace sftp {

enum class Replacing {
    Beside, // where that is possible
    InPlace,
};

// See files::FileSystem::replaceContent().
void replaceContent(Engine &engine, const files::FilePath &path, const QByteArray &content,
                    const std::optional<files::FileAttributes> &expected, Replacing way,
                    Engine::Answered<void> answered);

// See files::FileSystem::probeWriting().
void probeWriting(Engine &engine, const files::FilePath &path, Engine::Answered<void> answered);

// True for a line of `ls -ld` as "-rw-rw-r--+ 1 me users 12 Nov 27 12:00 name": an access list.
bool hasAccessList(const QByteArray &line);

// The second field of "-rw-r--r--   2 me users 12 Nov 27 12:00 name"; nothing if there is none.
std::optional<quint64> linkCountIn(const QByteArray &longName);

} // namespace sftp
