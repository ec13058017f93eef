#include "files/LocalDirectory.h"

#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace files {
namespace {

FileAttributes attributesOf(const struct stat &status)
{
    FileAttributes attributes;
    attributes.size = static_cast<quint64>(status.st_size);
    attributes.userId = status.st_uid;
    attributes.groupId = status.st_gid;
    attributes.permissions = status.st_mode;
    attributes.accessTime = status.st_atim.tv_sec;
    attributes.modificationTime = status.st_mtim.tv_sec;
    return attributes;
}

// Links are no longer than a path may be (symlink(7)).
QByteArray linkTarget(int parent, const QByteArray &path)
{
    std::array<char, PATH_MAX> target;
    const ssize_t length = ::readlinkat(parent, path.constData(), target.data(), target.size());
    return length > 0 ? QByteArray(target.data(), length) : QByteArray();
}

// Enough for the longest record that common name services give out; a longer one shows its number.
using NameBuffer = std::array<char, std::size_t{16} * 1024>;

QString userName(quint32 id)
{
    NameBuffer buffer;
    struct passwd record = {};
    struct passwd *found = nullptr;
    ::getpwuid_r(id, &record, buffer.data(), buffer.size(), &found);
    return found != nullptr ? QString::fromUtf8(found->pw_name) : QString::number(id);
}

QString groupName(quint32 id)
{
    NameBuffer buffer;
    struct group record = {};
    struct group *found = nullptr;
    ::getgrgid_r(id, &record, buffer.data(), buffer.size(), &found);
    return found != nullptr ? QString::fromUtf8(found->gr_name) : QString::number(id);
}

template<typename Lookup>
QString cached(QHash<quint32, QString> &names, quint32 id, Lookup lookup)
{
    auto known = names.find(id);
    if (known == names.end()) {
        known = names.insert(id, lookup(id));
    }
    return *known;
}

} // namespace

base::Result<LocalDirectory, int> LocalDirectory::open(int parent, const QByteArray &path,
                                                       Links links)
{
    const int refuseLinks = links == Links::Refuse ? O_NOFOLLOW : 0;
    const int descriptor
        = ::openat(parent, path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | refuseLinks);
    if (descriptor < 0) {
        return base::Failure(errno);
    }
    DIR *stream = ::fdopendir(descriptor);
    if (stream == nullptr) {
        const int reason = errno;
        ::close(descriptor);
        return base::Failure(reason);
    }
    return LocalDirectory(stream, descriptor);
}

base::Result<QList<QByteArray>, int> LocalDirectory::names() const
{
    QList<QByteArray> names;
    errno = 0;
    while (const dirent *entry = ::readdir(m_stream.get())) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..") {
            names.append(name);
        }
        errno = 0; // readdir(3) tells its end and a failure apart by this alone
    }
    if (errno != 0) {
        return base::Failure(errno);
    }
    return names;
}

QString OwnerNames::user(quint32 id)
{
    return cached(m_users, id, userName);
}

QString OwnerNames::group(quint32 id)
{
    return cached(m_groups, id, groupName);
}

base::Result<FileEntry, int> localEntry(int parent, const QByteArray &path, OwnerNames &owners)
{
    struct stat status = {};
    if (::fstatat(parent, path.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return base::Failure(errno);
    }
    FileEntry entry;
    entry.name = path;
    entry.attributes = attributesOf(status);
    entry.owner = owners.user(status.st_uid);
    entry.group = owners.group(status.st_gid);
    if (S_ISLNK(status.st_mode)) {
        entry.linkTarget = linkTarget(parent, path);
        struct stat target = {};
        if (::fstatat(parent, path.constData(), &target, 0) == 0) {
            entry.targetType = attributesOf(target).type();
        }
    }
    return entry;
}

} // namespace files
