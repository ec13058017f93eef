// Dialer: from the settings of a connection to a connected socket, by its route; and afterwards why
// that socket came to its end, if the route knows.
//
// Lives on the connection's thread, as a part of SessionWorker. A tunnel through a jump host is the
// one thing that it does not make itself: JumpRoute hands it in.

#pragma once

#include "net/Connector.h"
#include "net/ProxyNegotiation.h"
#include "net/ProxyProcess.h"
#include "ssh/ConnectionSettings.h"
#include "ssh/Prompt.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace ssh {

class Dialer final : public QObject
{
    Q_OBJECT

public:
    // With `memory`, of a further connection of a login, nothing is asked.
    Dialer(const ConnectionSettings &settings, const std::optional<LoginMemory> &memory,
           QObject *parent = nullptr);
    ~Dialer() override; // gives up, and ends a proxy command

    void start();

    // What start() waits for if the route is a jump: a socket, or why there is none.
    void useTunnel(base::Result<net::ConnectedSocket> tunnel);

    // The tunnel has ended because of this.
    void handleTunnelLost(const base::Error &cause);

    // To questionRaised().
    void answer(const PromptAnswer &answer);

    // Ends with nothing; not even finished().
    void cancel();

    // The connection has ended: a proxy command is killed, and passwords are forgotten. Not from
    // within a signal.
    void hangUp();

    // To be called once, after finished(). Kinds of error: those of Connector, ProxyRefused,
    // AuthenticationFailed by a proxy, ProxyCommandFailed, and those of the jump host.
    [[nodiscard]] base::Result<net::ConnectedSocket> takeResult();

    // The socket is at its end: explained() follows, with `lost` or with the cause of it.
    void explain(const base::Error &lost);

    // That the proxy accepted; empty if it wanted none.
    const base::SecretString &proxyPassword() const { return m_proxyPassword; }

signals:
    void questionRaised(const ssh::Prompt::Question &question);
    void commandSaid(const QString &line); // on its standard error: foreign text
    void finished(); // once, from the event loop
    void explained(const base::Error &error);

private:
    void connectTo(const QString &host, quint16 port);
    void handleConnected();
    void negotiate(net::ConnectedSocket socket);
    void handleNegotiated();
    void askForPassword();
    void startCommand(const net::ProxyCommand &command);
    void explainNow();
    const base::ProxyAddress *proxy() const;
    void finish(base::Result<net::ConnectedSocket> result);

    ConnectionSettings m_settings;
    bool m_isTwin;
    std::unique_ptr<net::Connector> m_connector;
    std::unique_ptr<net::ProxyNegotiation> m_negotiation;
    std::unique_ptr<net::ProxyProcess> m_process;
    std::optional<base::SecretString> m_password; // to be tried, or tried last
    base::SecretString m_proxyPassword;
    int m_loginAttempts = 0;
    std::optional<base::Result<net::ConnectedSocket>> m_result;
    std::optional<base::Error> m_tunnelEnd;
    std::optional<base::Error> m_unexplained;
    QTimer m_explanationLimit;
};

} // namespace ssh
