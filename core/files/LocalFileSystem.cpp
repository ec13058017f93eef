#include "files/LocalFileSystem.h"

#include "files/LocalDirectory.h"
#include "files/LocalOperations.h"

#include <QPromise>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
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

// The same for work that tells its progress and asks whether it is wanted any more.
template<typename T, typename Work>
QFuture<Result<T>> inPoolWith(Work work)
{
    QPromise<Result<T>> promise;
    QFuture<Result<T>> future = promise.future();
    promise.start();
    QThreadPool::globalInstance()->start(
        [promise = std::move(promise), work = std::move(work)]() mutable {
            promise.addResult(work(promise));
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

// Each name relative to its opened directory, and no link followed: nobody can lead it out of the
// tree.
class TreeChange
{
public:
    TreeChange(const AttributeChange &change, QPromise<Result<void>> &promise, ChangeRecord *record)
        : m_change(change)
        , m_promise(promise)
        , m_record(record)
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
            return set(parent, name, path, wanted, present);
        }
        if (!isLast) {
            set(parent, name, path, wanted, present);
        }
        changeContents(parent, name, path);
        if (isLast) {
            set(parent, name, path, wanted, present);
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
    void set(int parent, const QByteArray &name, const FilePath &path, const FileAttributes &wanted,
             const FileAttributes &present)
    {
        m_promise.setProgressValue(++m_done);
        if (m_record != nullptr && wanted != FileAttributes()) {
            m_record->append({path, wanted.replacedIn(present)});
        }
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
    ChangeRecord *m_record; // borrowed, may be null
    std::optional<Error> m_first;
    int m_done = 0;
};

// In the order of a server: a change of the owner takes set-user-ID away.
Result<void> setAttributesNow(const FilePath &path, const FileAttributes &wanted)
{
    const char *name = path.bytes().constData();
    if (wanted.size && ::truncate(name, static_cast<off_t>(*wanted.size)) != 0) {
        return failure(errno, "change the size", path);
    }
    if (wanted.modificationTime) {
        const qint64 accessed = wanted.accessTime.value_or(*wanted.modificationTime);
        const std::array<timespec, 2> times{timespec{accessed, 0},
                                            timespec{*wanted.modificationTime, 0}};
        if (::utimensat(AT_FDCWD, name, times.data(), 0) != 0) {
            return failure(errno, "change times", path);
        }
    }
    if (wanted.userId && wanted.groupId && ::chown(name, *wanted.userId, *wanted.groupId) != 0) {
        return failure(errno, "change the owner", path);
    }
    if (wanted.permissions && ::chmod(name, *wanted.permissions & 07777) != 0) {
        return failure(errno, "change permissions", path);
    }
    return {};
}

} // namespace

Result<void> renameLocal(const FilePath &from, const FilePath &to)
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
            .and_then([&] { return renameLocal(from, to); });
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

QFuture<Result<void>> LocalFileSystem::setAttributes(FilePath path, FileAttributes wanted)
{
    return inPool([path = std::move(path), wanted] {
        return checked(path, "change attributes").and_then([&] {
            return setAttributesNow(path, wanted);
        });
    });
}

QFuture<Result<void>> LocalFileSystem::makeLink(FilePath link, QByteArray target)
{
    return inPool([link = std::move(link), target = std::move(target)] {
        const char *operation = "create link";
        return checked(link, operation)
            .and_then([&] { return checked(FilePath(target), operation); })
            .and_then([&] {
                return outcome(::symlink(target.constData(), link.bytes().constData()), operation,
                               link);
            });
    });
}

QFuture<Result<void>> LocalFileSystem::changeTree(FilePath path, AttributeChange change,
                                                  std::shared_ptr<ChangeRecord> record)
{
    return inPoolWith<void>(
        [path = std::move(path), change, record = std::move(record)](auto &promise) {
            return checked(path, "change permissions").and_then([&] {
                TreeChange tree(change, promise, record.get());
                tree.change(AT_FDCWD, path.bytes(), path);
                return tree.result();
            });
        });
}

QFuture<Result<TreeSize>> LocalFileSystem::measureTree(FilePath path)
{
    return inPoolWith<TreeSize>([path = std::move(path)](auto &promise) {
        return checked(path, "look at").and_then([&] {
            return measureLocal(
                path, [&promise](const TreeSize &size) { promise.addResult(size); },
                [&promise] { return promise.isCanceled(); });
        });
    });
}

QFuture<Result<void>> LocalFileSystem::copyTree(FilePath from, FilePath to)
{
    return inPoolWith<void>([from = std::move(from), to = std::move(to)](auto &promise) {
        return checked(from, "copy").and_then([&] { return checked(to, "copy"); }).and_then([&] {
            return copyLocal(
                from, to, [&promise](int done) { promise.setProgressValue(done); },
                [&promise] { return promise.isCanceled(); });
        });
    });
}

QFuture<Result<Digest>> LocalFileSystem::digest(FilePath path)
{
    return inPoolWith<Digest>([path = std::move(path)](auto &promise) {
        return checked(path, "read").and_then([&] {
            return digestLocal(
                path, [&promise](int done) { promise.setProgressValue(done); },
                [&promise] { return promise.isCanceled(); });
        });
    });
}

QFuture<Result<QByteArray>> LocalFileSystem::readPart(FilePath path, quint64 offset, quint32 length)
{
    return inPool([path = std::move(path), offset, length] {
        return checked(path, "read").and_then([&] { return readLocal(path, offset, length); });
    });
}

QFuture<Result<TrashedFile>> LocalFileSystem::moveToTrash(FilePath path)
{
    return inPool([path = std::move(path)] {
        return checked(path, "delete").and_then([&] { return trashLocal(path); });
    });
}

QFuture<Result<void>> LocalFileSystem::restore(TrashedFile file)
{
    return inPool([file = std::move(file)] {
        return checked(file.original, "restore").and_then([&] { return restoreLocal(file); });
    });
}

QFuture<Result<void>> LocalFileSystem::removeTree(FilePath path,
                                                  std::shared_ptr<std::atomic<int>> removed)
{
    return inPoolWith<void>([path = std::move(path), removed = std::move(removed)](auto &promise) {
        const auto progressed = [&promise, &removed](int done) {
            promise.setProgressValue(done);
            if (removed) {
                *removed = done;
            }
        };
        return checked(path, "delete").and_then([&] {
            return removeLocal(path, progressed, [&promise] { return promise.isCanceled(); });
        });
    });
}

QFuture<Result<void>> LocalFileSystem::removeFile(FilePath path)
{
    return inPool([path = std::move(path)] {
        return checked(path, "delete").and_then([&] {
            return outcome(::unlink(path.bytes().constData()), "delete", path);
        });
    });
}

QFuture<Result<void>> LocalFileSystem::removeDirectory(FilePath path)
{
    return inPool([path = std::move(path)] {
        return checked(path, "delete").and_then([&] {
            return outcome(::rmdir(path.bytes().constData()), "delete", path);
        });
    });
}

} // namespace files
