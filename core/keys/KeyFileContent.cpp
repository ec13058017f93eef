#include "keys/KeyFileContent.h"

#include "base/UniqueFd.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace keys {
namespace {

using base::ErrorKind;
using Reason = KeyFileError::Reason;

constexpr qsizetype sizeLimit = qsizetype{1024} * 1024; // an RSA key of 16384 bits takes 13 KiB
constexpr mode_t forOthers = S_IRWXG | S_IRWXO;
constexpr mode_t permissionBits = 07777;

base::Failure<KeyFileError> failure(Reason reason, ErrorKind kind, QString detail)
{
    return base::Failure(KeyFileError{
        reason, {.kind = kind, .operation = {}, .subject = {}, .detail = std::move(detail)}});
}

base::Failure<KeyFileError> systemFailure(int code)
{
    return base::Failure(KeyFileError{Reason::Unreadable, base::Error::fromErrno(code, {}, {})});
}

base::Result<QByteArray, KeyFileError> readAll(const base::UniqueFd &file, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qsizetype filled = 0;
    while (filled < size) {
        const auto count
            = ::read(file.get(), bytes.data() + filled, static_cast<size_t>(size - filled));
        if (count < 0) {
            return systemFailure(errno);
        }
        if (count == 0) {
            break; // it has become shorter since
        }
        filled += count;
    }
    bytes.truncate(filled);
    return bytes;
}

} // namespace

base::Result<KeyFileContent, KeyFileError> KeyFileContent::load(const QString &path)
{
    // Opening a pipe without O_NONBLOCK would wait for somebody to write.
    const base::UniqueFd file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    struct stat status{};
    if (!file.isValid() || ::fstat(file.get(), &status) != 0) {
        return systemFailure(errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return systemFailure(EISDIR);
    }
    if (!S_ISREG(status.st_mode)) {
        return failure(Reason::Unreadable, ErrorKind::Unsupported,
                       QStringLiteral("This is not a regular file."));
    }
    if (status.st_size == 0) {
        return failure(Reason::Empty, ErrorKind::Unsupported, QStringLiteral("The file is empty."));
    }
    if (status.st_size > sizeLimit) {
        return failure(Reason::TooLarge, ErrorKind::Unsupported,
                       QStringLiteral("The file is too large for a key."));
    }
    // The rule of ssh(1): somebody else's file is that person's affair.
    const bool isLoose = status.st_uid == ::getuid() && (status.st_mode & forOthers) != 0;
    const mode_t mode = status.st_mode & permissionBits;
    return readAll(file, status.st_size).transform([mode, isLoose](QByteArray bytes) {
        return KeyFileContent{base::SecretString::fromUtf8(std::move(bytes)), mode, isLoose};
    });
}

KeyFileError withPath(KeyFileError error, const QString &path)
{
    error.error.operation = QStringLiteral("read key");
    error.error.subject = path;
    return error;
}

std::optional<QByteArrayView> armored(QByteArrayView bytes, const QByteArray &label)
{
    const QByteArray beginning = "-----BEGIN " + label + "-----";
    const qsizetype start = bytes.indexOf(beginning);
    if (start < 0) {
        return std::nullopt;
    }
    const QByteArrayView body = bytes.sliced(start + beginning.size());
    const qsizetype end = body.indexOf("-----END ");
    return end < 0 ? body : body.first(end);
}

} // namespace keys
