// Connection: one verified and authenticated SSH connection, as its owner in the UI or a verb sees
// it.
//
// The work is done on a thread of its own (SessionThread). All members are called on the owner's
// thread, return at once, and report by signals there.

#pragma once

#include "ssh/AgentWait.h"
#include "ssh/ChannelHandle.h"
#include "ssh/ConnectionSettings.h"
#include "ssh/LoginTrace.h"
#include "ssh/NegotiationLog.h"
#include "ssh/Prompt.h"
#include "ssh/ServiceHandle.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace ssh {

class ConnectionLog;
class ExecProcess;
class JumpHost;
class JumpRoute;
class RoutePool;
class SessionThread;
class Shell;
class TunnelHandler;

// What is known of an established connection.
struct ConnectionInfo
{
    QString user;
    QString address; // of the peer; empty if somebody on the way looked it up
    QString serverVersion; // its identification string (RFC 4253 section 4.2): foreign text
    std::optional<hostkeys::HostKey> hostKey;
    std::optional<hostkeys::Location> trustedBy; // the line that vouches for the host key
    QString keyExchange;
    QString cipherOut; // what we send
    QString cipherIn;
    Negotiation negotiation;
    QString loginMethod; // RFC 4252 name; "none" if the server let us in without asking
    QString loginKey; // file or agent comment, if a key let us in
    LoginTrace loginTrace; // also when the login failed
    bool hasUsedPassword = false; // one was accepted, on the way at least
    bool hasUsedProxyPassword = false; // by a proxy in front of the server
    QStringList unlockedKeys; // files of keys that were accepted and took a passphrase
};

// How a connection is doing.
struct Vitals
{
    quint64 bytesReceived = 0; // from the socket, since the start
    quint64 bytesSent = 0;
    std::optional<std::chrono::microseconds> roundTrip; // absent until it is known
    qsizetype channels = 0; // open now
};

// A remark that needs no answer.
struct Notice
{
    enum class Kind {
        Banner, // the server's text before login (RFC 4252 section 5.4): foreign, at most 8 KiB;
                // a later one holds the earlier ones
        HostKeyNotStored, // policy Warn: accepted, and not remembered
        AuthorityNotChecked, // likewise: the host is trusted by a certificate authority only
        HostKeyStored, // policy Auto-add or the user's wish: `text` is the file
        HostKeyKeptForRun, // it was to be stored and could not be: `text` says why
        LoginWithoutQuestion, // the server wanted no proof: neither key nor password nor answer
        ProxyCommandSaid, // `text` is a line of its standard error: foreign
        VariablesDeclined, // `text` names those of the environment that the server does not take
        DisplayDeclined, // the server forwards no X11
        NoDisplay, // X11 is to be forwarded, and DISPLAY names no X server of this machine
    };

    Kind kind;
    QString text;
    std::optional<hostkeys::HostKey> hostKey; // for the kinds that speak of one
    QByteArray knownHostsLine = {}; // of HostKeyKeptForRun: for ConnectionSettings::keysOfThisRun
    QString jumpHost = {}; // on the way to the server, whom it is about; empty: the server itself
};

// A host key that was refused, with everything needed to tell the user. Not a question.
struct HostKeyRefusal
{
    QString host;
    quint16 port = 22;
    QString address;
    hostkeys::HostKey key; // offered now
    hostkeys::HostKeyVerdict verdict; // Changed or Revoked; others if the policy refused
    hostkeys::HostKeyPolicy policy = hostkeys::HostKeyPolicy::Ask;
    hostkeys::TrustScope scope = {}; // where the key was looked for
    bool wasConnected = false; // it was shown at a later key exchange of a verified connection
};

