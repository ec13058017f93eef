#include "keys/AgentStream.h"

#include "base/UnixSocket.h"
#include "keys/AgentProtocol.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <optional>

namespace keys {
namespace {

using base::ErrorKind;

base::Failure<base::Error> failure(ErrorKind kind)
{
    return base::Failure(base::Error{.kind = kind,
                                     .operation = QStringLiteral("speak with agent"),
                                     .subject = {},
                                     .detail = {}});
}

base::Failure<base::Error> systemFailure(int code)
{
    return base::Failure(
        base::Error::fromErrno(code, QStringLiteral("speak with agent"), QString()));
}

// As poll(2) wants it: rounded up, so that it does not return just before the deadline; -1 for
// ever.
int pollTimeout(AgentStream::Deadline deadline)
{
    if (deadline == AgentStream::never) {
        return -1;
    }
    const auto rest
        = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<qint64>(rest.count(), 0, std::numeric_limits<int>::max()));
}

bool isTemporary(int code)
{
    return code == EAGAIN || code == EINTR;
}

} // namespace

AgentStream::AgentStream(base::UniqueFd socket, int stop)
    : m_socket(std::move(socket))
    , m_stop(stop)
{
}

base::Result<AgentStream> AgentStream::connectTo(const QString &socketPath, int stop)
{
    auto socket = base::connectToUnixSocket(socketPath);
    if (!socket) {
        return base::Failure(socket.error());
    }
    return AgentStream(std::move(*socket), stop);
}

base::Result<QByteArray> AgentStream::receive(Deadline deadline)
{
    while (true) {
        const auto taken = takeAgentMessage(m_received);
        if (!taken) {
            return base::Failure(taken.error());
        }
        if (const std::optional<QByteArray> &message = *taken; message) {
            return *message;
        }
        if (const auto ready = wait(POLLIN, deadline); !ready) {
            return base::Failure(ready.error());
        }
        std::array<char, 4096> chunk;
        const auto count = ::recv(m_socket.get(), chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (count > 0) {
            m_received.append(chunk.data(), count);
        } else if (count == 0) {
            return failure(ErrorKind::ConnectionLost);
        } else if (!isTemporary(errno)) {
            return systemFailure(errno);
        }
    }
}

base::Result<void> AgentStream::send(QByteArrayView frame, Deadline deadline)
{
    while (!frame.isEmpty()) {
        if (auto ready = wait(POLLOUT, deadline); !ready) {
            return ready;
        }
        const auto count = ::send(m_socket.get(), frame.data(), static_cast<size_t>(frame.size()),
                                  MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count >= 0) {
            frame = frame.sliced(count);
        } else if (!isTemporary(errno)) {
            return systemFailure(errno);
        }
    }
    return {};
}

void AgentStream::endSending()
{
    ::shutdown(m_socket.get(), SHUT_WR);
}

// Success: the socket is ready, or broken, which the next call on it tells.
base::Result<void> AgentStream::wait(short events, Deadline deadline) const
{
    std::array<pollfd, 2> watched{pollfd{m_stop, POLLIN, 0}, pollfd{m_socket.get(), events, 0}};
    const int ready = ::poll(watched.data(), watched.size(), pollTimeout(deadline));
    if (ready < 0 && errno != EINTR) {
        return systemFailure(errno);
    }
    if (ready > 0 && watched[0].revents != 0) {
        return failure(ErrorKind::Cancelled);
    }
    return ready == 0 ? failure(ErrorKind::TimedOut) : base::Result<void>();
}

} // namespace keys
