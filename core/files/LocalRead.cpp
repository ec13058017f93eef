#include "base/UniqueFd.h"
#include "files/LocalOperations.h"

#include <QCryptographicHash>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace files {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

constexpr qsizetype blockBytes = qsizetype{1024} * 1024;

std::unexpected<Error> failure(int code, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QStringLiteral("read"), path.toDisplay()));
}

// A pipe would keep us waiting for somebody to write into it.
Result<base::UniqueFd> openFile(const FilePath &path, struct stat &status)
{
    base::UniqueFd file(
        ::open(path.bytes().constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.isValid() || ::fstat(file.get(), &status) != 0) {
        return failure(errno, path);
    }
    if (!S_ISREG(status.st_mode)) {
        return failure(S_ISDIR(status.st_mode) ? EISDIR : EOPNOTSUPP, path);
    }
    return file;
}

} // namespace

Result<Digest> digestLocal(const FilePath &path, const std::function<void(int)> &progressed,
                           const IsGivenUp &isGivenUp)
{
    struct stat status = {};
    const auto file = openFile(path, status);
    if (!file) {
        return Failure(file.error());
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(blockBytes, Qt::Uninitialized);
    qint64 done = 0;
    for (;;) {
        const ssize_t count = ::read(file->get(), block.data(), static_cast<size_t>(block.size()));
        if (count < 0) {
            return failure(errno, path);
        }
        if (count == 0) {
            return Digest{hash.result(), Digest::Way::Here};
        }
        if (isGivenUp()) {
            Error error;
            error.kind = ErrorKind::Cancelled;
            return Failure(error);
        }
        hash.addData(QByteArrayView(block).first(count));
        done += count;
        progressed(static_cast<int>(
            std::min<qint64>(1000, done * 1000 / std::max<qint64>(1, status.st_size))));
    }
}

Result<QByteArray> readLocal(const FilePath &path, quint64 offset, quint32 length)
{
    struct stat status = {};
    const auto file = openFile(path, status);
    if (!file) {
        return Failure(file.error());
    }
    QByteArray data(static_cast<qsizetype>(length), Qt::Uninitialized);
    qsizetype done = 0;
    while (done < data.size()) {
        const ssize_t count
            = ::pread(file->get(), data.data() + done, static_cast<size_t>(data.size() - done),
                      static_cast<off_t>(offset) + done);
        if (count < 0) {
            return failure(errno, path);
        }
        if (count == 0) {
            break;
        }
        done += count;
    }
    data.truncate(done);
    return data;
}

} // namespace files
