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
#include "files/Trash.h"

#include <QFuture>
#include <QList>

#include <atomic>
#include <memory>
#include <optional>

namespace files {

// A file whose attributes were changed, with those that it had: what it takes to undo that.
struct ChangedFile
{
    FilePath path;
    FileAttributes before; // what was changed, and nothing else
};

using ChangeRecord = QList<ChangedFile>;

// What a file or a directory with all that is in it takes. Links are not followed.
struct TreeSize
{
    quint64 bytes = 0; // of regular files, as they say
    quint64 files = 0; // all that is no directory
    quint64 directories = 0;
    quint64 unreadable = 0; // directories that did not tell what is in them

    friend bool operator==(const TreeSize &, const TreeSize &) = default;
};

// The SHA-256 of a whole file, and who made it.
struct Digest
{
    enum class Way { ByServer, Here };

    QByteArray sha256;
    Way way = Way::Here;
};

class FileSystem
{
public:
    virtual ~FileSystem() = default;

    // Absolute, with "." and ".." and links resolved; an empty path or "." is where a login starts.
    virtual QFuture<base::Result<FilePath>> canonical(FilePath path) = 0;

    // All entries but "." and "..", unsorted. The type of what links point at is filled in.
    virtual QFuture<base::Result<QList<FileEntry>>> list(FilePath directory) = 0;

    // The same, for who shows it as it comes: each result but the last has what is new since the
    // one before, and links are not looked at there. The last one is the whole, or why there is
    // none.
    virtual QFuture<base::Result<QList<FileEntry>>> listInParts(FilePath directory)
    {
        return list(std::move(directory));
    }

    // The entry itself; a link is not followed, its target is told.
    virtual QFuture<base::Result<FileEntry>> status(FilePath path) = 0;

    virtual QFuture<base::Result<void>> makeDirectory(FilePath path) = 0;

    // Creates an empty file; AlreadyExists if there is anything of this name.
    virtual QFuture<base::Result<void>> makeFile(FilePath path) = 0;

    // Never overwrites: AlreadyExists if there is anything at `to`.
    virtual QFuture<base::Result<void>> rename(FilePath from, FilePath to) = 0;

    // A link is changed at its target, as chmod(1) does.
    virtual QFuture<base::Result<void>> setMode(FilePath path, FileMode mode) = 0;

    // All that is told in `wanted`: a size truncates or extends, times come in pairs, and owners
    // too. A link is changed at its target.
    virtual QFuture<base::Result<void>> setAttributes(FilePath path, FileAttributes wanted) = 0;

    // A symbolic link; AlreadyExists if there is anything of this name. `target` is taken as it is.
    virtual QFuture<base::Result<void>> makeLink(FilePath link, QByteArray target) = 0;

    // A file, or a directory with all that is in it; links are left alone. Goes on after a failure
    // and reports the first one. The future's progress is the number of files done so far. What
    // was changed is added to `record`, which is shared because it is wanted even if the answer is
    // given up: it may be read again once the future has finished.
    virtual QFuture<base::Result<void>> changeTree(FilePath path, AttributeChange change,
                                                   std::shared_ptr<ChangeRecord> record = nullptr)
        = 0;

    // Counts what is in a directory: each result is what is known by then, the last one is final.
    virtual QFuture<base::Result<TreeSize>> measureTree(FilePath path) = 0;

    // A file, a link or a directory with all that is in it, to a name that is free: AlreadyExists
    // otherwise. Modes and times of modification are kept. The future's progress is the number of
    // files done so far. It is there as a whole or not at all: the first failure is the end.
    virtual QFuture<base::Result<void>> copyTree(FilePath from, FilePath to) = 0;

    // The future's progress is in thousandths, if it can be told.
    virtual QFuture<base::Result<Digest>> digest(FilePath path) = 0;

    // A part of a file: fewer bytes than `length` mean that it ends there.
    virtual QFuture<base::Result<QByteArray>> readPart(FilePath path, quint64 offset,
                                                       quint32 length)
        = 0;

    // The whole of a regular file becomes `content`, in one step where that is possible: written
    // beside it and renamed over it, with its mode and owner. In place where hard links, an owner
    // that can not be kept or the directory demand it. Of a link, what it leads to; a file that is
    // gone is made anew. AlreadyExists if `expected` is told and size or time of modification are
    // others by now: then nothing is changed.
    // NOLINTBEGIN(performance-unnecessary-value-param): by value as in the others, which keep them
    virtual QFuture<base::Result<void>> replaceContent(FilePath path, QByteArray content,
                                                       std::optional<FileAttributes> expected)
    {
        Q_UNUSED(content)
        Q_UNUSED(expected)
        return unsupported(QStringLiteral("replace the content"), path);
    }

    // Opens the file for writing, and changes nothing: fails as writing would.
    virtual QFuture<base::Result<void>> probeWriting(FilePath path)
    {
        return unsupported(QStringLiteral("open for writing"), path);
    }

    // A file or a link, and never a directory.
    virtual QFuture<base::Result<void>> removeFile(FilePath path)
    {
        return unsupported(QStringLiteral("delete"), path);
    }

    // DirectoryNotEmpty if there is something in it, and NotADirectory for everything else.
    virtual QFuture<base::Result<void>> removeDirectory(FilePath path)
    {
        return unsupported(QStringLiteral("delete"), path);
    }
    // NOLINTEND(performance-unnecessary-value-param)

    // To where it can be restored from: see files/Trash.h.
    virtual QFuture<base::Result<TrashedFile>> moveToTrash(FilePath path) = 0;

    // AlreadyExists if something has taken its place meanwhile.
    virtual QFuture<base::Result<void>> restore(TrashedFile file) = 0;

    // A file, a link (not its target) or a directory with everything in it. Goes on after a failure
    // and reports the first one. The future's progress is the number of files and directories that
    // are gone so far; `removed` has it as well, and is shared because it is wanted even if the
    // answer is given up: it may be read once the future has finished.
    virtual QFuture<base::Result<void>> removeTree(FilePath path,
                                                   std::shared_ptr<std::atomic<int>> removed
                                                   = nullptr)
        = 0;

protected:
    FileSystem() = default;

    static QFuture<base::Result<void>> unsupported(const QString &operation, const FilePath &path)
    {
        base::Error error;
        error.kind = base::ErrorKind::Unsupported;
        error.operation = operation;
        error.subject = path.toDisplay();
        return QtFuture::makeReadyValueFuture(base::Result<void>(base::Failure(error)));
    }

    Q_DISABLE_COPY_MOVE(FileSystem)
};

} // namespace files
