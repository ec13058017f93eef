// CommandLine: what the user asked for on the command line, as a value. Used by Application, which
// does it.
//
// Arguments are bytes: names of files need not be UTF-8. Nothing here looks at files or settings.

#pragma once

#include "base/ProxyAddress.h"
#include "base/Result.h"
#include "hostkeys/HostKey.h"
#include "hostkeys/HostKeyPolicy.h"
#include "keys/KeyGenerator.h"
#include "profiles/Forward.h"
#include "profiles/LoginOrder.h"
#include "ssh/ConnectionSettings.h"
#include "ssh/LogLevel.h"
#include "synchronize/SyncPlan.h"
#include "synchronize/TreeComparison.h"
#include "transfer/TransferRequest.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <variant>

namespace app {

// What overrides the saved session, or the address.
struct ConnectionOptions
{
    QString user; // empty if not given
    std::optional<quint16> port;
    QStringList identityFiles;
    QStringList knownHostsFiles;
    std::optional<hostkeys::HostKeyPolicy> hostKeyPolicy;
    bool hashKnownHosts = false;
    std::optional<std::chrono::seconds> connectTimeout;
    bool useAgent = true;
    bool useDefaultKeys = true;
    std::optional<profiles::LoginOrder> loginOrder;
    bool useStoredSecrets = true;
    bool compress = false;
    std::optional<std::chrono::seconds> keepAlive; // 0: never
    QStringList ciphers; // in order; empty if not given
    QString sftpServer; // empty if not given

    // Names of saved sessions, or addresses, in the order they are passed. Empty: none, not even
    // the saved ones.
    std::optional<QStringList> jumpHosts;
    std::optional<base::ProxyAddress> proxy;
    QString proxyCommand; // empty if not given

    friend bool operator==(const ConnectionOptions &, const ConnectionOptions &) = default;
};

// TARGET:PATH, or an sftp: URL, which holds both.
struct RemoteFile
{
    QString target; // name of a saved session, address or URL
    QByteArray path; // empty, or relative to the home directory, or absolute

    friend bool operator==(const RemoteFile &, const RemoteFile &) = default;
};

struct WindowRequest
{
    QString target; // empty: no connection yet
    bool wantsOwnProgram = false; // although one with a window runs already
};

struct DemoRequest
{
};

struct ExecRequest
{
    QString target;
    QByteArray command; // for the login shell of the user on the server, words joined by blanks
    std::optional<ssh::CommandTerminal> terminal = {}; // absent: as OpenSSH's configuration says
};

// exec on many servers: each target once, those that are named first, then those of the file, then
// those of the group and those with the tag.
struct BatchRequest
{
    QStringList targets;
    QByteArray hostsFile; // empty: none; "-": standard input
    QString group; // of saved sessions, with the groups below it; empty: none
    QString tag; // of saved sessions; empty: none
    QByteArray command; // as for ExecRequest
    int mostAtOnce = 32;
    int stopAfter = 0; // failures; 0: never
    int stopAfterPercent = 0; // of the servers have failed; 0: never
    int canary = 0; // so many servers go first; 0: none
    std::chrono::seconds timeLimit{}; // of the command on each; 0: none
    bool isJson = false;
    bool isDryRun = false; // tells what would be run where
};

// How get and put copy.
struct TransferOptions
{
    std::optional<quint64> bytesPerSecond; // at most
    std::optional<int> connections; // for large files, at most; absent: as the session says
    bool printsSummary = false; // as JSON, on standard output
    bool resume = false; // what an earlier, interrupted copy has left
    bool verify = false; // contents, before a file gets its name
    bool flush = false; // to the disk, before a file gets its name
    bool preserve = false; // owner, group, and all of directories
    int retries = 3; // after the connection was lost
    transfer::LinkChoice links = transfer::LinkChoice::Copy;

    friend bool operator==(const TransferOptions &, const TransferOptions &) = default;
};

struct GetRequest
{
    QList<RemoteFile> sources; // of one target, not empty
    QByteArray destination; // a directory, or the name for a single source
    TransferOptions options;
};

struct PutRequest
{
    QByteArrayList sources; // not empty
    RemoteFile destination; // a directory, or the name for a single source
    TransferOptions options;
};

// Of this computer or of a server.
struct SyncDirectory
{
    QString target; // as in RemoteFile; empty: this computer
    QByteArray path; // here: as the operating system has it

    bool isLocal() const { return target.isEmpty(); }

    friend bool operator==(const SyncDirectory &, const SyncDirectory &) = default;
};

struct SyncRequest
{
    SyncDirectory source;
    SyncDirectory target; // not both of this computer
    TransferOptions options;
    synchronize::ComparisonOptions comparison;
    synchronize::SyncRules rules; // the source is the left side
    bool isDryRun = false; // tells what would be done
    bool watches = false; // goes on until a signal comes
};

struct ForwardRequest
{
    QString target;
    QList<profiles::Forward> forwards; // empty: those of the session
};

struct ProxyRequest
{
    QString session; // of the running Ponto, as the user calls it
    QByteArray host; // in ASCII
    quint16 port = 0;
};

struct ListRequest
{
    RemoteFile file;
};

struct KnownHostsRequest
{
    enum class Action { Check, Find, List, Add, Remove };

    Action action = Action::List;
    QString host = {}; // without brackets; empty for List
    std::optional<quint16> port = std::nullopt;
    std::optional<hostkeys::HostKey> key = std::nullopt; // present for Check and Add
};

struct KeysRequest
{
    enum class Action { List, Generate, Install };

    Action action = Action::List;
    QString operand = {}; // the new file of Generate, the target of Install
    keys::KeyRequest key = {}; // for Generate
    bool isJson = false; // for List
};

struct ListProfilesRequest
{
};

struct HelpRequest
{
};

struct VersionRequest
{
};

// Why the arguments make no sense, in one sentence that is safe to print.
struct UsageError
{
    QString sentence;
};

struct CommandLine
{
    using Request = std::variant<WindowRequest, DemoRequest, ExecRequest, BatchRequest, GetRequest,
                                 PutRequest, SyncRequest, ForwardRequest, ProxyRequest, ListRequest,
                                 KnownHostsRequest, KeysRequest, ListProfilesRequest, HelpRequest,
                                 VersionRequest>;

    Request request;
    ConnectionOptions connection;
    QString configDirectory; // empty: the user's
    ssh::LogLevel logLevel = ssh::LogLevel::Error;
    QString logFile; // empty: none
    bool isLogLevelGiven = false;

    // Of what is kept, rather than printed: there is no use for errors alone.
    ssh::LogLevel keptLogLevel() const { return isLogLevelGiven ? logLevel : ssh::LogLevel::Info; }

    bool needsWindow() const;

    // A window, and nothing that a program which has one would have to do differently for this.
    bool canBeHandedOver() const;

    // `arguments` without the name of the program. What follows the first "--" is no option: the
    // command of exec, file names of the other verbs. What QtOptions knows is left to Qt, which has
    // it from main(), and is refused with a verb.
    static base::Result<CommandLine, UsageError> parse(const QByteArrayList &arguments);

    // What --help prints.
    static QString helpText();

private:
    static base::Result<CommandLine, UsageError> parseOwn(const QByteArrayList &arguments);
};

} // namespace app
