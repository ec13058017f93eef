#include "keys/KeyMode.h"

#include "base/UniqueFd.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace keys {

using Reason = KeyFileError::Reason;

KeyFileError looseModeError()
{
    return {
        Reason::LooseMode,
        {.kind = base::ErrorKind::PermissionDenied,
         .operation = {},
         .subject = {},
         .detail = QStringLiteral("Others may read or change the key: its mode must be 0600.")}};
}

base::Result<void, KeyFileError> mendMode(const QString &path)
{
    const auto failure = [&path](int code) {
        return base::Failure(KeyFileError{
            Reason::Unreadable, base::Error::fromErrno(code, QStringLiteral("change mode"), path)});
    };
    // By descriptor, so that it is the file that was looked at. O_NONBLOCK: it may be a pipe.
    const base::UniqueFd file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    struct stat status{};
    if (!file.isValid() || ::fstat(file.get(), &status) != 0) {
        return failure(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return failure(S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
    }
    if (::fchmod(file.get(), S_IRUSR | S_IWUSR) != 0) {
        return failure(errno);
    }
    return {};
}

} // namespace keys
