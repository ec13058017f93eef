#include "ssh/ChannelRefusal.h"

#include "ssh/Farewell.h"

namespace ssh {
namespace {

// Reason of RFC 4254 section 5.1 in "Channel opening failure: channel 44 error (1) open failed", as
// libssh 0.11 has it; 0 if there is none.
int openFailureReason(const QByteArray &words)
{
    const QByteArray before = " error (";
    const qsizetype start = words.indexOf(before);
    if (!words.startsWith("Channel opening failure: ") || start < 0) {
        return 0;
    }
    const qsizetype number = start + before.size();
    const qsizetype end = words.indexOf(')', number);
    return end < 0 ? 0 : words.sliced(number, end - number).toInt();
}

constexpr int prohibited = 1;
constexpr int connectFailed = 2;
constexpr int unknownType = 3;

// "open failed" of the same, or "Connection refused": what the server said.
QString openFailureWords(const QString &words)
{
    const qsizetype end = words.indexOf(QStringLiteral(") "));
    return end < 0 ? words : words.sliced(end + 2);
}

void explainForwarding(const DirectTcpipRequest &target, base::Error &error)
{
    const QString where
        = QStringLiteral("%1:%2").arg(QString::fromUtf8(target.host)).arg(target.port);
    error.subject = where;
    if (error.kind == base::ErrorKind::ConnectionLost) {
        return;
    }
    error.kind = base::ErrorKind::ForwardingRefused;
    const int reason = openFailureReason(error.detail.toUtf8());
    if (reason == prohibited) {
        error.detail
            = QStringLiteral("It does not forward connections to %1: AllowTcpForwarding or "
                             "PermitOpen in its sshd_config forbid it.\n%2")
                  .arg(where, error.detail);
    } else if (reason == connectFailed) {
        error.kind = base::ErrorKind::Unreachable;
    }
}

// OpenSSH's sshd gives "connect failed" as well when AllowStreamLocalForwarding forbids it.
void explainForwarding(const DirectStreamLocalRequest &target, base::Error &error)
{
    error.subject = QString::fromUtf8(target.path);
    if (error.kind == base::ErrorKind::ConnectionLost) {
        return;
    }
    error.kind = base::ErrorKind::ForwardingRefused;
    const int reason = openFailureReason(error.detail.toUtf8());
    if (reason == connectFailed) {
        error.kind = base::ErrorKind::Unreachable;
    } else if (reason == 0 || reason == unknownType) { // libssh knows that it is not OpenSSH
        error.kind = base::ErrorKind::Unsupported;
    }
}

bool wantsTerminal(const ChannelRequest &request)
{
    if (const auto *exec = std::get_if<ExecRequest>(&request)) {
        return exec->terminal.has_value();
    }
    return std::holds_alternative<TerminalRequest>(request);
}

template<typename Target>
void explain(const ChannelRequest &request, base::Error &error)
{
    if (const auto *target = std::get_if<Target>(&request)) {
        error.operation = QStringLiteral("forward a connection");
        error.quote = openFailureWords(error.detail);
        explainForwarding(*target, error);
    }
}

} // namespace

base::Error channelRefusal(const ChannelRequest &request, Refused refused, ssh_session session,
                           const QByteArray &words)
{
    const bool isRefusedChannel = refused == Refused::Opening;
    base::Error error;
    error.source = base::ErrorSource::Ssh;
    error.code = ssh_get_error_code(session);
    error.detail = QString::fromUtf8(words);
    if (isOver(session)) {
        error.kind = base::ErrorKind::ConnectionLost;
    } else {
        error.kind = isRefusedChannel || wantsTerminal(request) ? base::ErrorKind::PermissionDenied
                                                                : base::ErrorKind::Unsupported;
    }
    error.operation = isRefusedChannel ? QStringLiteral("open channel") : QStringLiteral("start");
    if (const auto *subsystem = std::get_if<SubsystemRequest>(&request)) {
        error.subject = QString::fromUtf8(subsystem->name);
    }
    explain<DirectTcpipRequest>(request, error);
    explain<DirectStreamLocalRequest>(request, error);
    return error;
}

} // namespace ssh
