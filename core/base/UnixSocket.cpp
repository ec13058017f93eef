#include "base/UnixSocket.h"

#include "base/Error.h"

#include <QFile>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace base {
namespace {

Failure<Error> connectFailure(int code, const QString &path)
{
    return Failure(Error::fromErrno(code, QStringLiteral("connect"), path));
}

} // namespace

std::optional<sockaddr_un> unixAddress(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    if (name.isEmpty() || name.size() >= std::ssize(address.sun_path)) {
        return std::nullopt;
    }
    address.sun_family = AF_UNIX;
    std::ranges::copy(name, address.sun_path);
    return address;
}

Result<UniqueFd> connectToUnixSocket(const QString &path)
{
    const auto address = unixAddress(path);
    if (!address) {
        return connectFailure(path.isEmpty() ? ENOENT : ENAMETOOLONG, path);
    }
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.isValid()
        || ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&*address), sizeof *address)
            != 0) {
        return connectFailure(errno, path);
    }
    return socket;
}

bool isOfOurUser(int socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == ::geteuid();
}

} // namespace base
