#include "ssh/LibsshVersion.h"

#include <libssh/libssh.h>

#include <tuple>

namespace ssh {

bool isSafeLibssh(int major, int minor, int micro)
{
    const std::tuple version(major, minor, micro);
    const bool isHoledRelease = major == 0 && minor == 12 && micro < 2;
    return version >= std::tuple(0, 11, 5) && !isHoledRelease;
}

base::Result<void> checkLibsshVersion()
{
    // Asked for a version that it does not reach, libssh answers with null: so the numbers are
    // found by asking.
    const auto reaches = [](int major, int minor, int micro) {
        return ssh_version(SSH_VERSION_INT(major, minor, micro)) != nullptr;
    };
    const bool isSafe = reaches(0, 12, 2) || (reaches(0, 11, 5) && !reaches(0, 12, 0));
    if (isSafe) {
        return {};
    }
    base::Error error;
    error.kind = base::ErrorKind::Unsupported;
    error.operation = QStringLiteral("start");
    error.subject = QStringLiteral("libssh %1").arg(QLatin1StringView(ssh_version(0)));
    error.detail
        = QStringLiteral("Ponto needs libssh 0.11.5, or 0.12.2 and newer: the versions before have "
                         "known security holes");
    return base::Failure(error);
}

} // namespace ssh
