#include "sftp/ServerCommand.h"

namespace sftp {
namespace {

// In the order of Debian, Fedora, SUSE and Arch, the BSDs and macOS. Quoted as a whole, so that
// login shells that are none of POSIX pass it on.
const QByteArray asRoot = QByteArrayLiteral(
    "sh -c 'for server in /usr/lib/openssh /usr/libexec/openssh /usr/lib/ssh /usr/libexec; do "
    "test -x $server/sftp-server && exec sudo -n $server/sftp-server; done; "
    "echo sftp-server was not found >&2; exit 127'");

const QByteArray sudo = QByteArrayLiteral("sudo ");

} // namespace

ssh::ChannelRequest serverRequest(const QString &command)
{
    const QByteArray words = command.trimmed().toUtf8();
    if (words.isEmpty()) {
        return ssh::SubsystemRequest{QByteArrayLiteral("sftp")};
    }
    if (words == sudo.trimmed()) {
        return ssh::ExecRequest{.command = asRoot};
    }
    if (words.startsWith(sudo)) {
        return ssh::ExecRequest{.command = sudo + "-n " + words.sliced(sudo.size())};
    }
    return ssh::ExecRequest{.command = words};
}

} // namespace sftp
