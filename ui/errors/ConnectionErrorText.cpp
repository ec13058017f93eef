#include "ui/errors/ConnectionErrorText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <utility>

namespace ui {
namespace {

using base::ErrorCause;
using base::ErrorKind;

constexpr qsizetype quotedCharacters = 200;
constexpr qsizetype namedAddresses = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ErrorText", text);
}

QString quoted(const QString &words)
{
    const QString text = base::displayText(words);
    return text.size() > quotedCharacters ? text.first(quotedCharacters) + u'…' : text;
}

// One line per address becomes "a; b; c".
QString addressList(const QString &lines)
{
    QStringList addresses = lines.split(u'\n', Qt::SkipEmptyParts);
    const qsizetype rest = addresses.size() - namedAddresses;
    if (rest > 0) {
        addresses.resize(namedAddresses);
        addresses.append(tr("and %1 more").arg(rest));
    }
    return base::displayText(addresses.join(QStringLiteral("; ")));
}

QString withAddresses(const QString &sentence, const base::Error &error)
{
    return error.quote.isEmpty()
        ? sentence
        : sentence.chopped(1) + QStringLiteral(": %1.").arg(addressList(error.quote));
}

ConnectionExplanation explainTimeout(const base::Error &error)
{
    return {withAddresses(tr("The server did not answer in time."), error),
            tr("Check address and port, and whether a firewall is in between.")};
}

ConnectionExplanation explainUnreachable(const base::Error &error)
{
    if (error.cause == ErrorCause::Refused) {
        return {withAddresses(tr("The host refuses connections on this port."), error),
                tr("Check the port, and that an SSH server is running there.")};
    }
    return {
        withAddresses(tr("The host could not be reached, or refuses connections there."), error),
        tr("Check the network and the port, and that an SSH server is running.")};
}

ConnectionExplanation explainLoss(const base::Error &error)
{
    const QString again = tr("Reconnect when the network and the server are back.");
    switch (error.cause) {
    case ErrorCause::NoAnswer:
        return {tr("The server does not answer any more."), again};
    case ErrorCause::Reset:
        return {tr("The connection was reset, by the network or by the other side."), again};
    case ErrorCause::ClosedWithoutWords:
        return {tr("The server closed the connection without giving a reason."),
                tr("Reconnect. If it happens again, ask whoever runs the server.")};
    case ErrorCause::ClosedBeforeGreeting:
        return {error.quote.isEmpty()
                    ? tr("The server closed the connection before it said anything.")
                    : tr("The server closed the connection with: “%1”.").arg(quoted(error.quote)),
                tr("It may have too many logins pending, or block this address for a while after "
                   "failed ones. Wait a minute, then try again.")};
    case ErrorCause::Dismissed:
        return {tr("The server ended the connection with: “%1”.").arg(quoted(error.quote)),
                tr("Ask whoever runs the server, or try again later.")};
    case ErrorCause::Damaged:
        return {tr("What arrived was damaged or tampered with: it failed the check of its "
                   "integrity. Nothing of it was used."),
                tr("Reconnect. If it happens again, something between here and the server changes "
                   "the data.")};
    case ErrorCause::JumpHostLost:
        return {tr("The jump host %1 on the way was lost.").arg(quoted(error.quote)), again};
    case ErrorCause::ProxyCommandEnded:
        return {tr("The proxy command ended: “%1”.").arg(quoted(error.quote)), again};
    case ErrorCause::Slept:
        return {tr("The connection did not survive that this computer was suspended."),
                tr("Reconnect to go on.")};
    default:
        return {tr("The connection was lost."), again};
    }
}

ConnectionExplanation explainHostKeyMismatch(const base::Error &error)
{
    const QString advice = tr("Ask whoever runs the server before you trust it again.");
    if (error.cause == ErrorCause::ChangedWhileConnected) {
        return {tr("The server showed another host key in the middle of the connection."), advice};
    }
    return {tr("The server's host key is not the one that is known for it."), advice};
}

ConnectionExplanation explainHostKeyUnknown(const base::Error &error)
{
    const QString advice = tr("Compare its fingerprint with one you trust, then accept it.");
    if (error.quote.isEmpty()) {
        return {tr("The server's host key is not known, and was not accepted."), advice};
    }
    return {tr("The server's host key is not known, and was not accepted: %1.")
                .arg(quoted(error.quote)),
            advice};
}

ConnectionExplanation explainForeignServer(const base::Error &error)
{
    const QString advice = tr("Check the port: SSH usually has 22.");
    if (error.quote.isEmpty()) {
        return {tr("What answered there is no SSH server."), advice};
    }
    return {tr("What answered there is no SSH server: it said “%1”.").arg(quoted(error.quote)),
            advice};
}

ConnectionExplanation explainMismatch(const base::Error &error)
{
    static constexpr std::array<std::pair<ErrorCause, const char *>, 5> sentences{{
        {ErrorCause::KeyExchange,
         QT_TRANSLATE_NOOP(
             "ui::ErrorText",
             "Ponto and the server have no key exchange in common: it offers only %1.")},
        {ErrorCause::HostKeyAlgorithm,
         QT_TRANSLATE_NOOP(
             "ui::ErrorText",
             "Ponto and the server have no type of host key in common: it offers only "
             "%1.")},
        {ErrorCause::Cipher,
         QT_TRANSLATE_NOOP("ui::ErrorText",
                           "Ponto and the server have no cipher in common: it offers only %1.")},
        {ErrorCause::MessageCode,
         QT_TRANSLATE_NOOP(
             "ui::ErrorText",
             "Ponto and the server have no integrity check (MAC) in common: it offers "
             "only %1.")},
        {ErrorCause::Compression,
         QT_TRANSLATE_NOOP(
             "ui::ErrorText",
             "Ponto and the server have no compression in common: it offers only %1.")},
    }};
    const QString advice
        = tr("The server is probably very old: it needs an update. Until then, the session's "
             "setting “Old devices” may help.");
    for (const auto &[cause, sentence] : sentences) {
        if (error.cause == cause && !error.quote.isEmpty()) {
            const QString offered = QString(error.quote).replace(u',', QStringLiteral(", "));
            return {tr(sentence).arg(quoted(offered)), advice};
        }
    }
    return {tr("Ponto and the server have no common way to encrypt."), advice};
}

// The proxies and jump hosts between here and the server.
ConnectionExplanation explainRoute(const base::Error &error)
{
    switch (error.kind) {
    case ErrorKind::ForwardingRefused:
        return {tr("The jump host %1 does not forward connections there.").arg(quoted(error.quote)),
                tr("Whoever runs it can allow that (AllowTcpForwarding and PermitOpen in its "
                   "sshd_config).")};
    case ErrorKind::ProxyRefused:
        return {tr("The proxy did not make the connection: “%1”.").arg(quoted(error.quote)),
                tr("Check kind, address and port of the proxy, and what it allows.")};
    case ErrorKind::ProxyCommandFailed:
        return {tr("The proxy command made no connection: “%1”.").arg(quoted(error.quote)),
                tr("Try it in a terminal.")};
    default:
        return {tr("There is no way to it: %1.").arg(quoted(error.quote)),
                tr("Edit the route of the session.")};
    }
}

} // namespace

