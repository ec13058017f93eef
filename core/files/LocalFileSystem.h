// LocalFileSystem: the files of this computer, read and changed on a pool thread so that a slow
// disk or a network mount does not hold up the window.

#pragma once

#include "files/FileSystem.h"

namespace files {

class LocalFileSystem final : public FileSystem
{
public:
    LocalFileSystem() = default;

    QFuture<base::Result<FilePath>> canonical(FilePath path) override;
    QFuture<base::Result<QList<FileEntry>>> list(FilePath directory) override;
    QFuture<base::Result<FileEntry>> status(FilePath path) override;
    QFuture<base::Result<void>> makeDirectory(FilePath path) override;
    QFuture<base::Result<void>> makeFile(FilePath path) override;
    QFuture<base::Result<void>> rename(FilePath from, FilePath to) override;
    QFuture<base::Result<void>> setMode(FilePath path, FileMode mode) override;
    QFuture<base::Result<void>> changeTree(FilePath path, AttributeChange change) override;
    QFuture<base::Result<void>> removeTree(FilePath path) override;
};

} // namespace files
