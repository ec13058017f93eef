// Trash: where deleted files wait, after the freedesktop.org Trash specification 1.0, on this
// computer and on servers: names and contents of what is written there.
//
// A file goes to "files/NAME" of a trash directory, and "info/NAME.trashinfo" tells where it was.
// Where the trash of the home directory is on another file system, a file is kept in
// ".ponto-trash" beside it, with the same two directories.

#pragma once

#include "files/FilePath.h"

#include <QDateTime>
#include <QMetaType>

namespace files {

struct TrashedFile
{
    FilePath original;
    FilePath file; // where it is now
    FilePath info; // what tells of it; empty if there is none

    friend bool operator==(const TrashedFile &, const TrashedFile &) = default;
};

// A trash directory, perhaps to be.
struct TrashPlace
{
    FilePath directory;

    FilePath files() const { return directory.child(QByteArrayLiteral("files")); }
    FilePath info() const { return directory.child(QByteArrayLiteral("info")); }

    // Where `original` would go in the `attempt`th try, from 0 on: another name for each.
    TrashedFile placeFor(const FilePath &original, int attempt) const;

    // ".local/share/Trash" of a home directory.
    static TrashPlace ofHome(const FilePath &home);
    // In the directory that holds `path`.
    static TrashPlace beside(const FilePath &path);
};

// So many names are tried for one file.
inline constexpr int mostTrashNames = 100;

// What stands in a .trashinfo file.
QByteArray trashInfo(const FilePath &original, const QDateTime &deleted);

// True for a trash directory and what is in one: deleting there is for good.
bool isInTrash(const FilePath &path);

} // namespace files

Q_DECLARE_METATYPE(files::TrashedFile)
