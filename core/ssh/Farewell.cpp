#include "ssh/Farewell.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace ssh {
namespace {

// What packet.c and packet_crypt.c of libssh 0.11 say when a packet is not what was sent: a wrong
// tag or code, or a length or padding that can only come from damaged bytes.
bool tellsOfDamage(const QByteArray &words)
{
    static constexpr std::array<const char *, 5> messages{
        "HMAC error", "Decryption error", "read_packet(): Packet len too high", "Invalid padding",
        "Packet too short to read padding"};
    return std::ranges::any_of(messages,
                               [&words](const char *message) { return words.startsWith(message); });
}

base::ErrorCause causeOf(const QByteArray &words)
{
    using base::ErrorCause;
    if (tellsOfDamage(words)) {
        return ErrorCause::Damaged;
    }
    if (!words.startsWith("Socket error: ")) {
        return ErrorCause::Unspecified;
    }
    if (words == "Socket error: disconnected") {
        return ErrorCause::ClosedWithoutWords;
    }
    // The kernel has given up on what it sent (TCP_USER_TIMEOUT of tcp(7)).
    const std::string timedOut = std::system_category().message(ETIMEDOUT);
    return words.endsWith(timedOut.c_str()) ? ErrorCause::NoAnswer : ErrorCause::Reset;
}

} // namespace

bool isOver(ssh_session session)
{
    return (ssh_get_status(session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0;
}

QString farewell(ssh_session session)
{
    // "Received SSH_MSG_DISCONNECT: 2:Too many authentication failures"
    const QByteArray prefix = QByteArrayLiteral("Received SSH_MSG_DISCONNECT: ");
    const QByteArray error = ssh_get_error(session);
    if (!error.startsWith(prefix)) {
        return {};
    }
    return QString::fromUtf8(error.sliced(error.indexOf(':', prefix.size()) + 1));
}

QString lastWords(ssh_session session)
{
    const QString words = farewell(session);
    return words.isEmpty() ? QString::fromUtf8(ssh_get_error(session)) : words;
}

base::Error lossOf(ssh_session session, const QString &host)
{
    base::Error error;
    error.kind = base::ErrorKind::ConnectionLost;
    error.source = base::ErrorSource::Ssh;
    error.code = ssh_get_error_code(session);
    error.operation = QStringLiteral("keep the connection");
    error.subject = host;
    error.detail = lastWords(session);
    error.quote = farewell(session);
    error.cause
        = error.quote.isEmpty() ? causeOf(ssh_get_error(session)) : base::ErrorCause::Dismissed;
    return error;
}

} // namespace ssh
