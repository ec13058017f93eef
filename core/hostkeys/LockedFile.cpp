#include "hostkeys/LockedFile.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace hostkeys {
namespace {

constexpr mode_t fileMode = 0600;
constexpr qint64 limitBytes = 64LL * 1024 * 1024;

base::Error unreadable(const QString &path, const QString &detail)
{
    return base::Error{.kind = base::ErrorKind::Unsupported,
                       .operation = QStringLiteral("read"),
                       .subject = path,
                       .detail = detail};
}

// Calls a system function again while signals interrupt it.
template<typename Call>
auto uninterrupted(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

struct stat statusOf(int descriptor)
{
    struct stat status = {};
    ::fstat(descriptor, &status); // cannot fail on a descriptor of our own
    return status;
}

// Bytes written, fewer than asked only where there is no room for more; -1 with errno set.
ssize_t writeOnce(int descriptor, QByteArrayView data)
{
    return uninterrupted(
        [&] { return ::write(descriptor, data.data(), static_cast<size_t>(data.size())); });
}

// A temporary file beside its target; gone with this object unless it was renamed.
class TemporaryFile
{
public:
    explicit TemporaryFile(const QString &target)
        : m_name(QFile::encodeName(target) + ".XXXXXX")
        , m_descriptor(::mkostemp(m_name.data(), O_CLOEXEC))
    {
    }

    ~TemporaryFile()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
            ::unlink(m_name.constData());
        }
    }

    Q_DISABLE_COPY_MOVE(TemporaryFile)

    // False with errno set if a step fails. The owner comes before the mode: chown() clears bits.
    bool fill(const QByteArray &content, const struct stat &like)
    {
        if (m_descriptor < 0) {
            return false;
        }
        const struct stat own = statusOf(m_descriptor);
        const bool hasOwner = own.st_uid == like.st_uid && own.st_gid == like.st_gid;
        return write(content) && (hasOwner || ::fchown(m_descriptor, like.st_uid, like.st_gid) == 0)
            && ::fchmod(m_descriptor, like.st_mode & 07777U) == 0 && ::fsync(m_descriptor) == 0;
    }

    bool renameTo(const QString &target)
    {
        if (::rename(m_name.constData(), QFile::encodeName(target).constData()) != 0) {
            return false;
        }
        ::close(std::exchange(m_descriptor, -1));
        return true;
    }

private:
    bool write(QByteArrayView content)
    {
        while (!content.isEmpty()) {
            const ssize_t written = writeOnce(m_descriptor, content);
            if (written < 0) {
                return false;
            }
            content = content.sliced(written);
        }
        return true;
    }

    QByteArray m_name;
    int m_descriptor;
};

} // namespace

LockedFile::LockedFile(int descriptor, QString path)
    : m_descriptor(descriptor)
    , m_path(std::move(path))
{
}

