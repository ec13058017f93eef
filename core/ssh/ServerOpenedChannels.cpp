#include "ssh/ServerOpenedChannels.h"

#include "ssh/ChannelTable.h"
#include "ssh/ConnectionSettings.h"

#include <utility>

namespace ssh {
namespace {

// Programs that use the agent, or the display, at the same time. A server that opens more is
// refused: each takes a descriptor of ours, and one of the agent's or the display's.
constexpr qsizetype mostChannels = 128;

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

ServerOpenedChannels::ServerOpenedChannels(ssh_session session, const ConnectionSettings &settings,
                                           ChannelTable &channels, AgentConsent &consent)
    : m_session(session)
    , m_channels(channels)
    , m_display(settings.forwardsX11 ? X11Forwarding::create() : std::nullopt)
{
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    if (settings.forwardsAgent) {
        m_agent.emplace(settings, consent);
        m_callbacks.channel_open_request_auth_agent_function = [](ssh_session, void *self) {
            auto *that = static_cast<ServerOpenedChannels *>(self);
            return that->accept(that->m_agentArrivals, that->m_agent->count());
        };
    }
    if (m_display) {
        m_callbacks.channel_open_request_x11_function
            = [](ssh_session, const char *, int, void *self) {
                  auto *that = static_cast<ServerOpenedChannels *>(self);
                  return that->accept(that->m_displayArrivals, that->m_display->count());
              };
    }
    ssh_set_callbacks(m_session, &m_callbacks);
}

ServerOpenedChannels::~ServerOpenedChannels()
{
    ssh_set_callbacks(m_session, none());
}

std::optional<X11Offer> ServerOpenedChannels::displayOffer() const
{
    return m_display ? std::optional(m_display->offer()) : std::nullopt;
}

// libssh accepts the channel, or refuses it if there is none.
ssh_channel ServerOpenedChannels::accept(std::vector<LibsshChannel> &arrivals, qsizetype served)
{
    if (std::ssize(arrivals) + served >= mostChannels) {
        return nullptr;
    }
    return arrivals.emplace_back(ssh_channel_new(m_session)).get();
}

// A channel for which nobody is found is closed as it goes.
void ServerOpenedChannels::step()
{
    const auto serve = [this](std::vector<LibsshChannel> &arrivals, auto &service) {
        for (LibsshChannel &channel : std::exchange(arrivals, {})) {
            std::unique_ptr<ChannelHandler> handler
                = channel != nullptr ? service->serve() : nullptr;
            if (handler != nullptr) {
                m_channels.addAccepted(std::move(channel), std::move(handler));
            }
        }
    };
    serve(m_agentArrivals, m_agent);
    serve(m_displayArrivals, m_display);
}

} // namespace ssh
