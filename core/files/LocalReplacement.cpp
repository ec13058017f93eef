// replaceContent() and probeWriting() of this computer's files, on pool threads.

#include "base/UniqueFd.h"
#include "files/LocalFileSystem.h"

#include <QByteArrayList>
#include <QPromise>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
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
using base::UniqueFd;

constexpr mode_t modeBits = 07777;
constexpr mode_t privateMode = 0600;
constexpr mode_t newMode = 0666; // less what the user masks

std::unexpected<Error> failure(int code, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QStringLiteral("replace the content"), path.toDisplay()));
}

// 0, or why not.
int writeAll(int fd, const QByteArray &content)
{
    for (qsizetype done = 0; done < content.size();) {
        const ssize_t count
            = ::write(fd, content.constData() + done, static_cast<size_t>(content.size() - done));
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        done += std::max<ssize_t>(0, count);
    }
    return 0;
}

Result<void> writeNew(const FilePath &path, const QByteArray &content)
{
    const UniqueFd file(
        ::open(path.bytes().constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, newMode));
    if (!file.isValid()) {
        return failure(errno, path);
    }
    const int code = writeAll(file.get(), content);
    return code == 0 ? Result<void>() : failure(code, path);
}

Result<void> writeInPlace(const FilePath &path, const QByteArray &content)
{
    const UniqueFd file(
        ::open(path.bytes().constData(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file.isValid()) {
        return failure(errno, path);
    }
    int code = writeAll(file.get(), content);
    if (code == 0 && (::ftruncate(file.get(), content.size()) != 0 || ::fsync(file.get()) != 0)) {
        code = errno;
    }
    return code == 0 ? Result<void>() : failure(code, path);
}

enum class Beside { Done, NotPossible };

bool givePlace(int fd, const struct stat &present)
{
    struct stat own = {};
    if (::fstat(fd, &own) != 0) {
        return false;
    }
    const bool isSame = own.st_uid == present.st_uid && own.st_gid == present.st_gid;
    return (isSame || ::fchown(fd, present.st_uid, present.st_gid) == 0)
        && ::fchmod(fd, present.st_mode & modeBits) == 0;
}

// NotPossible where only writing in place keeps what the file has.
Result<Beside> writeBeside(const FilePath &path, const struct stat &present,
                           const QByteArray &content)
{
    const FilePath part = path.parent().child(temporaryName(path.name()));
    const UniqueFd file(
        ::open(part.bytes().constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, privateMode));
    if (!file.isValid()) {
        return Beside::NotPossible;
    }
    if (!givePlace(file.get(), present)) {
        ::unlink(part.bytes().constData());
        return Beside::NotPossible;
    }
    int code = writeAll(file.get(), content);
    if (code == 0 && ::fsync(file.get()) != 0) {
        code = errno;
    }
    if (code == 0 && ::rename(part.bytes().constData(), path.bytes().constData()) == 0) {
        return Beside::Done;
    }
    ::unlink(part.bytes().constData());
    return code == 0 ? Result<Beside>(Beside::NotPossible) : failure(code, path);
}

// Access lists (acl(5)) and what else stands beside a file would stay behind with the old one. The
// label of SELinux comes from the directory.
bool hasAttributes(const FilePath &path)
{
    std::array<char, 4096> names{};
    const ssize_t size = ::listxattr(path.bytes().constData(), names.data(), names.size());
    if (size < 0) {
        return errno == ERANGE; // very many
    }
    const QByteArrayList present = QByteArray(names.data(), size).split('\0');
    return std::ranges::any_of(present, [](const QByteArray &name) {
        return !name.isEmpty() && name != "security.selinux";
    });
}

FilePath resolved(const FilePath &path)
{
    const std::unique_ptr<char, decltype(&std::free)> real(
        ::realpath(path.bytes().constData(), nullptr), &std::free);
    return real ? FilePath(QByteArray(real.get())) : path;
}

Result<void> replaceNow(const FilePath &path, const QByteArray &content,
                        const std::optional<FileAttributes> &expected)
{
    const FilePath target = resolved(path);
    struct stat present = {};
    if (::stat(target.bytes().constData(), &present) != 0) {
        return errno == ENOENT && !expected ? writeNew(target, content) : failure(errno, path);
    }
    if (S_ISDIR(present.st_mode)) {
        return failure(EISDIR, path);
    }
    const bool isAsExpected = !expected
        || (expected->size == static_cast<quint64>(present.st_size)
            && expected->modificationTime == present.st_mtim.tv_sec);
    if (!isAsExpected) {
        return failure(EEXIST, path);
    }
    if (S_ISREG(present.st_mode) && present.st_nlink == 1 && !hasAttributes(target)) {
        const auto beside = writeBeside(target, present, content);
        if (!beside) {
            return Failure(beside.error());
        }
        if (*beside == Beside::Done) {
            return {};
        }
    }
    return writeInPlace(target, content);
}

Result<void> probeNow(const FilePath &path)
{
    const UniqueFd file(
        ::open(path.bytes().constData(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    return file.isValid() ? Result<void>() : failure(errno, path);
}

template<typename Work>
QFuture<Result<void>> inPool(Work work)
{
    QPromise<Result<void>> promise;
    QFuture<Result<void>> future = promise.future();
    promise.start();
    QThreadPool::globalInstance()->start(
        [promise = std::move(promise), work = std::move(work)]() mutable {
            promise.addResult(work());
            promise.finish();
        });
    return future;
}

} // namespace

QFuture<Result<void>> LocalFileSystem::replaceContent(FilePath path, QByteArray content,
                                                      std::optional<FileAttributes> expected)
{
    if (path.bytes().contains('\0')) {
        return QtFuture::makeReadyValueFuture(Result<void>(failure(EINVAL, path)));
    }
    return inPool([path = std::move(path), content = std::move(content), expected] {
        return replaceNow(path, content, expected);
    });
}

QFuture<Result<void>> LocalFileSystem::probeWriting(FilePath path)
{
    return inPool([path = std::move(path)] { return probeNow(path); });
}

} // namespace files
