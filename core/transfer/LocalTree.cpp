#include "transfer/LocalTree.h"

#include "files/FilePath.h"
#include "files/LocalDirectory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <limits>
#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using base::UniqueFd;
using files::FileAttributes;
using files::FileEntry;
using files::FileMode;
using files::FilePath;

constexpr auto unchanged = static_cast<uid_t>(-1); // for chown(2)
constexpr int directoryFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

timespec timeOf(const std::optional<qint64> &seconds)
{
    return seconds ? timespec{*seconds, 0} : timespec{0, UTIME_OMIT};
}

std::unexpected<Error> failure(int code, const char *operation, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QString::fromLatin1(operation), path.toDisplay()));
}

// For file systems that do not know RENAME_NOREPLACE (renameat2(2)): a hard link fails if there is
// something in the way; where those are missing too, looking first is second best.
Result<void, int> renameIfFree(int directory, const char *from, const char *to)
{
    if (::linkat(directory, from, directory, to, 0) == 0) {
        ::unlinkat(directory, from, 0);
        return {};
    }
    struct stat inTheWay = {};
    if (errno == EEXIST || ::fstatat(directory, to, &inTheWay, AT_SYMLINK_NOFOLLOW) == 0) {
        return Failure(EEXIST);
    }
    if (::renameat(directory, from, directory, to) != 0) {
        return Failure(errno);
    }
    return {};
}

} // namespace

Result<void, int> renameWithin(int directory, const QByteArray &from, const QByteArray &to,
                               Existing existing)
{
    const unsigned flags = existing == Existing::Keep ? RENAME_NOREPLACE : 0U;
    if (::renameat2(directory, from.constData(), directory, to.constData(), flags) == 0) {
        return {};
    }
    if (existing == Existing::Keep && (errno == EINVAL || errno == ENOSYS)) {
        return renameIfFree(directory, from.constData(), to.constData());
    }
    return Failure(errno);
}

bool setTimes(int descriptor, const FileAttributes &attributes)
{
    const std::array times{timeOf(attributes.accessTime), timeOf(attributes.modificationTime)};
    return ::futimens(descriptor, times.data()) == 0;
}

// The owner first: chown(2) clears bits of the mode.
Likeness makeAlike(int descriptor, const FileAttributes &attributes)
{
    const uid_t user = attributes.userId.value_or(unchanged);
    const gid_t group = attributes.groupId.value_or(unchanged);
    bool isAlike = ::fchown(descriptor, user, group) == 0;
    if (!isAlike) {
        // The group alone is allowed to who is in it, as with cp(1).
        [[maybe_unused]] const int grouped = ::fchown(descriptor, unchanged, group);
    }
    if (attributes.permissions) {
        isAlike = ::fchmod(descriptor, *attributes.permissions & 01777U) == 0 && isAlike;
    }
    return setTimes(descriptor, attributes) && isAlike ? Likeness::Full : Likeness::Partial;
}

LocalTree::LocalTree(FilePath root, UniqueFd descriptor)
    : m_root(std::move(root))
    , m_descriptor(std::move(descriptor))
{
}

Result<LocalTree> LocalTree::open(const FilePath &root)
{
    UniqueFd descriptor(::open(root.bytes().constData(), directoryFlags));
    if (!descriptor.isValid()) {
        return failure(errno, "open directory", root);
    }
    return LocalTree(root, std::move(descriptor));
}

quint64 LocalTree::freeBytes() const
{
    struct statvfs status = {};
    if (::fstatvfs(m_descriptor.get(), &status) != 0) {
        return std::numeric_limits<quint64>::max();
    }
    return quint64{status.f_bavail} * status.f_frsize;
}

FilePath LocalTree::path(const QByteArrayList &names) const
{
    return m_root.child(names.join('/'));
}

Result<UniqueFd> LocalTree::openParent(const QByteArrayList &names) const
{
    UniqueFd current(::openat(m_descriptor.get(), ".", directoryFlags));
    for (qsizetype i = 0; i + 1 < names.size() && current.isValid(); ++i) {
        current
            = UniqueFd(::openat(current.get(), names[i].constData(), directoryFlags | O_NOFOLLOW));
    }
    if (!current.isValid()) {
        return failure(errno, "open directory", path(names).parent());
    }
    return current;
}

Result<FileEntry> LocalTree::status(const QByteArrayList &names) const
{
    const auto parent = openParent(names);
    if (!parent) {
        return Failure(parent.error());
    }
    files::OwnerNames owners;
    const auto entry = files::localEntry(parent->get(), names.last(), owners);
    if (!entry) {
        return failure(entry.error(), "look at", path(names));
    }
    return *entry;
}

Result<bool> LocalTree::isApart(const QByteArrayList &names, const QByteArray &sibling) const
{
    const auto parent = openParent(names);
    if (!parent) {
        return Failure(parent.error());
    }
    struct stat one = {};
    struct stat other = {};
    for (const auto &[name, status] : {std::pair(names.last(), &one), std::pair(sibling, &other)}) {
        if (::fstatat(parent->get(), name.constData(), status, AT_SYMLINK_NOFOLLOW) == 0) {
            continue;
        }
        return errno == ENOENT ? Result<bool>(true) : failure(errno, "look at", path(names));
    }
    // Two hard links of one file are taken for one name too: then the user is asked once more.
    return one.st_dev != other.st_dev || one.st_ino != other.st_ino;
}

Result<DirectoryState> LocalTree::makeDirectory(const QByteArrayList &names, FileMode mode) const
{
    const auto parent = openParent(names);
    if (!parent) {
        return Failure(parent.error());
    }
    const char *name = names.last().constData();
    if (::mkdirat(parent->get(), name, (mode.bits() & 0777U) | 0700U) == 0) {
        return DirectoryState::Created;
    }
    if (errno != EEXIST) {
        return failure(errno, "create directory", path(names));
    }
    struct stat found = {};
    if (::fstatat(parent->get(), name, &found, AT_SYMLINK_NOFOLLOW) != 0) {
        return failure(errno, "create directory", path(names));
    }
    if (!S_ISDIR(found.st_mode)) {
        return failure(ENOTDIR, "create directory", path(names));
    }
    return DirectoryState::ExistedBefore;
}

Likeness LocalTree::makeAlike(const QByteArrayList &names, const FileAttributes &attributes) const
{
    const auto parent = openParent(names);
    const UniqueFd directory(
        parent ? ::openat(parent->get(), names.last().constData(), directoryFlags | O_NOFOLLOW)
               : -1);
    return directory.isValid() ? transfer::makeAlike(directory.get(), attributes)
                               : Likeness::Partial;
}

Result<void> LocalTree::makeLink(const QByteArrayList &names, const QByteArray &target,
                                 Existing existing) const
{
    const auto parent = openParent(names);
    if (!parent) {
        return Failure(parent.error());
    }
    const QByteArray temporary = files::temporaryName(names.last());
    if (::symlinkat(target.constData(), parent->get(), temporary.constData()) != 0) {
        return failure(errno, "create link", path(names));
    }
    const auto renamed = renameWithin(parent->get(), temporary, names.last(), existing);
    if (!renamed) {
        ::unlinkat(parent->get(), temporary.constData(), 0);
        return failure(renamed.error(), "create link", path(names));
    }
    return {};
}

} // namespace transfer
