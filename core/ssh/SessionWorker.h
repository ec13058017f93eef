// SessionWorker: owns the ssh_session of one connection and leads it from the socket to its end.
//
// Lives on the thread of a SessionThread, and is called there only. Connection is its face for the
// owner.

#pragma once

#include "base/UniqueFd.h"
#include "ssh/AgentConsent.h"
#include "ssh/ChannelTable.h"
#include "ssh/Connection.h"
#include "ssh/Dialer.h"
#include "ssh/GlobalRequests.h"
#include "ssh/Handshake.h"
#include "ssh/HostKeyCheck.h"
#include "ssh/NegotiationLog.h"
#include "ssh/RemoteListeners.h"
#include "ssh/ServerOpenedChannels.h"
#include "ssh/ServiceTable.h"
#include "ssh/SessionPump.h"
#include "ssh/SleepWatch.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace ssh {

class SessionWorker final : public QObject
{
    Q_OBJECT

public:
    // With `memory` it is a further connection of a login, and asks nothing. `interruption`
    // outlives this.
    SessionWorker(ConnectionSettings settings, std::optional<LoginMemory> memory,
                  Interruption &interruption);
    ~SessionWorker() override;

    void open();
    void close(); // as Connection::close()
    void abort(); // close() without good-bye: nobody listens any more
    void answer(Prompt::Id id, const PromptAnswer &answer);

    // Of a connection through a jump host: as Dialer has them.
    void useTunnel(base::Result<net::ConnectedSocket> tunnel);
    void handleTunnelLost(const base::Error &cause) { m_dialer.handleTunnelLost(cause); }

    ChannelTable &channels() { return m_channels; }
    ServiceTable &services() { return m_services; }

signals:
    void stateChanged(ssh::Connection::State state);
    void promptRaised(const ssh::Prompt &prompt);
    void promptWithdrawn(ssh::Prompt::Id prompt);
    void noticed(const ssh::Notice &notice);
    void hostKeyRefused(const ssh::HostKeyRefusal &refusal);
    void established(const ssh::ConnectionInfo &info, const ssh::LoginMemory &memory);
    void agentWaitChanged(const std::optional<ssh::AgentWait> &wait); // from any thread
    void loginTraced(const ssh::LoginTrace &trace); // before established() or closed()
    void measured(const ssh::Vitals &vitals);
    void closed(const base::Result<void> &reason);

private:
    using State = Connection::State;

    void enter(State state);
    void handleConnected();
    void handleTurn();
    void handleDeadline();
    void handleTick();
    void stepHandshake();
    void verifyHost();
    void handleVerdict(HostKeyCheck::Result verdict);
    void startLogin(VerifiedHost proof);
    void handleLogin(const base::Result<void> &result);
    void startPrograms();
    void handleQuestion(const Prompt::Question &question);
    void checkAlive();
    void checkFlood();
    void checkHostKeyAgain();
    void measure();
    base::Error explained(base::Error loss) const;
    void raise(Prompt::Question question);
    void withdrawPrompt();
    ConnectionInfo describe(const Login &login) const;
    void lose(const base::Error &error);
    void handleExplanation(base::Error error);
    void finish(const base::Result<void> &reason);
    void tearDown();

    ConnectionSettings m_settings;
    std::optional<LoginMemory> m_memory; // set for a further connection
    Interruption &m_interruption;
    State m_state = State::Idle;

    Dialer m_dialer;
    base::UniqueFd m_socket; // ours alone: m_session has a duplicate
    QString m_address;
    SessionHandle m_session;
    std::unique_ptr<SessionPump> m_pump;
    std::optional<Handshake> m_handshake;
    std::optional<NegotiationLog> m_negotiationLog; // while the handshake runs
    Negotiation m_negotiation;
    std::optional<HostKeyCheck> m_hostKeyCheck;
    std::optional<hostkeys::HostKey> m_hostKey;
    std::optional<hostkeys::Location> m_trustedBy;
    std::unique_ptr<AuthenticationFlow> m_login;
    std::optional<GlobalRequests> m_globalRequests;
    SleepWatch m_sleepWatch;
    ChannelTable m_channels;
    std::optional<RemoteListeners> m_listeners; // from Ready on
    ServiceTable m_services;
    AgentConsent m_consent;
    std::optional<ServerOpenedChannels> m_serverOpened; // while Ready

    QTimer m_deadline;
    QTimer m_tick; // each second: traffic, keep-alive, overdue channels
    std::optional<Prompt> m_prompt; // open now
    Prompt::Id m_lastPrompt = 0;
    bool m_isLost = false; // the reason is being looked for
};

} // namespace ssh
