#include "ssh/AgentForwarding.h"

#include "base/UniqueFd.h"
#include "keys/AgentLocation.h"
#include "ssh/ChannelTable.h"
#include "ssh/LibsshLog.h"
#include "ssh/TunnelHandler.h"

#include <QFile>
#include <QProcessEnvironment>

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace ssh {
namespace {

// Programs that use the agent at the same time. A server that opens more is refused: each takes a
// descriptor of ours, and one of the agent's.
constexpr qsizetype mostChannels = 128;

// Invalid if nobody listens there. Connecting to a Unix socket does not wait.
base::UniqueFd connectTo(const QString &socketPath)
{
    const QByteArray path = QFile::encodeName(socketPath);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= std::ssize(address.sun_path)) {
        return {};
    }
    std::ranges::copy(path, address.sun_path);
    base::UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.isValid()
        || ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address)
            != 0) {
        return {};
    }
    return socket;
}

// libssh keeps a pointer to the last ones that were set, and takes no null.
ssh_callbacks none()
{
    static ssh_callbacks_struct callbacks = [] {
        ssh_callbacks_struct empty{};
        ssh_callbacks_init(&empty);
        return empty;
    }();
    return &callbacks;
}

} // namespace

AgentForwarding::AgentForwarding(ssh_session session, const ConnectionSettings &settings,
                                 ChannelTable &channels)
    : m_session(session)
    , m_channels(channels)
{
    const QString &which
        = settings.forwardedAgent.isEmpty() ? settings.agentSocket : settings.forwardedAgent;
    for (const keys::AgentLocation &place :
         keys::agentLocations(which, QProcessEnvironment::systemEnvironment())) {
        m_agents.append(place.socketPath);
    }
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    m_callbacks.channel_open_request_auth_agent_function = &AgentForwarding::handleRequest;
    ssh_set_callbacks(m_session, &m_callbacks);
}

AgentForwarding::~AgentForwarding()
{
    ssh_set_callbacks(m_session, none());
}

// libssh accepts the channel, or refuses it if there is none.
ssh_channel AgentForwarding::handleRequest(ssh_session session, void *self)
{
    auto *forwarding = static_cast<AgentForwarding *>(self);
    if (std::ssize(forwarding->m_arrivals) + forwarding->m_served.size() >= mostChannels) {
        return nullptr;
    }
    return forwarding->m_arrivals.emplace_back(ssh_channel_new(session)).get();
}

void AgentForwarding::step()
{
    m_served.removeIf([](const QPointer<TunnelHandler> &handler) { return handler == nullptr; });
    for (LibsshChannel &channel : std::exchange(m_arrivals, {})) {
        if (channel != nullptr) {
            serve(std::move(channel));
        }
    }
}

void AgentForwarding::serve(LibsshChannel channel)
{
    for (const QString &path : std::as_const(m_agents)) {
        if (base::UniqueFd agent = connectTo(path); agent.isValid()) {
            auto handler = std::make_unique<TunnelHandler>(std::move(agent));
            m_served.append(handler.get());
            m_channels.addAccepted(std::move(channel), std::move(handler));
            return;
        }
    }
    logMessage(LogLevel::Warning,
               QStringLiteral("the server asks for the SSH agent, and there is none that answers"));
}

} // namespace ssh
