#include "transfer/LocalFile.h"

#include "transfer/FileNames.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace transfer {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using base::UniqueFd;
using files::FileAttributes;
using files::FilePath;

std::unexpected<Error> errnoFailure(int code, const char *operation, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QString::fromLatin1(operation), path.toDisplay()));
}

// All bytes are equal to their neighbor, and the first one is zero.
bool isZeros(QByteArrayView data)
{
    return data.isEmpty()
        || (data.front() == '\0'
            && std::memcmp(data.data(), data.data() + 1, static_cast<size_t>(data.size()) - 1)
                == 0);
}

timespec timeOf(const std::optional<qint64> &seconds)
{
    return seconds ? timespec{*seconds, 0} : timespec{0, UTIME_OMIT};
}

} // namespace

PartialFile::PartialFile(UniqueFd directory, UniqueFd descriptor, QByteArray name,
                         QByteArray temporaryName, FilePath path)
    : m_directory(std::move(directory))
    , m_descriptor(std::move(descriptor))
    , m_name(std::move(name))
    , m_temporaryName(std::move(temporaryName))
    , m_path(std::move(path))
{
}

PartialFile::~PartialFile()
{
    discard();
}

void PartialFile::discard()
{
    if (m_directory.isValid()) {
        ::unlinkat(m_directory.get(), m_temporaryName.constData(), 0);
        m_directory = UniqueFd();
    }
}

Result<PartialFile> PartialFile::create(const LocalTree &tree, const QByteArrayList &names)
{
    auto directory = tree.openParent(names);
    if (!directory) {
        return Failure(directory.error());
    }
    const QByteArray temporary = temporaryName(names.last());
    // Nobody else reads it before it has its own mode.
    UniqueFd descriptor(::openat(directory->get(), temporary.constData(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!descriptor.isValid()) {
        return errnoFailure(errno, "create", tree.path(names));
    }
    return PartialFile(std::move(*directory), std::move(descriptor), names.last(), temporary,
                       tree.path(names));
}

Result<void> PartialFile::failure(const char *operation) const
{
    return errnoFailure(errno, operation, m_path);
}

Result<void> PartialFile::write(quint64 offset, QByteArrayView data)
{
    extend(offset + static_cast<quint64>(data.size()));
    return writeStripe(offset, data);
}

void PartialFile::extend(quint64 end)
{
    m_end = std::max(m_end, end);
}

Result<void> PartialFile::writeStripe(quint64 offset, QByteArrayView data) const
{
    if (isZeros(data)) {
        return {}; // a hole until commit() has set the size
    }
    while (!data.isEmpty()) {
        const ssize_t written
            = ::pwrite(m_descriptor.get(), data.data(), static_cast<size_t>(data.size()),
                       static_cast<off_t>(offset));
        if (written < 0 && errno != EINTR) {
            return failure("write");
        }
        const qsizetype taken = written > 0 ? written : 0;
        data = data.sliced(taken);
        offset += static_cast<quint64>(taken);
    }
    return {};
}

Result<void> PartialFile::setAttributes(const FileAttributes &attributes, Existing existing)
{
    struct stat old = {};
    std::optional<mode_t> mode;
    if (attributes.permissions) {
        mode = *attributes.permissions & 0777U; // set-user-ID of a server's file means nothing here
    }
    if (existing == Existing::Replace
        && ::fstatat(m_directory.get(), m_name.constData(), &old, AT_SYMLINK_NOFOLLOW) == 0
        && S_ISREG(old.st_mode)) {
        mode = old.st_mode & 07777U;
    }
    if (mode && ::fchmod(m_descriptor.get(), *mode) != 0) {
        return failure("set permissions");
    }
    const std::array times{timeOf(attributes.accessTime), timeOf(attributes.modificationTime)};
    if (::futimens(m_descriptor.get(), times.data()) != 0) {
        return failure("set times");
    }
    return {};
}

Result<void> PartialFile::commit(quint64 size, const FileAttributes &attributes, Existing existing)
{
    if (m_end != size) {
        Error error;
        error.operation = QStringLiteral("write");
        error.subject = m_path.toDisplay();
        error.detail = QStringLiteral("%1 of %2 bytes arrived").arg(m_end).arg(size);
        return Failure(error);
    }
    if (::ftruncate(m_descriptor.get(), static_cast<off_t>(size)) != 0) {
        return failure("write");
    }
    if (const auto set = setAttributes(attributes, existing); !set) {
        return set;
    }
    // Only a file that replaces another can lose something in a power failure.
    if (existing == Existing::Replace && ::fsync(m_descriptor.get()) != 0) {
        return failure("flush");
    }
    if (::close(m_descriptor.release()) != 0) {
        return failure("close"); // a network file system says here that the disk is full
    }
    const auto renamed = renameWithin(m_directory.get(), m_temporaryName, m_name, existing);
    if (!renamed) {
        return errnoFailure(renamed.error(), "rename", m_path);
    }
    m_directory = UniqueFd();
    return {};
}

SourceFile::SourceFile(UniqueFd descriptor, FilePath path, FileAttributes attributes)
    : m_descriptor(std::move(descriptor))
    , m_path(std::move(path))
    , m_attributes(attributes)
{
}

Result<SourceFile> SourceFile::open(const FilePath &path)
{
    // A pipe that took the file's place must not hold up the thread: hence O_NONBLOCK.
    UniqueFd descriptor(
        ::open(path.bytes().constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!descriptor.isValid()) {
        return errnoFailure(errno, "open", path);
    }
    struct stat status = {};
    if (::fstat(descriptor.get(), &status) != 0) {
        return errnoFailure(errno, "look at", path);
    }
    if (!S_ISREG(status.st_mode)) {
        return errnoFailure(EOPNOTSUPP, "open", path);
    }
    FileAttributes attributes;
    attributes.size = static_cast<quint64>(status.st_size);
    attributes.permissions = status.st_mode;
    attributes.accessTime = status.st_atim.tv_sec;
    attributes.modificationTime = status.st_mtim.tv_sec;
    return SourceFile(std::move(descriptor), path, attributes);
}

Result<QByteArray> SourceFile::read(quint64 offset, quint32 length) const
{
    QByteArray data(length, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < data.size()) {
        const ssize_t count
            = ::pread(m_descriptor.get(), data.data() + size,
                      static_cast<size_t>(data.size() - size), static_cast<off_t>(offset) + size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return errnoFailure(errno, "read", m_path);
        }
        if (count == 0) {
            break;
        }
        size += count;
    }
    data.truncate(size);
    return data;
}

} // namespace transfer
