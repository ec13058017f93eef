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

bool FileEntry::isEnterable() const
{
    const FileType type = attributes.type();
    return type == FileType::Directory
        || (type == FileType::SymbolicLink && targetType == FileType::Directory);
}

} // namespace files
