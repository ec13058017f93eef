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
    QFuture<base::Result<void>> setAttributes(FilePath path, FileAttributes wanted) override;
    QFuture<base::Result<void>> makeLink(FilePath link, QByteArray target) override;
    QFuture<base::Result<void>> changeTree(FilePath path, AttributeChange change,
                                           std::shared_ptr<ChangeRecord> record = nullptr) override;
    QFuture<base::Result<TreeSize>> measureTree(FilePath path) override;
    QFuture<base::Result<void>> copyTree(FilePath from, FilePath to) override;
    QFuture<base::Result<Digest>> digest(FilePath path) override;
    QFuture<base::Result<QByteArray>> readPart(FilePath path, quint64 offset,
                                               quint32 length) override;
    QFuture<base::Result<void>> replaceContent(FilePath path, QByteArray content,
                                               std::optional<FileAttributes> expected) override;
    QFuture<base::Result<void>> probeWriting(FilePath path) override;
    QFuture<base::Result<TrashedFile>> moveToTrash(FilePath path) override;
    QFuture<base::Result<void>> restore(TrashedFile file) override;
    QFuture<base::Result<void>> removeTree(FilePath path,
                                           std::shared_ptr<std::atomic<int>> removed
                                           = nullptr) override;
    QFuture<base::Result<void>> removeFile(FilePath path) override;
    QFuture<base::Result<void>> removeDirectory(FilePath path) override;
};

} // namespace files
