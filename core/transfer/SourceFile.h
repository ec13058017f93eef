// SourceFile: a file of this computer that an upload reads, on a disk thread.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QByteArray>

#include <sys/stat.h>

#include <ctime>

namespace transfer {

// `length` bytes, fewer only at the end of the file. `path` is for messages.
base::Result<QByteArray> readAt(const base::UniqueFd &descriptor, quint64 offset, quint32 length,
                                const files::FilePath &path);

// A regular file, opened without following a link in its last component.
class SourceFile
{
public:
    static base::Result<SourceFile> open(const files::FilePath &path);

    const files::FileAttributes &attributes() const { return m_attributes; } // when opened

    // False if size or time are not what they were when it was opened.
    bool isUnchanged() const;

    // `length` bytes, fewer only at the end of the file.
    base::Result<QByteArray> read(quint64 offset, quint32 length) const;

private:
    SourceFile(base::UniqueFd descriptor, files::FilePath path, const struct stat &status);

    base::UniqueFd m_descriptor;
    files::FilePath m_path;
    files::FileAttributes m_attributes;
    timespec m_modified; // more exactly
};

} // namespace transfer
