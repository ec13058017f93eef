// AgentForwarding: lets programs on the server use the user's SSH agent, as ForwardAgent of
// ssh_config(5) does, as long as the connection lasts.

#pragma once

#include "base/UniqueFd.h"
#include "ssh/ConnectionSettings.h"

#include <QList>
#include <QPointer>
#include <QStringList>

#include <memory>

namespace ssh {

class AgentConsent;
class ChannelHandler;
class TunnelHandler;

class AgentForwarding
{
public:
    // The consent is asked where the settings want it, and must outlive this.
    AgentForwarding(const ConnectionSettings &settings, AgentConsent &consent);

    // For one program: null if no agent answers.
    std::unique_ptr<ChannelHandler> serve();

    qsizetype count(); // of those that are served now

private:
    std::unique_ptr<ChannelHandler> serveWith(base::UniqueFd agent);

    AgentConsent *m_consent; // null: nobody is asked
    QStringList m_agents; // sockets; the first that listens is used
    QList<QPointer<TunnelHandler>> m_served;
};

} // namespace ssh