LockedFile::LockedFile(LockedFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_path(std::move(other.m_path))
{
}

LockedFile::~LockedFile()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

base::Error LockedFile::error(const QString &operation) const
{
    return base::Error::fromErrno(errno, operation, m_path);
}

base::Result<LockedFile> LockedFile::openForReading(const QString &path)
{
    return openRegular(path, O_RDONLY);
}

base::Result<LockedFile> LockedFile::openForAppending(const QString &path)
{
    return openLocked(path, O_RDWR | O_APPEND | O_CREAT);
}

base::Result<LockedFile> LockedFile::openForReplacing(const QString &path)
{
    // The file that a symbolic link leads to is replaced, not the link.
    const QString target = QFileInfo(path).canonicalFilePath();
    return openLocked(target.isEmpty() ? path : target, O_RDWR);
}

base::Result<LockedFile> LockedFile::openRegular(const QString &path, int flags)
{
    // O_NONBLOCK: opening a named pipe must not wait for somebody at its other end.
    const QByteArray name = QFile::encodeName(path);
    LockedFile file(::open(name.constData(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, fileMode),
                    path);
    if (file.m_descriptor < 0) {
        return base::Failure(file.error(QStringLiteral("open")));
    }
    const mode_t mode = statusOf(file.m_descriptor).st_mode;
    if (S_ISDIR(mode)) {
        errno = EISDIR;
        return base::Failure(file.error(QStringLiteral("open")));
    }
    const bool isReadableDevice = S_ISCHR(mode) && (flags & O_ACCMODE) == O_RDONLY;
    if (!S_ISREG(mode) && !isReadableDevice) {
        return base::Failure(unreadable(path, QStringLiteral("not a regular file")));
    }
    return file;
}

base::Result<LockedFile> LockedFile::openLocked(const QString &path, int flags)
{
    // Whoever held the lock may have renamed a new file into place meanwhile: then that one is to
    // be locked. Each further round means that another writer has made progress.
    while (true) {
        auto file = openRegular(path, flags);
        if (!file) {
            return file;
        }
        if (const auto locked = file->lock(); !locked) {
            return base::Failure(locked.error());
        }
        if (file->isStillAt(path)) {
            return file;
        }
    }
}

base::Result<void> LockedFile::lock() const
{
    if (uninterrupted([this] { return ::flock(m_descriptor, LOCK_EX); }) != 0) {
        return base::Failure(error(QStringLiteral("lock")));
    }
    return {};
}

bool LockedFile::isStillAt(const QString &path) const
{
    struct stat there = {};
    if (::stat(QFile::encodeName(path).constData(), &there) != 0) {
        return false;
    }
    const struct stat own = statusOf(m_descriptor);
    return own.st_dev == there.st_dev && own.st_ino == there.st_ino;
}

base::Result<QByteArray> LockedFile::content() const
{
    auto bytes = bytesFrom(0);
    if (bytes && bytes->contains('\0')) {
        return base::Failure(unreadable(m_path, QStringLiteral("contains NUL bytes")));
    }
    return bytes;
}

base::Result<QByteArray> LockedFile::bytesFrom(qint64 offset) const
{
    constexpr qsizetype blockBytes = 65536;

    QByteArray content;
    QByteArray block(blockBytes, Qt::Uninitialized);
    while (true) {
        const auto count = uninterrupted([&] {
            return ::pread(m_descriptor, block.data(), blockBytes, offset + content.size());
        });
        if (count < 0) {
            return base::Failure(error(QStringLiteral("read")));
        }
        if (count == 0) {
            return content;
        }
        if (content.size() + count > limitBytes) {
            return base::Failure(unreadable(m_path, QStringLiteral("larger than 64 MiB")));
        }
        content.append(block.constData(), count);
    }
}

base::Result<void> LockedFile::append(QByteArrayView bytes) const
{
    const ssize_t written = writeOnce(m_descriptor, bytes);
    if (written < 0) {
        return base::Failure(error(QStringLiteral("write")));
    }
    if (written < bytes.size()) {
        return takeBack(written);
    }
    if (::fsync(m_descriptor) != 0) {
        return base::Failure(error(QStringLiteral("write")));
    }
    return {};
}

base::Failure<base::Error> LockedFile::takeBack(qint64 count) const
{
    // With O_APPEND the position is where our bytes end. If that is not the end of the file,
    // another writer has gone on behind them, and cutting would take its line too.
    const qint64 end = ::lseek(m_descriptor, 0, SEEK_CUR);
    if (end == statusOf(m_descriptor).st_size && ::ftruncate(m_descriptor, end - count) != 0) {
        return base::Failure(error(QStringLiteral("take back a half-written line")));
    }
    errno = ENOSPC;
    return base::Failure(error(QStringLiteral("write")));
}

base::Result<bool> LockedFile::replaceContent(const QByteArray &before,
                                              const QByteArray &after) const
{
    TemporaryFile temporary(m_path);
    if (!temporary.fill(after, statusOf(m_descriptor))) {
        return base::Failure(error(QStringLiteral("write a new file")));
    }
    const auto now = content();
    if (!now || *now != before || !isStillAt(m_path)) {
        return now ? base::Result<bool>(false) : base::Failure(now.error());
    }
    if (!temporary.renameTo(m_path)) {
        return base::Failure(error(QStringLiteral("rename")));
    }
    const auto carried = carryOver(before.size());
    return carried ? base::Result<bool>(true) : base::Failure(carried.error());
}

// An ssh that had opened the old file before the rename may have appended to it since the last
// look: its line belongs into the new file. What it writes still later cannot be seen any more:
// that takes a rename between its open() and its write(), which are next to each other.
base::Result<void> LockedFile::carryOver(qint64 from) const
{
    const auto late = bytesFrom(from);
    if (!late || late->isEmpty()) {
        return late ? base::Result<void>() : base::Failure(late.error());
    }
    const auto file = openRegular(m_path, O_WRONLY | O_APPEND);
    return file ? file->append(*late) : base::Failure(file.error());
}

} // namespace hostkeys
