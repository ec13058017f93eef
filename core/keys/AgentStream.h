// AgentStream: whole messages of the ssh-agent protocol on a socket, for a thread that may wait.
// Used by AgentProxy alone.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace keys {

class AgentStream
{
public:
    using Deadline = std::chrono::steady_clock::time_point;
    static constexpr Deadline never = Deadline::max();

    // Every wait ends when `stop`, a descriptor borrowed from the caller, is readable.
    AgentStream(base::UniqueFd socket, int stop);

    // Connects to the socket of a real agent. Does not wait: a local socket has a queue, and a full
    // one is an error here.
    static base::Result<AgentStream> connectTo(const QString &socketPath, int stop);

    // The next message: a type byte, then contents. Kinds of error: Cancelled, TimedOut,
    // ConnectionLost, ProtocolViolation.
    base::Result<QByteArray> receive(Deadline deadline);

    // `frame` is from agentFrame(). Errors as above.
    base::Result<void> send(QByteArrayView frame, Deadline deadline);

    // The other side reads an end, and can still write without being killed by SIGPIPE.
    void endSending();

private:
    base::Result<void> wait(short events, Deadline deadline) const;

    base::UniqueFd m_socket;
    int m_stop;
    QByteArray m_received;
};

} // namespace keys
