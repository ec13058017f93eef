#include "files/LocalFileSystem.h"

#include "files/LocalDirectory.h"

#include <QPromise>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace files {
namespace {

using base::Error;
using base::Failure;
using base::Result;

// Runs `work` on a pool thread; what it returns is the future's value.
template<typename Work>
auto inPool(Work work) -> QFuture<std::invoke_result_t<Work &>>
{
    using Answer = std::invoke_result_t<Work &>;
    QPromise<Answer> promise;
    QFuture<Answer> future = promise.future();
    promise.start();
    QThreadPool::globalInstance()->start(
        [promise = std::move(promise), work = std::move(work)]() mutable {
            promise.addResult(work());
            promise.finish();
        });
    return future;
}

std::unexpected<Error> failure(int code, const char *operation, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QString::fromLatin1(operation), path.toDisplay()));
}

// A system call would take the bytes up to the zero for the whole path.
Result<void> checked(const FilePath &path, const char *operation)
{
    if (path.bytes().contains('\0')) {
        Error error;
        error.kind = base::ErrorKind::InvalidName;
        error.operation = QString::fromLatin1(operation);
        error.subject = path.toDisplay();
        return Failure(error);
    }
    return {};
}

// Turns the answer of a system call, 0 or -1 with errno, into a result.
Result<void> outcome(int returned, const char *operation, const FilePath &path)
{
    if (returned != 0) {
        return failure(errno, operation, path);
    }
    return {};
}

FilePath homeDirectory()
{
    const QByteArray home = qgetenv("HOME");
    return FilePath(home.startsWith('/') ? home : QByteArrayLiteral("/"));
}

Result<FilePath> canonicalNow(const FilePath &path)
{
    const bool isStart = path.isEmpty() || path.bytes() == ".";
    const FilePath wanted = isStart ? homeDirectory() : path;
    const std::unique_ptr<char, decltype(&std::free)> real(
        ::realpath(wanted.bytes().constData(), nullptr), &std::free);
    if (!real) {
        return failure(errno, "resolve", wanted);
    }
    return FilePath(QByteArray(real.get()));
}

Result<QList<FileEntry>> listNow(const FilePath &path)
{
    const auto directory
        = LocalDirectory::open(AT_FDCWD, path.bytes(), LocalDirectory::Links::Follow);
    if (!directory) {
        return failure(directory.error(), "list", path);
    }
    const auto names = directory->names();
    if (!names) {
        return failure(names.error(), "list", path);
    }
    OwnerNames owners;
    QList<FileEntry> entries;
    entries.reserve(names->size());
    for (const QByteArray &name : *names) {
        const auto entry = localEntry(directory->descriptor(), name, owners);
        if (entry) {
            entries.append(*entry);
        } // else it vanished since its name was read
    }
    return entries;
}

Result<FileEntry> statusNow(const FilePath &path)
{
    OwnerNames owners;
    auto entry = localEntry(AT_FDCWD, path.bytes(), owners);
    if (!entry) {
        return failure(entry.error(), "look at", path);
    }
    entry->name = path.name();
    return *entry;
}

Result<void> makeFileNow(const FilePath &path)
{
    const int descriptor
        = ::open(path.bytes().constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return failure(errno, "create", path);
    }
    ::close(descriptor);
    return {};
}

Result<void> renameNow(const FilePath &from, const FilePath &to)
{
    const char *source = from.bytes().constData();
    const char *target = to.bytes().constData();
    if (::renameat2(AT_FDCWD, source, AT_FDCWD, target, RENAME_NOREPLACE) == 0) {
        return {};
    }
    // EINVAL: this file system does not know the flag (renameat2(2)). Looking first is second best.
    if (errno != EINVAL && errno != ENOSYS) {
        return failure(errno, "rename", from);
    }
    struct stat inTheWay = {};
    if (::lstat(target, &inTheWay) == 0) {
        return failure(EEXIST, "rename", from);
    }
    return outcome(::rename(source, target), "rename", from);
}

// Removes from the leaves up, each name relative to its opened directory: a directory that someone
// swaps for a link meanwhile does not lead out of the tree.
class TreeRemoval
{
public:
    void remove(int parent, const QByteArray &name, const FilePath &path)
    {
        if (::unlinkat(parent, name.constData(), 0) == 0) {
            return;
        }
        if (errno != EISDIR && errno != EPERM) { // Linux says the first, POSIX the second
            return note(errno, path);
        }
        const int reason = errno;
        const auto directory = LocalDirectory::open(parent, name, LocalDirectory::Links::Refuse);
        if (!directory) {
            // EPERM may also be said of a file that must not be removed.
            return note(directory.error() == ENOTDIR ? reason : directory.error(), path);
        }
        if (const auto names = directory->names()) {
            for (const QByteArray &child : *names) {
                remove(directory->descriptor(), child, path.child(child));
            }
        }
        if (::unlinkat(parent, name.constData(), AT_REMOVEDIR) != 0) {
            note(errno, path);
        }
    }

    Result<void> result() const
    {
        if (m_first) {
            return Failure(*m_first);
        }
        return {};
    }

private:
    void note(int code, const FilePath &path)
    {
        if (!m_first) {
            m_first = Error::fromErrno(code, QStringLiteral("delete"), path.toDisplay());
        }
    }

    std::optional<Error> m_first;
};

