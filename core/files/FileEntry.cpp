#include "files/FileEntry.h"

#include <sys/stat.h>

namespace files {

FileType FileAttributes::type() const
{
    if (!permissions) {
        return FileType::Unknown;
    }
    // The numbers of POSIX and of draft-ietf-secsh-filexfer-02 are the same.
    switch (*permissions & S_IFMT) {
    case S_IFREG:
        return FileType::Regular;
    case S_IFDIR:
        return FileType::Directory;
    case S_IFLNK:
        return FileType::SymbolicLink;
    case S_IFIFO:
        return FileType::Fifo;
    case S_IFSOCK:
        return FileType::Socket;
    case S_IFCHR:
        return FileType::CharacterDevice;
    case S_IFBLK:
        return FileType::BlockDevice;
    default:
        return FileType::Unknown;
    }
}

std::optional<FileMode> FileAttributes::mode() const
{
    return permissions ? std::optional(FileMode(*permissions)) : std::nullopt;
}

FileAttributes FileAttributes::replacedIn(const FileAttributes &present) const
{
    FileAttributes replaced;
    replaced.size = size ? present.size : std::nullopt;
    replaced.userId = userId ? present.userId : std::nullopt;
    replaced.groupId = groupId ? present.groupId : std::nullopt;
    // A new owner takes set-user-ID away, so the mode has to come back with the old one.
    replaced.permissions = permissions || userId ? present.permissions : std::nullopt;
    replaced.accessTime = modificationTime ? present.accessTime : std::nullopt;
    replaced.modificationTime = modificationTime ? present.modificationTime : std::nullopt;
    return replaced;
}

QByteArray FileEntry::suffix() const
{
    const qsizetype dot = name.lastIndexOf('.');
    return dot > 0 && attributes.type() == FileType::Regular ? name.sliced(dot + 1) : QByteArray();
}

bool FileEntry::isEnterable() const
{
    const FileType type = attributes.type();
    return type == FileType::Directory
        || (type == FileType::SymbolicLink && targetType == FileType::Directory);
}

} // namespace files
