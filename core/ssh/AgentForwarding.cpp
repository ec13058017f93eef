#include "ssh/AgentForwarding.h"

#include "base/UnixSocket.h"
#include "keys/AgentLocation.h"
#include "keys/AgentRelay.h"
#include "ssh/AgentConsent.h"
#include "ssh/LibsshLog.h"
#include "ssh/TunnelHandler.h"

#include <QProcessEnvironment>

#include <sys/socket.h>

#include <array>
#include <memory>
#include <utility>

namespace ssh {

AgentForwarding::AgentForwarding(const ConnectionSettings &settings, AgentConsent &consent)
    : m_consent(settings.asksForAgent ? &consent : nullptr)
{
    const QString &which
        = settings.forwardedAgent.isEmpty() ? settings.agentSocket : settings.forwardedAgent;
    for (const keys::AgentLocation &place :
         keys::agentLocations(which, QProcessEnvironment::systemEnvironment())) {
        m_agents.append(place.socketPath);
    }
}

qsizetype AgentForwarding::count()
{
    m_served.removeIf([](const QPointer<TunnelHandler> &handler) { return handler == nullptr; });
    return m_served.size();
}

// The channel goes to one end of a pair of sockets, at whose other end the relay is.
std::unique_ptr<ChannelHandler> AgentForwarding::serveWith(base::UniqueFd agent)
{
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return nullptr;
    }
    auto handler = std::make_unique<TunnelHandler>(base::UniqueFd(ends[0]));
    auto *asker = handler.get();
    keys::AgentRelay::Approver approver;
    if (m_consent != nullptr) {
        approver = [consent = m_consent, asker](const keys::AgentRelay::SignRequest &request,
                                                std::function<void(bool)> decide) {
            consent->ask(*asker, request, std::move(decide));
        };
    }
    new keys::AgentRelay(base::UniqueFd(ends[1]), std::move(agent), std::move(approver), asker);
    m_served.append(asker);
    return handler;
}

std::unique_ptr<ChannelHandler> AgentForwarding::serve()
{
    for (const QString &path : std::as_const(m_agents)) {
        if (auto agent = base::connectToUnixSocket(path)) {
            return serveWith(std::move(*agent));
        }
    }
    logMessage(LogLevel::Warning,
               QStringLiteral("the server asks for the SSH agent, and there is none that answers"));
    return nullptr;
}

} // namespace ssh