bool isOfConnection(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::TimedOut:
    case ErrorKind::HostNotFound:
    case ErrorKind::Unreachable:
    case ErrorKind::ConnectionLost:
    case ErrorKind::HostKeyMismatch:
    case ErrorKind::HostKeyUnknown:
    case ErrorKind::NotAnSshServer:
    case ErrorKind::NoCommonAlgorithm:
    case ErrorKind::AuthenticationFailed:
    case ErrorKind::ForwardingRefused:
    case ErrorKind::ProxyRefused:
    case ErrorKind::ProxyCommandFailed:
    case ErrorKind::RouteUnusable:
        return true;
    default:
        return false;
    }
}

bool endedConnection(const base::Error &error)
{
    return error.cause == ErrorCause::ChangedWhileConnected
        || (error.kind == ErrorKind::ConnectionLost
            && error.cause != ErrorCause::ClosedBeforeGreeting);
}

ConnectionExplanation explainConnection(const base::Error &error)
{
    switch (error.kind) {
    case ErrorKind::TimedOut:
        return explainTimeout(error);
    case ErrorKind::HostNotFound:
        return {tr("There is no host of this name."),
                tr("Check the spelling, and that you are on the right network.")};
    case ErrorKind::Unreachable:
        return explainUnreachable(error);
    case ErrorKind::ConnectionLost:
        return explainLoss(error);
    case ErrorKind::HostKeyMismatch:
        return explainHostKeyMismatch(error);
    case ErrorKind::HostKeyUnknown:
        return explainHostKeyUnknown(error);
    case ErrorKind::NotAnSshServer:
        return explainForeignServer(error);
    case ErrorKind::NoCommonAlgorithm:
        return explainMismatch(error);
    case ErrorKind::ForwardingRefused:
    case ErrorKind::ProxyRefused:
    case ErrorKind::ProxyCommandFailed:
    case ErrorKind::RouteUnusable:
        return explainRoute(error);
    default:
        return {tr("The server did not accept the login."),
                tr("Check the user name, and the keys or the password.")};
    }
}

} // namespace ui
