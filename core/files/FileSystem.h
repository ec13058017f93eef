// FileSystem: what a file pane can do to the files of one place, be it this computer or a server.
//
// LocalFileSystem and sftp::Client implement it. Every call returns at once; the future finishes in
// its own time and is delivered to the caller's thread by QFuture::then(context, ...). Cancelling a
// returned future gives up the answer: what the server did already stays done.

#pragma once

#include "base/Result.h"
#include "files/AttributeChange.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QFuture>
#include <QList>

namespace files {

class FileSystem
{
public:
    virtual ~FileSystem() = default;

    // Absolute, with "." and ".." and links resolved; an empty path or "." is where a login starts.
    virtual QFuture<base::Result<FilePath>> canonical(FilePath path) = 0;

    // All entries but "." and "..", unsorted. The type of what links point at is filled in.
    virtual QFuture<base::Result<QList<FileEntry>>> list(FilePath directory) = 0;

    // The entry itself; a link is not followed, its target is told.
    virtual QFuture<base::Result<FileEntry>> status(FilePath path) = 0;

    virtual QFuture<base::Result<void>> makeDirectory(FilePath path) = 0;

    // Creates an empty file; AlreadyExists if there is anything of this name.
    virtual QFuture<base::Result<void>> makeFile(FilePath path) = 0;

    // Never overwrites: AlreadyExists if there is anything at `to`.
    virtual QFuture<base::Result<void>> rename(FilePath from, FilePath to) = 0;

    // A link is changed at its target, as chmod(1) does.
    virtual QFuture<base::Result<void>> setMode(FilePath path, FileMode mode) = 0;

    // A file, or a directory with all that is in it; links are left alone. Goes on after a failure
    // and reports the first one. The future's progress is the number of files done so far.
    virtual QFuture<base::Result<void>> changeTree(FilePath path, AttributeChange change) = 0;

    // A file, a link (not its target) or a directory with everything in it. Goes on after a failure
    // and reports the first one.
    virtual QFuture<base::Result<void>> removeTree(FilePath path) = 0;

protected:
    FileSystem() = default;
    Q_DISABLE_COPY_MOVE(FileSystem)
};

} // namespace files
