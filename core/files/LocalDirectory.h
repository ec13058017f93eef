// LocalDirectory: a directory of this computer held open, so that what is done to its entries is
// done to this directory even if its path leads elsewhere by then. Used by LocalFileSystem.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"

#include <QHash>
#include <QList>

#include <dirent.h>

#include <memory>

namespace files {

class LocalDirectory
{
public:
    enum class Links { Follow, Refuse };

    // Opens `path`, relative to the directory `parent` (or AT_FDCWD). Errors are errno values.
    static base::Result<LocalDirectory, int> open(int parent, const QByteArray &path, Links links);

    int descriptor() const { return m_descriptor; } // while this lives

    // All names but "." and "..", in the order of the disk. Read it once.
    base::Result<QList<QByteArray>, int> names() const;

private:
    struct Close
    {
        void operator()(DIR *stream) const { ::closedir(stream); }
    };

    LocalDirectory(DIR *stream, int descriptor)
        : m_stream(stream)
        , m_descriptor(descriptor)
    {
    }

    std::unique_ptr<DIR, Close> m_stream;
    int m_descriptor; // of m_stream
};

// Names of user and group ids, each looked up once: a lookup may ask a server of the network.
class OwnerNames
{
public:
    QString user(quint32 id); // the number as text if it has no name
    QString group(quint32 id);

private:
    QHash<quint32, QString> m_users;
    QHash<quint32, QString> m_groups;
};

// What lstat(2) and, of a link, readlink(2) and stat(2) tell of `path` below the directory
// `parent`. `path` becomes the entry's name. The error is an errno value.
base::Result<FileEntry, int> localEntry(int parent, const QByteArray &path, OwnerNames &owners);

} // namespace files
