#include "transfer/SourceFile.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace transfer {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using base::UniqueFd;
using files::FilePath;

std::unexpected<Error> errnoFailure(int code, const char *operation, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QString::fromLatin1(operation), path.toDisplay()));
}

} // namespace

Result<QByteArray> readAt(const UniqueFd &descriptor, quint64 offset, quint32 length,
                          const FilePath &path)
{
    QByteArray data(length, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < data.size()) {
        const ssize_t count
            = ::pread(descriptor.get(), data.data() + size, static_cast<size_t>(data.size() - size),
                      static_cast<off_t>(offset) + size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return errnoFailure(errno, "read", path);
        }
        if (count == 0) {
            break;
        }
        size += count;
    }
    data.truncate(size);
    return data;
}

SourceFile::SourceFile(UniqueFd descriptor, FilePath path, const struct stat &status)
    : m_descriptor(std::move(descriptor))
    , m_path(std::move(path))
    , m_modified(status.st_mtim)
{
    m_attributes.size = static_cast<quint64>(status.st_size);
    m_attributes.userId = status.st_uid;
    m_attributes.groupId = status.st_gid;
    m_attributes.permissions = status.st_mode;
    m_attributes.accessTime = status.st_atim.tv_sec;
    m_attributes.modificationTime = status.st_mtim.tv_sec;
}

bool SourceFile::isUnchanged() const
{
    struct stat status = {};
    return ::fstat(m_descriptor.get(), &status) == 0
        && static_cast<quint64>(status.st_size) == m_attributes.size
        && status.st_mtim.tv_sec == m_modified.tv_sec
        && status.st_mtim.tv_nsec == m_modified.tv_nsec;
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
    return SourceFile(std::move(descriptor), path, status);
}

Result<QByteArray> SourceFile::read(quint64 offset, quint32 length) const
{
    return readAt(m_descriptor, offset, length, m_path);
}

} // namespace transfer
