// ServerOpenedChannels: the channels that a server may open of itself, as long as a connection
// lasts: to the user's SSH agent and to the user's X server, each if the settings want it. libssh
// refuses all others.
//
// libssh 0.11 tells of such a channel in a callback, from inside any call that reads from the
// socket: nothing but the channel may be made there. Who serves it is made in the turn that
// follows.

#pragma once

#include "ssh/AgentForwarding.h"
#include "ssh/LibsshHandles.h"
#include "ssh/X11Forwarding.h"

#include <libssh/callbacks.h>

#include <optional>
#include <vector>

namespace ssh {

class AgentConsent;
class ChannelTable;
struct ConnectionSettings;

class ServerOpenedChannels
{
public:
    // All but the settings must outlive this.
    ServerOpenedChannels(ssh_session session, const ConnectionSettings &settings,
                         ChannelTable &channels, AgentConsent &consent);
    ~ServerOpenedChannels();
    Q_DISABLE_COPY_MOVE(ServerOpenedChannels)

    // Nothing if it is not wanted, or there is none.
    std::optional<X11Offer> displayOffer() const;

    // To be called in each turn, before the channels have theirs.
    void step();

private:
    ssh_channel accept(std::vector<LibsshChannel> &arrivals, qsizetype served);

    ssh_session m_session;
    ChannelTable &m_channels;
    std::optional<AgentForwarding> m_agent;
    std::optional<X11Forwarding> m_display;
    std::vector<LibsshChannel> m_agentArrivals;
    std::vector<LibsshChannel> m_displayArrivals;
    ssh_callbacks_struct m_callbacks{};
};

} // namespace ssh
