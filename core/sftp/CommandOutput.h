// What a command on the server prints, for what a server's shell does better than its files: used
// by Client for hashes and by searches.

#pragma once

#include "files/FilePath.h"
#include "ssh/Connection.h"

#include <QFuture>

namespace sftp {

// On the owner's thread, of a connection that is Ready. All that the command prints, up to
// `mostBytes`; Unsupported if there is no shell or no such program (exit status 126 or 127),
// ServerFailure for another status, with the first of its complaints as detail. Cancelling the
// future ends the command.
QFuture<base::Result<QByteArray>> outputOf(ssh::Connection &connection, const QByteArray &command,
                                           qsizetype mostBytes);

// As one word of a POSIX shell.
QByteArray shellWord(const QByteArray &bytes);

} // namespace sftp