// Each name relative to its opened directory, and no link followed: nobody can lead it out of the
// tree.
class TreeChange
{
public:
    TreeChange(const AttributeChange &change, QPromise<Result<void>> &promise)
        : m_change(change)
        , m_promise(promise)
    {
    }

    void change(int parent, const QByteArray &name, const FilePath &path)
    {
        struct stat status = {};
        if (m_promise.isCanceled()) {
            return;
        }
        if (::fstatat(parent, name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return note(errno, path);
        }
        FileAttributes present;
        present.permissions = status.st_mode;
        present.userId = status.st_uid;
        present.groupId = status.st_gid;
        const FileAttributes wanted = m_change.appliedTo(present);
        // Who may not enter it afterwards has to go there first.
        const bool isLast = (wanted.permissions.value_or(0500) & 0500) != 0500;
        if (present.type() != FileType::Directory) {
            return set(parent, name, path, wanted);
        }
        if (!isLast) {
            set(parent, name, path, wanted);
        }
        changeContents(parent, name, path);
        if (isLast) {
            set(parent, name, path, wanted);
        }
    }

    Result<void> result() const
    {
        if (m_first) {
            return Failure(*m_first);
        }
        return {};
    }

private:
    void changeContents(int parent, const QByteArray &name, const FilePath &path)
    {
        const auto directory = LocalDirectory::open(parent, name, LocalDirectory::Links::Refuse);
        if (!directory) {
            return note(directory.error(), path);
        }
        const auto names = directory->names();
        if (!names) {
            return note(names.error(), path);
        }
        for (const QByteArray &child : *names) {
            change(directory->descriptor(), child, path.child(child));
        }
    }

    // The owner first: changing him takes set-user-ID away.
    void set(int parent, const QByteArray &name, const FilePath &path, const FileAttributes &wanted)
    {
        m_promise.setProgressValue(++m_done);
        if (wanted.userId && wanted.groupId
            && ::fchownat(parent, name.constData(), *wanted.userId, *wanted.groupId,
                          AT_SYMLINK_NOFOLLOW)
                != 0) {
            return note(errno, path);
        }
        if (wanted.permissions
            && ::fchmodat(parent, name.constData(), *wanted.permissions, AT_SYMLINK_NOFOLLOW)
                != 0) {
            note(errno, path);
        }
    }

    void note(int code, const FilePath &path)
    {
        if (!m_first) {
            m_first
                = Error::fromErrno(code, QStringLiteral("change permissions"), path.toDisplay());
        }
    }

    const AttributeChange &m_change;
    QPromise<Result<void>> &m_promise;
    std::optional<Error> m_first;
    int m_done = 0;
};

Result<void> removeNow(const FilePath &path)
{
    TreeRemoval removal;
    removal.remove(AT_FDCWD, path.bytes(), path);
    return removal.result();
}

} // namespace

QFuture<Result<FilePath>> LocalFileSystem::canonical(FilePath path)
{
    return inPool([path = std::move(path)] {
        return checked(path, "resolve").and_then([&] { return canonicalNow(path); });
    });
}

QFuture<Result<QList<FileEntry>>> LocalFileSystem::list(FilePath directory)
{
    return inPool([path = std::move(directory)] {
        return checked(path, "list").and_then([&] { return listNow(path); });
    });
}

QFuture<Result<FileEntry>> LocalFileSystem::status(FilePath path)
{
    return inPool([path = std::move(path)] {
        return checked(path, "look at").and_then([&] { return statusNow(path); });
    });
}

QFuture<Result<void>> LocalFileSystem::makeDirectory(FilePath path)
{
    return inPool([path = std::move(path)] {
        const char *operation = "create folder";
        return checked(path, operation).and_then([&] {
            return outcome(::mkdir(path.bytes().constData(), 0777), operation, path);
        });
    });
}

QFuture<Result<void>> LocalFileSystem::makeFile(FilePath path)
{
    return inPool([path = std::move(path)] {
        return checked(path, "create").and_then([&] { return makeFileNow(path); });
    });
}

QFuture<Result<void>> LocalFileSystem::rename(FilePath from, FilePath to)
{
    return inPool([from = std::move(from), to = std::move(to)] {
        return checked(from, "rename")
            .and_then([&] { return checked(to, "rename"); })
            .and_then([&] { return renameNow(from, to); });
    });
}

QFuture<Result<void>> LocalFileSystem::setMode(FilePath path, FileMode mode)
{
    return inPool([path = std::move(path), mode] {
        const char *operation = "change permissions";
        return checked(path, operation).and_then([&] {
            return outcome(::chmod(path.bytes().constData(), mode.bits()), operation, path);
        });
    });
}

QFuture<Result<void>> LocalFileSystem::changeTree(FilePath path, AttributeChange change)
{
    QPromise<Result<void>> promise;
    QFuture<Result<void>> future = promise.future();
    promise.start();
    QThreadPool::globalInstance()->start(
        [promise = std::move(promise), path = std::move(path), change]() mutable {
            promise.addResult(checked(path, "change permissions").and_then([&] {
                TreeChange tree(change, promise);
                tree.change(AT_FDCWD, path.bytes(), path);
                return tree.result();
            }));
            promise.finish();
        });
    return future;
}

QFuture<Result<void>> LocalFileSystem::removeTree(FilePath path)
{
    return inPool([path = std::move(path)] {
        return checked(path, "delete").and_then([&] { return removeNow(path); });
    });
}

} // namespace files
