#include "ssh/LibsshVersion.h"

#include <libssh/libssh.h>

namespace ssh {

bool isSafeLibssh(const std::function<bool(int, int, int)> &reaches)
{
    return reaches(0, 12, 2) || (reaches(0, 11, 5) && !reaches(0, 12, 0));
}

QString libsshVersion()
{
    return QString::fromLatin1(ssh_version(0));
}

base::Result<void> checkLibsshVersion()
{
    // libssh answers with null if it is older than what it is asked for.
    const bool isSafe = isSafeLibssh([](int major, int minor, int micro) {
        return ssh_version(SSH_VERSION_INT(major, minor, micro)) != nullptr;
    });
    if (isSafe) {
        return {};
    }
    base::Error error;
    error.kind = base::ErrorKind::Unsupported;
    error.operation = QStringLiteral("start");
    error.subject = QStringLiteral("libssh %1").arg(libsshVersion());
    error.detail
        = QStringLiteral("Ponto needs libssh 0.11.5, or 0.12.2 and newer: the versions before have "
                         "known security holes");
    return base::Failure(error);
}

} // namespace ssh
