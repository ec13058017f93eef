// LocalFile: a file of this computer that a transfer writes or reads, on a disk thread.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "transfer/LocalTree.h"

#include <QByteArray>

namespace transfer {

// Written under a temporary name beside the target, which is what others see until the end.
class PartialFile
{
public:
    static base::Result<PartialFile> create(const LocalTree &tree, const QByteArrayList &names);
    ~PartialFile(); // removes the temporary file, unless commit() succeeded
    PartialFile(PartialFile &&other) noexcept = default;
    PartialFile &operator=(PartialFile &&) = delete;

    // Zeros become holes: a sparse file stays one.
    base::Result<void> write(quint64 offset, QByteArrayView data);

    // The same from any thread. How far the file reaches now is told by extend(), once.
    base::Result<void> writeStripe(quint64 offset, QByteArrayView data) const;
    void extend(quint64 end);

    // Removes the temporary file now, though others may still be writing stripes.
    void discard();

    // Gives the file its name, and mode and time of `attributes`. A file that is replaced hands its
    // mode on, and stays until the new one is safely on the disk. Internal if not `size` bytes were
    // written.
    base::Result<void> commit(quint64 size, const files::FileAttributes &attributes,
                              Existing existing);

private:
    PartialFile(base::UniqueFd directory, base::UniqueFd descriptor, QByteArray name,
                QByteArray temporaryName, files::FilePath path);
    base::Result<void> failure(const char *operation) const; // with errno
    base::Result<void> setAttributes(const files::FileAttributes &attributes, Existing existing);

    base::UniqueFd m_directory; // invalid after commit() and when moved from
    base::UniqueFd m_descriptor;
    QByteArray m_name;
    QByteArray m_temporaryName;
    files::FilePath m_path; // for messages
    quint64 m_end = 0; // of what was written
};

// A regular file, opened without following a link in its last component.
class SourceFile
{
public:
    static base::Result<SourceFile> open(const files::FilePath &path);

    const files::FileAttributes &attributes() const { return m_attributes; } // when opened

    // `length` bytes, fewer only at the end of the file.
    base::Result<QByteArray> read(quint64 offset, quint32 length) const;

private:
    SourceFile(base::UniqueFd descriptor, files::FilePath path, files::FileAttributes attributes);

    base::UniqueFd m_descriptor;
    files::FilePath m_path;
    files::FileAttributes m_attributes;
};

} // namespace transfer
