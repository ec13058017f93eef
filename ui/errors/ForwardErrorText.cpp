#include "ui/errors/ForwardErrorText.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using base::ErrorKind;
using profiles::Forward;
using profiles::ForwardError;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ForwardErrorText", text);
}

QString listenText(const Forward &forward)
{
    return base::displayText(forward.listen.toString());
}

QString busyText(const Forward &forward, quint16 freePort)
{
    if (forward.listen.isPath()) {
        return tr("There is something at %1 already. Choose another path, or remove it.")
            .arg(listenText(forward));
    }
    const QString busy
        = tr("Another program listens on port %1 of this computer.").arg(forward.listen.port);
    return freePort == 0 ? tr("%1 Choose another port.").arg(busy)
                         : tr("%1 Port %2 is free.").arg(busy).arg(freePort);
}

// A program that uses this computer's port as its SOCKS proxy, and was not understood. Empty if
// that is not what happened.
QString socksRefusalText(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::ProtocolViolation:
        return tr("The program does not speak SOCKS. Set its proxy to SOCKS 5 or 4a, not to HTTP.");
    case ErrorKind::AuthenticationFailed:
        return tr("The program insists on a user name and a password, and none are needed here. "
                  "Set its proxy to SOCKS 5 without a login.");
    case ErrorKind::Unsupported:
        return tr("The program asked for UDP or for a port of the server. SSH carries nothing but "
                  "connections to a host.");
    case ErrorKind::InvalidName:
        return tr("The program asked for an address that is none.");
    default:
        return {};
    }
}

} // namespace

QString forwardErrorText(ForwardError error)
{
    switch (error) {
    case ForwardError::Empty:
    case ForwardError::NoListenPort:
        return tr("Where to listen must be a port from 0 to 65535, with an address and a colon in "
                  "front of it perhaps, or a path that begins with a slash.");
    case ForwardError::NoTarget:
        return tr("The target must be a host and a port, or a path that begins with a slash.");
    case ForwardError::NoTargetPort:
        return tr("The port of the target must be a number from 1 to 65535.");
    case ForwardError::BadHost:
        return tr("This is no name of a host, no address and no path that could be used.");
    case ForwardError::RemoteSocket:
        return tr("Ponto can have a server listen on ports only, not on sockets.");
    case ForwardError::TooMuch:
        break;
    }
    return tr("There are too many colons: an IPv6 address stands in brackets.");
}

QString forwardFailureText(const Forward &forward, const base::Error &failure, quint16 freePort)
{
    switch (failure.kind) {
    case ErrorKind::AlreadyExists:
        return busyText(forward, freePort);
    case ErrorKind::PermissionDenied:
        return forward.listen.isPath()
            ? tr("You may not make a socket at %1.").arg(listenText(forward))
            : tr("Only the administrator may listen on port %1. Choose one from 1024 up.")
                  .arg(forward.listen.port);
    case ErrorKind::NotFound:
        return tr("There is no folder for the socket %1.").arg(listenText(forward));
    case ErrorKind::InvalidName:
        return tr("“%1” is no numeric address. To listen, it must be one of this computer.")
            .arg(base::displayText(forward.listen.host));
    case ErrorKind::ForwardingRefused:
        return tr("The server does not listen on port %1: it is in use there, or "
                  "AllowTcpForwarding or PermitListen in its sshd_config forbid it.")
            .arg(forward.listen.port);
    default:
        return tr("Could not listen on %1: %2")
            .arg(listenText(forward), base::displayText(failure.detail));
    }
}

QString forwardRefusalText(const Forward &forward, const base::Error &refusal)
{
    const QString target = base::displayText(refusal.subject);
    const bool isHere = forward.kind == Forward::Kind::Remote;
    if (forward.kind == Forward::Kind::Dynamic) {
        if (const QString text = socksRefusalText(refusal.kind); !text.isEmpty()) {
            return text;
        }
    }
    switch (refusal.kind) {
    case ErrorKind::ForwardingRefused:
        return tr("The server does not allow connections to %1: AllowTcpForwarding or PermitOpen "
                  "in its sshd_config forbid it.")
            .arg(target);
    case ErrorKind::Unsupported:
        return tr("The server cannot forward connections to sockets such as %1.").arg(target);
    case ErrorKind::TimedOut:
        return isHere ? tr("%1 did not answer in time.").arg(target)
                      : tr("The server did not reach %1 in time.").arg(target);
    case ErrorKind::HostNotFound:
        return tr("There is no host named %1.").arg(target);
    case ErrorKind::ConnectionLost:
        return tr("The connection to the server was lost.");
    default:
        break;
    }
    const QString words = base::displayText(refusal.quote);
    if (isHere) {
        return tr("Nobody accepts connections at %1, seen from this computer.").arg(target);
    }
    return words.isEmpty() ? tr("The server did not reach %1.").arg(target)
                           : tr("The server did not reach %1: “%2”.").arg(target, words);
}

QString forwardWarningText(const Forward &forward)
{
    if (!forward.isOpenToOthers()) {
        return {};
    }
    switch (forward.kind) {
    case Forward::Kind::Remote:
        return tr("Whoever reaches port %1 of the server comes out at %2.")
            .arg(forward.listen.port)
            .arg(base::displayText(forward.target.toString()));
    case Forward::Kind::Dynamic:
        return tr("Whoever reaches port %1 of this computer can go anywhere the server can, "
                  "without a password.")
            .arg(forward.listen.port);
    case Forward::Kind::Local:
        break;
    }
    return tr("Whoever reaches port %1 of this computer comes out at %2.")
        .arg(forward.listen.port)
        .arg(base::displayText(forward.target.toString()));
}

} // namespace ui
