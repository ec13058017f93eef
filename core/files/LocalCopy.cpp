#include "base/UniqueFd.h"
#include "files/LocalDirectory.h"
#include "files/LocalOperations.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <tuple>

namespace files {
namespace {

using base::Error;
using base::Failure;
using base::Result;

constexpr std::size_t blockBytes = std::size_t{16} * 1024 * 1024; // between two looks at the clock

class Copy
{
public:
    Copy(const std::function<void(int)> &progressed, const IsGivenUp &isGivenUp)
        : m_progressed(progressed)
        , m_isGivenUp(isGivenUp)
    {
    }

    // The source's name relative to its opened directory, so that nobody can lead the copy out of
    // its tree. Errors are errno values.
    Result<void, int> copy(int parent, const QByteArray &name, const FilePath &to)
    {
        struct stat status = {};
        if (m_isGivenUp()) {
            return Failure(ECANCELED);
        }
        if (::fstatat(parent, name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return Failure(errno);
        }
        const auto copied = S_ISDIR(status.st_mode) ? copyDirectory(parent, name, to, status)
            : S_ISLNK(status.st_mode)               ? copyLink(parent, name, to)
            : S_ISREG(status.st_mode)               ? copyFile(parent, name, to, status)
                                                    : Result<void, int>(Failure(ENOTSUP));
        m_progressed(++m_done);
        return copied;
    }

private:
    using Status = struct stat;

    static Result<void, int> finish(int target, const Status &status)
    {
        const std::array<timespec, 2> times{status.st_atim, status.st_mtim};
        if (::fchmod(target, status.st_mode & 07777) != 0
            || ::futimens(target, times.data()) != 0) {
            return Failure(errno);
        }
        return {};
    }

    Result<void, int> copyDirectory(int parent, const QByteArray &name, const FilePath &to,
                                    const Status &status)
    {
        const auto source = LocalDirectory::open(parent, name, LocalDirectory::Links::Refuse);
        if (!source) {
            return Failure(source.error());
        }
        const auto names = source->names();
        if (!names) {
            return Failure(names.error());
        }
        if (::mkdir(to.bytes().constData(), 0700) != 0) {
            return Failure(errno);
        }
        for (const QByteArray &child : *names) {
            if (const auto copied = copy(source->descriptor(), child, to.child(child)); !copied) {
                return copied;
            }
        }
        const base::UniqueFd target(
            ::open(to.bytes().constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        return !target.isValid() ? Result<void, int>(Failure(errno)) : finish(target.get(), status);
    }

    static Result<void, int> copyLink(int parent, const QByteArray &name, const FilePath &to)
    {
        std::array<char, PATH_MAX> target;
        const ssize_t length = ::readlinkat(parent, name.constData(), target.data(), target.size());
        if (length < 0) {
            return Failure(errno);
        }
        const QByteArray text(target.data(), length);
        if (::symlink(text.constData(), to.bytes().constData()) != 0) {
            return Failure(errno);
        }
        return {};
    }

    Result<void, int> copyFile(int parent, const QByteArray &name, const FilePath &to,
                               const Status &status)
    {
        const base::UniqueFd source(
            ::openat(parent, name.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        if (!source.isValid()) {
            return Failure(errno);
        }
        const base::UniqueFd target(
            ::open(to.bytes().constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!target.isValid()) {
            return Failure(errno);
        }
        auto copied = copyContent(source.get(), target.get()).and_then([&] {
            return finish(target.get(), status);
        });
        if (!copied) { // half a file must not stand under a name that says it is whole
            ::unlink(to.bytes().constData());
        }
        return copied;
    }

    // Shares blocks where the file system can.
    Result<void, int> copyContent(int source, int target) const
    {
        for (;;) {
            if (m_isGivenUp()) {
                return Failure(ECANCELED);
            }
            const ssize_t count
                = ::copy_file_range(source, nullptr, target, nullptr, blockBytes, 0);
            if (count == 0) {
                return copyPlainly(source, target); // nothing, or a file of /proc that has no size
            }
            if (count < 0) {
                const bool isRefused = errno == EXDEV || errno == EINVAL || errno == ENOSYS
                    || errno == EOPNOTSUPP || errno == EBADF;
                return isRefused ? copyPlainly(source, target) : Failure(errno);
            }
        }
    }

    Result<void, int> copyPlainly(int source, int target) const
    {
        QByteArray block(1024 * 1024, Qt::Uninitialized);
        for (;;) {
            const ssize_t count = ::read(source, block.data(), static_cast<size_t>(block.size()));
            if (count <= 0) {
                return count == 0 ? Result<void, int>() : Failure(errno);
            }
            for (ssize_t written = 0; written < count;) {
                const ssize_t more = ::write(target, block.constData() + written,
                                             static_cast<size_t>(count - written));
                if (more < 0) {
                    return Failure(errno);
                }
                written += more;
            }
            if (m_isGivenUp()) {
                return Failure(ECANCELED);
            }
        }
    }

    const std::function<void(int)> &m_progressed;
    const IsGivenUp &m_isGivenUp;
    int m_done = 0;
};

// Each may be entered and changed by its owner.
void openFolders(const FilePath &path)
{
    ::fchmodat(AT_FDCWD, path.bytes().constData(), 0700, AT_SYMLINK_NOFOLLOW);
    const auto directory
        = LocalDirectory::open(AT_FDCWD, path.bytes(), LocalDirectory::Links::Refuse);
    const auto names = directory ? directory->names() : Failure(directory.error());
    for (const QByteArray &name : names.value_or(QList<QByteArray>())) {
        struct stat status = {};
        if (::fstatat(directory->descriptor(), name.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0
            && S_ISDIR(status.st_mode)) {
            openFolders(path.child(name));
        }
    }
}

// What is not whole goes away again, with folders that forbid to take something out of them.
void discard(const FilePath &path)
{
    if (!removeLocal(path)) {
        openFolders(path);
        std::ignore = removeLocal(path); // why it was to be discarded is what is told
    }
}

Error failure(int code, const FilePath &from)
{
    Error error = Error::fromErrno(code, QStringLiteral("copy"), from.toDisplay());
    if (code == ECANCELED) {
        error.kind = base::ErrorKind::Cancelled;
    }
    return error;
}

} // namespace

Result<void> copyLocal(const FilePath &from, const FilePath &to,
                       const std::function<void(int)> &progressed, const IsGivenUp &isGivenUp)
{
    // Into itself it would never end: the source's children are read before the copy is made, but
    // those of a folder that holds the copy are not.
    if (from.normalized().contains(to.normalized())) {
        return Failure(failure(EINVAL, from));
    }
    struct stat inTheWay = {};
    if (::lstat(to.bytes().constData(), &inTheWay) == 0) {
        return Failure(failure(EEXIST, from));
    }
    const FilePath temporary = to.parent().child(temporaryName(to.name()));
    Copy copy(progressed, isGivenUp);
    if (const auto copied = copy.copy(AT_FDCWD, from.bytes(), temporary); !copied) {
        discard(temporary);
        return Failure(failure(copied.error(), from));
    }
    auto renamed = renameLocal(temporary, to);
    if (!renamed) {
        discard(temporary);
        renamed.error().operation = QStringLiteral("copy");
        renamed.error().subject = from.toDisplay();
    }
    return renamed;
}

} // namespace files
