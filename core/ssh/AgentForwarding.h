// AgentForwarding: lets programs on the server use the user's SSH agent, as ForwardAgent of
// ssh_config(5) does, as long as the connection lasts. Without one of these libssh refuses the
// channels that a server would open for that.
//
// libssh 0.11 tells of such a channel in a callback, from inside any call that reads from the
// socket: nothing but the channel may be made there. Who serves it is made in the turn that
// follows.

#pragma once

#include "ssh/ConnectionSettings.h"
#include "ssh/LibsshHandles.h"

#include <QList>
#include <QPointer>
#include <QStringList>

#include <libssh/callbacks.h>

#include <vector>

namespace ssh {

class ChannelTable;
class TunnelHandler;

class AgentForwarding
{
public:
    // Both must outlive this.
    AgentForwarding(ssh_session session, const ConnectionSettings &settings,
                    ChannelTable &channels);
    ~AgentForwarding();
    Q_DISABLE_COPY_MOVE(AgentForwarding)

    // To be called in each turn, before the channels have theirs.
    void step();

private:
    static ssh_channel handleRequest(ssh_session session, void *self);
    void serve(LibsshChannel channel);

    ssh_session m_session;
    ChannelTable &m_channels;
    QStringList m_agents; // sockets; the first that listens is used
    ssh_callbacks_struct m_callbacks{};
    std::vector<LibsshChannel> m_arrivals;
    QList<QPointer<TunnelHandler>> m_served;
};

} // namespace ssh