class Connection final : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Connecting, VerifyingHost, Authenticating, Ready, Closed };
    Q_ENUM(State)

    // Shares its jump hosts with its twins alone.
    explicit Connection(ConnectionSettings settings, QObject *parent = nullptr);

    // Shares its jump hosts with all connections of the pool, which is used until open() returns.
    Connection(ConnectionSettings settings, RoutePool &routes,
               const std::optional<LoginMemory> &remembered = {}, QObject *parent = nullptr);

    // Answers with what is remembered of an earlier connection before it asks; see memory().
    Connection(ConnectionSettings settings, const std::optional<LoginMemory> &remembered,
               QObject *parent = nullptr);

    // The settings with the name of the local user where they have none, as the connection uses
    // them.
    static ConnectionSettings completed(ConnectionSettings settings);

    // A further connection of the same login as `twin`, which is Ready: it asks nothing, or fails.
    static std::unique_ptr<Connection> openTwin(const Connection &twin, QObject *parent = nullptr);

    // The same after that connection has closed, with what its login took: it accepts the same
    // host key only. Shares its jump hosts with all connections of the pool, if there is one.
    static std::unique_ptr<Connection> openTwin(const ConnectionSettings &settings,
                                                LoginMemory memory, RoutePool *routes = nullptr,
                                                QObject *parent = nullptr);

    // A connection with settings of its own that goes through the same jump host as `neighbor`,
    // which is Ready and has the same route: nobody logs in there a second time.
    static std::unique_ptr<Connection> makeBeside(const Connection &neighbor,
                                                  ConnectionSettings settings,
                                                  QObject *parent = nullptr);

    // Aborts and waits for nothing: the thread ends in its own time.
    ~Connection() override;

    // Starts connecting. Call it once.
    void open();

    // Says good-bye to the server if there is one. At every moment; closed() follows with Cancelled
    // if the connection was not Ready yet, with success otherwise.
    void close();

    // Ignored if the prompt was withdrawn meanwhile. Prompts and notices of the jump hosts on the
    // way are raised here too.
    void answer(Prompt::Id prompt, PromptAnswer answer);

    State state() const { return m_state; }
    const ConnectionSettings &settings() const { return m_settings; }
    const ConnectionInfo &info() const { return m_info; } // filled from Ready on

    // What the login took, for a connection that takes the place of this one: secret. From Ready
    // on, until closed() has been delivered.
    const LoginMemory &memory() const { return m_memory; }

    // These may be called before Ready: the channel opens as soon as it can. Shells and commands
    // get the environment of the settings, a shell their start-up command too.
    std::unique_ptr<Shell> openShell(const TerminalRequest &request);
    std::unique_ptr<ExecProcess> start(const ExecRequest &request);
    ChannelHandle openChannel(const ChannelRequest &request,
                              std::unique_ptr<ChannelHandler> handler);
    ChannelHandle openTunnel(const DirectTcpipRequest &request,
                             std::unique_ptr<TunnelHandler> handler);
    ServiceHandle addService(std::unique_ptr<ConnectionService> service);

signals:
    void stateChanged(ssh::Connection::State state);
    void promptRaised(const ssh::Prompt &prompt);
    void promptWithdrawn(ssh::Prompt::Id prompt);
    void noticed(const ssh::Notice &notice);
    void hostKeyRefused(const ssh::HostKeyRefusal &refusal); // closed() follows
    void agentWaitChanged(const std::optional<ssh::AgentWait> &wait); // nothing: it has answered
    // A jump host on the way, near or far, has just let us in.
    void jumpHostPassed(const ssh::ConnectionSettings &settings, const ssh::ConnectionInfo &info);
    void measured(const ssh::Vitals &vitals); // each second while it is Ready
    void closed(const base::Result<void> &reason); // once, the last signal

private:
    struct Inherited
    {
        std::optional<LoginMemory> memory;
    };
    Connection(ConnectionSettings settings, Inherited inherited, QObject *parent);
    void startLog();
    void follow(State state);
    void startRoute();
    void handleClosed(const base::Result<void> &reason);
    ChannelHandle reserveChannel();
    void openChannel(ChannelHandle::Id id, const ChannelRequest &request,
                     std::unique_ptr<ChannelHandler> handler);

    ConnectionSettings m_settings;
    ConnectionLog *m_log = nullptr; // a child; null: there is no log
    ConnectionInfo m_info;
    LoginMemory m_memory;
    std::optional<LoginMemory> m_rememberedJumpHost; // until open()
    State m_state = State::Idle;
    ChannelHandle::Id m_lastChannel = 0;
    ServiceHandle::Id m_lastService = 0;
    std::unique_ptr<RoutePool> m_ownRoutes;
    RoutePool *m_routes = nullptr; // until open()
    std::shared_ptr<JumpHost> m_jumpHost; // shared with all who lead through it
    std::unique_ptr<JumpRoute> m_jumpRoute;
    // Shared with the reaper, which keeps the thread until libssh has let go of it.
    std::shared_ptr<SessionThread> m_thread;
};

} // namespace ssh
