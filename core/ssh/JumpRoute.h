// JumpRoute: the way of one connection through a jump host, as a part of Connection on its owner's
// thread. Waits for the jump host, has a tunnel opened there, and passes on what the jump host asks
// and says.

#pragma once

#include "net/Connector.h"
#include "ssh/JumpHost.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace ssh {

class SessionWorker;
class TunnelHandler;

class JumpRoute final : public QObject
{
    Q_OBJECT

public:
    using Done = std::move_only_function<void(base::Result<net::ConnectedSocket> socket)>;

    // `settings` are those of the connection that goes this way.
    JumpRoute(std::shared_ptr<JumpHost> host, const ConnectionSettings &settings);
    ~JumpRoute() override; // leaves the jump host, and with it whatever it asks

    // `done` is called once, on this thread. When the tunnel ends because of a failure, `worker` is
    // told by its handleTunnelLost() before it can see the end.
    void start(SessionWorker &worker, Done done);

    // False if it is no question of the jump host.
    bool answer(Prompt::Id prompt, const PromptAnswer &answer);

    // The connection has ended: nothing that the jump host asks is for it any more.
    void withdrawAll();

    // Called by JumpHost.
    void present(const Prompt &prompt);
    void withdraw(Prompt::Id prompt); // as the jump host knows it

signals:
    void promptRaised(const ssh::Prompt &prompt);
    void promptWithdrawn(ssh::Prompt::Id prompt);
    void noticed(const ssh::Notice &notice);
    void hostKeyRefused(const ssh::HostKeyRefusal &refusal);
    void agentWaitChanged(const std::optional<ssh::AgentWait> &wait);
    void passed(const ssh::ConnectionSettings &settings, const ssh::ConnectionInfo &info);

private:
    void openTunnel();
    void handleTunnelFailure(const base::Error &error);
    void fail(base::Error error);
    QString hostName() const;

    std::shared_ptr<JumpHost> m_host; // shared with other routes through it
    QByteArray m_targetHost;
    QString m_target; // for people
    quint16 m_targetPort;
    SessionWorker *m_worker = nullptr;
    Done m_done; // empty once it was called
    base::UniqueFd m_socket; // the connection's end of the tunnel, until it is open
    std::map<Prompt::Id, Prompt::Id> m_prompts; // open ones: ours, and the jump host's
    Prompt::Id m_lastPrompt;
};

} // namespace ssh
