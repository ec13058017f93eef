// Forward: a port or socket that one side of a connection listens on, and where those who connect
// there come out at the other side. A value of profiles; forward::ForwardSet carries it out.

#pragma once

#include "base/Result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace profiles {

// A TCP port, or a Unix socket if there is a path.
struct ForwardEnd
{
    QString host; // a name or a numeric address without brackets
    quint16 port = 0;
    QString path; // absolute

    bool isPath() const { return !path.isEmpty(); }

    // "host:8080", "[::1]:8080", "8080" without a host, or the path.
    QString toString() const;

    friend bool operator==(const ForwardEnd &, const ForwardEnd &) = default;
};

// Why a text is no forward.
enum class ForwardError {
    Empty,
    NoListenPort, // or not one between 0 and 65535
    NoTarget,
    NoTargetPort, // or not one between 1 and 65535
    BadHost,
    RemoteSocket, // on the server: libssh cannot ask for one
    TooMuch, // more words than it can have
};

struct Forward
{
    enum class Kind {
        Local, // we listen, the server connects to the target
        Remote, // the server listens, we connect to the target
        Dynamic, // we listen, and each client says where to, in SOCKS
    };

    Kind kind = Kind::Local;
    // Without a host: on loopback. With "*": on all addresses. Port 0: any free one.
    ForwardEnd listen;
    ForwardEnd target; // nothing for Dynamic
    bool startsWithSession = true;

    // As behind -L, -R and -D of ssh(1): "[bind_address:]port:host:hostport", "port:/socket",
    // "/socket:host:hostport", "/socket:/socket", and the part before the target for -D. IPv6
    // addresses stand in brackets. With a blank instead of the colon before the target, as in
    // ssh_config(5) and as `ssh -G` prints it.
    static base::Result<Forward, ForwardError> parse(Kind kind, const QString &text);

    // What is wrong with it, if something is.
    std::optional<ForwardError> problem() const;

    // In the form that parse() takes.
    QString toString() const;

    // Others than this computer, or the server, can connect to what it listens on.
    bool isOpenToOthers() const;

    static std::optional<Forward> fromJson(const QJsonObject &object);
    QJsonObject toJson() const;

    friend bool operator==(const Forward &, const Forward &) = default;
};

// What is none is left out: a file may hold anything.
QList<Forward> forwardsFromJson(const QJsonArray &array);
QJsonArray toJson(const QList<Forward> &forwards);

} // namespace profiles
