// AgentForwarding: lets programs on the server use the user's SSH agent, as ForwardAgent of
// ssh_config(5) does, as long as the connection lasts.

#pragma once

#include "ssh/ConnectionSettings.h"

#include <QList>
#include <QPointer>
#include <QStringList>

#include <memory>

namespace ssh {

class ChannelHandler;
class TunnelHandler;

class AgentForwarding
{
public:
    explicit AgentForwarding(const ConnectionSettings &settings);

    // For one program: null if no agent answers.
    std::unique_ptr<ChannelHandler> serve();

    qsizetype count(); // of those that are served now

private:
    QStringList m_agents; // sockets; the first that listens is used
    QList<QPointer<TunnelHandler>> m_served;
};

} // namespace ssh
