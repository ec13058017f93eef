#include "tests/support/PrivateUsers.h"

#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>

#include <crypt.h>
#include <unistd.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace tests {
namespace {

base::Result<void> writeFile(const QString &path, const QString &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.flush()) {
        return base::Failure(
            base::Error{.operation = u"write"_s, .subject = path, .detail = file.errorString()});
    }
    return {};
}

// The shadow file's field. "*" fits no password, and unlike "!" does not lock the account, which
// would refuse keys as well (sshd(8), "locked").
QString passwordField(const QString &password)
{
    if (password.isEmpty()) {
        return u"*"_s;
    }
    crypt_data work = {};
    return QString::fromLatin1(crypt_r(password.toUtf8().constData(), "$6$forthetests", &work));
}

// How a process gets files in /etc that nobody else sees.
enum class Isolation {
    UserNamespace, // for every user, but not in a chroot (user_namespaces(7))
    MountNamespace, // for root, wherever it may mount
    None,
};

// The shell script that becomes the command in "$@", in a root directory whose mounts stay its own.
//
// `unshare --mount` sees to that by making "/" private, which fails in a chroot: its root is no
// mount point, and what is mounted there may show up in the system around it. /proc is a mount
// point, so that is made private, and a second view of the root is put into one of its directories.
QString privateRootScript()
{
    return u"set -e; "
           "mount --make-rprivate /proc; "
           "mount --rbind --make-rprivate / /proc/sys; "
           "exec chroot /proc/sys \"$@\""_s;
}

// The shell script that covers the files in $0 and becomes the command in "$@".
//
// It also covers /var/log, where root's sshd would record the logins. Of root's capabilities it
// leaves those with which sshd confines the unprivileged half of itself, and the one to write to
// the audit log, without which sshd ends when it gives out a pty.
QString coveringScript()
{
    return u"set -e; "
           "for name in passwd shadow group profile; do "
           "    mount --bind \"$0/$name\" \"/etc/$name\"; "
           "done; "
           "mount -t tmpfs tmpfs /var/log; "
           "exec setpriv --ambient-caps=-all --inh-caps=-all --pdeathsig=TERM "
           "    --bounding-set=-all,+setuid,+setgid,+sys_chroot,+audit_write \"$@\""_s;
}

// What comes in front of a command to run it where mounts are its own.
QStringList launcher(Isolation isolation)
{
    switch (isolation) {
    case Isolation::UserNamespace:
        return {u"unshare"_s,          u"--user"_s,      u"--map-user=1000"_s,
                u"--map-group=1000"_s, u"--keep-caps"_s, u"--mount"_s};
    case Isolation::MountNamespace:
        return {u"unshare"_s, u"--mount"_s, u"--propagation"_s,  u"unchanged"_s,
                u"sh"_s,      u"-c"_s,      privateRootScript(), u"sh"_s};
    case Isolation::None:
        break;
    }
    return {};
}

// Why `isolation` is refused here; empty if it is not.
QString refusal(Isolation isolation)
{
    const QStringList words = launcher(isolation)
        + QStringList{u"mount"_s, u"--bind"_s, u"/etc/passwd"_s, u"/etc/passwd"_s};
    const ToolResult result = runTool({.program = words.first(), .arguments = words.sliced(1)});
    return result.exitStatus == 0 ? QString() : QString::fromUtf8(result.errors).trimmed();
}

// The first one that this machine allows. Asked once per process.
Isolation isolation()
{
    static const Isolation allowed = [] {
        if (refusal(Isolation::UserNamespace).isEmpty()) {
            return Isolation::UserNamespace;
        }
        const bool mayMount = geteuid() == 0 && refusal(Isolation::MountNamespace).isEmpty();
        return mayMount ? Isolation::MountNamespace : Isolation::None;
    }();
    return allowed;
}

} // namespace

PrivateUsers::PrivateUsers(QString directory)
    : m_directory(std::move(directory))
{
}

QString PrivateUsers::whyUnavailable()
{
    if (isolation() != Isolation::None) {
        return {};
    }
    static const QString reason
        = u"it takes user namespaces, or root and its right to mount; here: "_s
        + refusal(Isolation::UserNamespace);
    return reason;
}

int PrivateUsers::userId()
{
    return isolation() == Isolation::MountNamespace ? 0 : 1000;
}

base::Result<PrivateUsers> PrivateUsers::create(const QString &directory, const PrivateUser &user)
{
    // The login comes before root: where both are uid 0, it is the one whose name programs print.
    const QString login
        = u"%1:x:%2:%2::%3:%4\n"_s.arg(user.name).arg(userId()).arg(user.home, user.shell);
    const QString others = u"root:x:0:0::/:/bin/sh\nsshd:x:65534:65534::/run/sshd:/bin/false\n"_s;
    const std::pair<QString, QString> files[] = {
        {u"passwd"_s, login + others},
        {u"shadow"_s, user.name + u':' + passwordField(user.password) + u":19000:0:99999:7:::\n"_s},
        {u"group"_s, u"%1:x:%2:\nroot:x:0:\n"_s.arg(user.name).arg(userId())},
        {u"profile"_s, u"PS1='$ '\n"_s},
    };
    for (const auto &[name, text] : files) {
        if (const auto written = writeFile(QDir(directory).filePath(name), text); !written) {
            return base::Failure(written.error());
        }
    }
    return PrivateUsers(directory);
}

QStringList PrivateUsers::wrapped(const QStringList &command) const
{
    return launcher(isolation()) + QStringList{u"sh"_s, u"-c"_s, coveringScript(), m_directory}
    + command;
}

} // namespace tests
