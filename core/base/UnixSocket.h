// Unix sockets (unix(7)): the way to other programs of this machine, such as the SSH agent.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QString>

#include <sys/un.h>

#include <optional>

namespace base {

// Nothing if the path is empty, or too long for a socket.
std::optional<sockaddr_un> unixAddress(const QString &path);

// Connected, non-blocking and close-on-exec. Waits for nothing: EAGAIN if too many others are in
// the queue. All errors are those of errno.
Result<UniqueFd> connectToUnixSocket(const QString &path);

// Does the process at the other end of the Unix socket run as our user?
bool isOfOurUser(int socket);

} // namespace base
