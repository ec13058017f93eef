// AgentProxy: an ssh-agent with one key, in front of the real one.
//
// libssh tries all keys of an agent and cannot be told which. This proxy stands between: it shows
// one key, or a certificate of it, passes signatures of that key on, and refuses all else. Used by
// the login, once per key.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "keys/AgentProtocol.h"

#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace keys {

class AgentStream;

// It is served by a thread of its own, because libssh waits for the agent without limit inside
// ssh_userauth_agent(), in the thread that drives the session.
class AgentProxy final
{
public:
    // Told about each signature, on the proxy's own thread, before the client hears of it.
    struct Observer
    {
        std::function<void()> signing; // the agent is asked now
        // PermissionDenied: the agent refused. TimedOut, Cancelled; others: it is not there.
        std::function<void(const base::Result<void> &)> hasSigned;
    };

    // `timeLimit` is for each signature, a person's touch included; then the request is refused.
    // Fails if the system has no descriptors left. Whether there is an agent shows with the first
    // signature.
    static base::Result<AgentProxy> start(const QString &agentSocket, const AgentIdentity &identity,
                                          std::chrono::milliseconds timeLimit,
                                          const Observer &observer = {});

    // Must not run before the session has another agent socket or is gone: libssh writes without
    // MSG_NOSIGNAL, so its next request would end the program with SIGPIPE.
    ~AgentProxy();
    AgentProxy(AgentProxy &&) noexcept;

    // The end for ssh_set_agent_socket(); to be called once. libssh 0.11 closes the one that it has
    // when the session is freed, but not one that is replaced by the next call.
    base::UniqueFd takeClientEnd();

    // The call that waits for the agent fails at once, and so do later ones. From any thread.
    void cancel();

private:
    AgentProxy(base::UniqueFd clientEnd, base::UniqueFd ourEnd, base::UniqueFd stop);

    base::UniqueFd m_clientEnd;
    base::UniqueFd m_stop; // an eventfd(2), readable once it is cancelled
    std::unique_ptr<AgentStream> m_client; // used by the thread alone, open until after its end
    std::jthread m_thread; // last: it ends before what it uses
};

} // namespace keys
