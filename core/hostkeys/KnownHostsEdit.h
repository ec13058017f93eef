// KnownHostsEdit: what people do to lines of known_hosts files, as changes that can be made and
// taken back. Used by the host-key manager, by `ponto known-hosts` and where a changed key is
// replaced.

#pragma once

#include "hostkeys/KnownHosts.h"
#include "hostkeys/LineChange.h"

#include <QList>
#include <QString>

#include <optional>

namespace hostkeys {

struct FileChange
{
    QString file;
    LineChange lines;

    friend bool operator==(const FileChange &, const FileChange &) = default;
};

// Takes the line out. Fails with ReadOnly if its file is not ours to write.
base::Result<FileChange> removalOf(const KnownHosts::Entry &entry);

// Would `ssh-keygen -H` hash the names of this line? It leaves hashed ones, patterns and lines with
// a marker as they are. Whether the key can be read does not matter.
bool canBeHashed(const KnownHostsLine &line);

// Hashes the names, as ssh-keygen -H does: a list of names becomes a line for each. What is behind
// them stays, byte for byte. Fails with ReadOnly, or with Unsupported if it cannot be hashed.
base::Result<FileChange> hashingOf(const KnownHosts::Entry &entry);

// Puts `key` in the place of every other key of its type that is known for the host. A line that
// names further hosts keeps its key for those. No changes if there is no such line any more, or the
// key is known. Fails with HostKeyMismatch if the key was revoked, with ReadOnly or Unsupported if
// one of the lines is not ours to write or holds a pattern: then `subject` is its FILE:LINE.
base::Result<QList<FileChange>> replacementsOf(const KnownHosts &hosts, QStringView host,
                                               quint16 port, const HostKey &key);

// In the order in which line numbers stay true: the last line of a file first.
QList<FileChange> lastFirst(QList<FileChange> changes);

// What undoes the changes, in the order in which to do it.
QList<FileChange> reversed(const QList<FileChange> &changes);

// Makes all changes in this order, or none: if one fails, those before it are taken back. May wait
// for a lock: not for the UI thread.
base::Result<void> apply(const QList<FileChange> &changes);

} // namespace hostkeys
