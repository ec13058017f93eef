// What runs in a channel, and the two sides of it inside the connection's thread: the handler gets
// the server's bytes, the port takes ours. Shell, ExecProcess and the SFTP engine are built on
// these.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHash>

#include <optional>
#include <variant>

namespace ssh {

// What of the user's a program on the server may use.
struct ServerUse
{
    bool agent = false; // "auth-agent-req@openssh.com" of OpenSSH's PROTOCOL
    bool display = false; // "x11-req" of RFC 4254 section 6.3, if the connection offers one
};

// The display of a connection, as the server's programs get it (RFC 4254 section 6.3).
struct X11Offer
{
    QByteArray cookie; // MIT-MAGIC-COOKIE-1, in hexadecimal
    int screen = 0;
};

struct TerminalRequest // "pty-req" and "shell" of RFC 4254 sections 6.2 and 6.5
{
    QByteArray term = "xterm-256color";
    int columns = 80;
    int rows = 24;
    QHash<QByteArray, QByteArray> environment; // servers drop what AcceptEnv does not name
    ServerUse use;
};

struct ExecRequest // "exec" of RFC 4254 section 6.5
{
    QByteArray command;
    QHash<QByteArray, QByteArray> environment;
    ServerUse use;
    std::optional<TerminalRequest> terminal; // with a pty, if set
};

struct SubsystemRequest // "subsystem" of RFC 4254 section 6.5
{
    QByteArray name; // "sftp"
};

struct DirectTcpipRequest // "direct-tcpip" of RFC 4254 section 7.2: the server connects to it
{
    QByteArray host; // name or numeric address, in ASCII
    quint16 port = 0;
    QByteArray originator = "127.0.0.1"; // numeric: who wants it, for the server's log alone
    quint16 originatorPort = 0;
};

// "direct-streamlocal@openssh.com" of OpenSSH's PROTOCOL, section 2.4.
struct DirectStreamLocalRequest
{
    QByteArray path; // of a Unix socket on the server
};

struct AcceptedChannel // the server opened it, as for "forwarded-tcpip" of RFC 4254 section 7.2
{
};

using ChannelRequest = std::variant<TerminalRequest, ExecRequest, SubsystemRequest,
                                    DirectTcpipRequest, DirectStreamLocalRequest, AcceptedChannel>;

// RFC 4254 section 5.2: standard error is extended data of type 1.
enum class OutputStream { Standard, Error };

// How the program at the other end finished (RFC 4254 section 6.10).
struct ExitStatus
{
    std::optional<int> code; // absent if the server gave none
    QByteArray signal; // without "SIG"; empty if it was not killed by one

    friend bool operator==(const ExitStatus &, const ExitStatus &) = default;
};

// Who gets the channel's output first when there is more than fits: the user's typing, then the
// rest.
enum class Priority { Interactive, Bulk };

// Our side of an open channel. Lives as long as its handler; used only on the connection's thread.
class ChannelPort
{
public:
    virtual ~ChannelPort() = default;

    // Takes all of `data`. The caller keeps the queue short by looking at queuedBytes() and waiting
    // for ChannelHandler::drained().
    virtual void write(const QByteArray &data) = 0;
    virtual qsizetype queuedBytes() const = 0;

    // Lets the server send that much more. Without credit its data stay in libssh's window.
    virtual void grant(qsizetype bytes) = 0;

    virtual void sendEof() = 0; // after what is queued
    virtual void resize(int columns, int rows) = 0;
    virtual void sendSignal(const QByteArray &name) = 0; // without "SIG", RFC 4254 section 6.9
    virtual void close() = 0; // drops what is queued; finished() follows
};

// The server's side of a channel. All calls come on the connection's thread, finished() exactly
// once and last; the handler is destroyed after it. A handler must not destroy its connection from
// within a call.
class ChannelHandler
{
public:
    virtual ~ChannelHandler() = default;

    virtual Priority priority() const { return Priority::Bulk; }

    // The program runs. `port` is valid until finished() returns.
    virtual void started(ChannelPort &port) = 0;

    // At most what was granted.
    virtual void received(QByteArrayView data, OutputStream stream) = 0;

    // libssh has taken so many bytes of the queue.
    virtual void written(qsizetype bytes) { Q_UNUSED(bytes) }

    // The queue was longer than 512 KiB and is not any more.
    virtual void drained() = 0;

    // The server sends no more, and all it sent has been delivered (RFC 4254 section 5.3). The
    // channel is still open for ours.
    virtual void dataEnded() { }

    // False while it still passes on what it received: finished() waits until a call of grant()
    // finds it true.
    virtual bool isDelivered() const { return true; }

    // The channel is closed and its data delivered; or it never opened: PermissionDenied if the
    // server refused the channel (MaxSessions), ForwardingRefused if it does not forward
    // connections (AllowTcpForwarding) and Unreachable if it did not reach the target, Unsupported
    // if it refused the program, ConnectionLost, ...
    virtual void finished(const base::Result<ExitStatus> &end) = 0;
};

} // namespace ssh
