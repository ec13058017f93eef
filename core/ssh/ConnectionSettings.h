// ConnectionSettings: everything a connection needs to know before it starts. A value, copied to
// its thread.

#pragma once

#include "base/AddressFamily.h"
#include "base/SecretString.h"
#include "hostkeys/HostKeyPolicy.h"
#include "hostkeys/TrustScope.h"
#include "profiles/Forward.h"
#include "profiles/LoginOrder.h"
#include "profiles/Transport.h"
#include "ssh/LogLevel.h"
#include "ssh/Route.h"

#include <QByteArray>
#include <QHash>
#include <QLatin1StringView>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

namespace logging {
class SessionLog;
}

namespace ssh {

struct Timeouts
{
    std::chrono::milliseconds connect{15'000}; // name resolution and TCP, all addresses together
    std::chrono::milliseconds banner{15'000}; // from TCP until the server has said "SSH-2.0-"
    std::chrono::milliseconds keyExchange{30'000};
    std::chrono::milliseconds login{
        60'000}; // per answer of the server; waiting for a person has no limit
    std::chrono::milliseconds channel{15'000}; // opening a channel and starting what runs in it
    std::chrono::milliseconds keepAlive{
        30'000}; // silence after which the server is asked; 0: never

    friend bool operator==(const Timeouts &, const Timeouts &) = default;
};

// Of a program on the server, by name. A server drops what its AcceptEnv does not name.
using Variables = QHash<QByteArray, QByteArray>;

// Does a command that is run without a window get a terminal on the server?
enum class CommandTerminal {
    Never,
    LikeOurs, // if our standard input is one
    Always,
};

// Where a connection tells what it does. No difference between settings: two connections share a
// login on their jump host though each has a log of its own; the first one's tells of it.
struct LogTarget
{
    std::shared_ptr<logging::SessionLog> log; // shared with who shows it; null: nowhere

    friend bool operator==(const LogTarget &, const LogTarget &) { return true; }
};

struct ConnectionSettings
{
    QString host; // name or address, no brackets
    QString typedHost; // the alias that a configuration gave it for; empty: `host` was typed
    quint16 port = 22;
    QString user; // empty: the name of the local user

    QStringList
        identityFiles; // tried first, in this order; a FILE-cert.pub beside one is used with it
    QStringList certificateFiles; // each is used with the key that it is about, wherever that is
    bool useAgent = true;
    bool useDefaultKeys = true; // ~/.ssh/id_*
    bool identitiesOnly = false; // of the agent's keys only those that identityFiles name
    QList<QByteArray> onlyAgentKeys; // of the agent's keys only these blobs; empty: all
    QString agentSocket; // as IdentityAgent of ssh_config(5): a path, "none", "$NAME"; empty: what
                         // keys::agentLocations() finds
    profiles::LoginOrder loginOrder = profiles::defaultLoginOrder();

    QStringList knownHostsFiles; // the first is written to; empty: ~/.ssh/known_hosts
    QStringList globalKnownHostsFiles = hostkeys::standardGlobalFiles(); // only read
    QByteArray keysOfThisRun; // lines of a known_hosts file: keys that no file could take
    QString hostKeyAlias; // the name to look for and to store, instead of host and port
    bool hashKnownHosts = false; // hash stored names, also where the file's own are not
    hostkeys::HostKeyPolicy hostKeyPolicy = hostkeys::HostKeyPolicy::Ask;

    profiles::Transport transport; // but its keep-alive: that is resolved here
    Timeouts timeouts;
    int keepAliveCount = 3; // ServerAliveCountMax of ssh_config(5)
    LogLevel logLevel = LogLevel::Error; // on standard error
    LogTarget log;

    Variables environment; // of shells and commands
    QString startupCommand; // instead of the login shell, in a terminal; empty: the shell
    QString terminalType; // TERM of shells, as TerminalChoice has it; empty: the usual one
    CommandTerminal commandTerminal = CommandTerminal::Never;
    bool forwardsAgent = false; // programs on the server may use our SSH agent
    bool asksForAgent = false; // each time they do: AgentUseQuestion
    QString forwardedAgent; // which, in the form of agentSocket; empty: that one
    bool forwardsX11 = false; // programs on the server may show windows on the display of DISPLAY
    QString sftpServer; // a command, or "sudo"; empty: the subsystem. As in profiles::Profile

    Route route;
    base::AddressFamily addressFamily = base::AddressFamily::Any;
    QString bindAddress; // of ours, to connect from; numeric; empty: the system's choice

    QList<profiles::Forward> forwards; // for who owns the connection: forward::ForwardSet
    bool endsOnForwardFailure = false; // for the same: ExitOnForwardFailure of ssh_config(5)

    // Two connections that lead through jump hosts with equal settings share one login there.
    friend bool operator==(const ConnectionSettings &, const ConnectionSettings &) = default;
};

// Where such a connection looks for the key of its server. An alias is looked up without a port, as
// ssh does (HostKeyAlias in ssh_config(5)).
hostkeys::TrustScope trustScope(const ConnectionSettings &settings);

// What one connection of a login learned, so that a further one to the same server asks nobody.
struct LoginMemory
{
    enum class Use {
        Twin, // beside the first connection: a question that is left is a failure
        Reconnect, // after it: the host key is verified anew, and what is left is asked
    };

    Use use = Use::Twin;
    QByteArray
        hostKeyBlob; // the key that was verified: the second connection accepts this one only
    QString method; // that let us in: "publickey", "password", ... (RFC 4252 names)
    base::SecretString password; // if that was the method
    QHash<QString, base::SecretString> passphrases; // by path of the key file
    base::SecretString proxyPassword; // that the proxy on the way accepted, if it wanted one
    // What the jump host on the way took, if there is one. Shared by copies, never changed.
    std::shared_ptr<const LoginMemory> jumpHost = nullptr;

    // Enough to log in again with nobody there, as far as can be told: a person's answers to the
    // server's questions are not kept, and one-time codes are worth nothing later.
    bool isEnough() const
    {
        const bool needsSecret = method == QLatin1StringView("password")
            || method == QLatin1StringView("keyboard-interactive");
        return !hostKeyBlob.isEmpty() && (!needsSecret || !password.isEmpty())
            && (jumpHost == nullptr || jumpHost->isEnough());
    }

    LoginMemory withoutSecrets() const { return {use, hostKeyBlob, method, {}, {}, {}, nullptr}; }
};

} // namespace ssh
