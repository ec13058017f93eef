// KnownHostsFile: the bytes of one known_hosts file, read and changed so that nobody's line is
// lost.
//
// Used by KnownHosts. It knows lines, not what they mean. Other writers are another Ponto, which
// takes the same lock, and OpenSSH, which takes none: ssh appends with O_APPEND, ssh-keygen -R
// renames a new file into place. Hence two ways of writing:
//
// - A new line is appended by a single write() with O_APPEND under flock(). No append of ssh can be
//   overwritten by that, whereas a temporary file and rename() would lose one that comes between.
// - Lines are changed, put in or taken out by a temporary file and rename() under the same lock,
// after a last
//   look whether the file has grown. What ssh still appended to the old file is carried over.
//
// Locks are held for milliseconds, but a call may wait for one: not for the UI thread.

#pragma once

#include "base/Result.h"
#include "hostkeys/LineChange.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace hostkeys {

class KnownHostsFile
{
public:
    // Neither opens nor creates anything. Symbolic links are followed.
    explicit KnownHostsFile(QString path);

    const QString &path() const { return m_path; }

    // The whole file; empty if there is none. A file that cannot be read to its end, is no regular
    // file, exceeds 64 MiB or holds NUL bytes is an error: it must not pass for one without lines.
    base::Result<QByteArray> read() const;

    // Adds `line` (without line feed) at the end, after a line feed if the last line lacks one.
    // Does nothing if the file has exactly that line.
    // Creates the file (0600) and its directory (0700). When this returns without an error the line
    // is on the disk and was read back; after an error nothing half-written is left.
    base::Result<void> append(QByteArrayView line) const;

    // Puts the lines `after` in the place of the lines `before`; every other byte and the mode
    // stay. Fails with NotFound if other lines stand there by now.
    base::Result<void> apply(const LineChange &change) const;

private:
    QString m_path;
};

} // namespace hostkeys
