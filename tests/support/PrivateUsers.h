// PrivateUsers: runs a server where /etc/passwd, shadow, group and profile are the test's own.
//
// The server starts in a user namespace in which the user who runs the test, root or not, is uid
// 1000, and in a mount namespace in which the four files are covered. Where user namespaces are
// refused, in a chroot above all (user_namespaces(7)), root gets by with the mount namespace alone,
// and the login is uid 0. Either way files of the user who runs the test are the login's own, and
// the server has given up the capabilities that would open a file of mode 000.
//
// Seen with util-linux 2.41 and OpenSSH 10.0 on Linux 6, as root and as an ordinary user:
// - in a user namespace both behave the same, and neither needs /run/sshd or the user `sshd` (sshd
//   wants them, and the right to change its root and its user, only when it is root);
// - password login works, because sshd without PAM reads /etc/shadow itself;
// - a pty needs a group file without "tty": sshd would change the tty to that group, which the
//   namespace does not map, and would end;
// - the default profile of Docker refuses both kinds of namespace.

#pragma once

#include "base/Result.h"

#include <QString>
#include <QStringList>

namespace tests {

// The one user who can log in, apart from the entry for root that programs look up.
struct PrivateUser
{
    QString name;
    QString password; // empty: no password is right
    QString home; // an existing directory
    QString shell = QStringLiteral("/bin/sh");
};

class PrivateUsers final
{
public:
    // Why this machine does not allow it, in a sentence; empty if it does. Asked once per process.
    static QString whyUnavailable();

    // The login's numeric id as the server sees it; its group has the same.
    static int userId();

    // Writes the four files into `directory`.
    [[nodiscard]] static base::Result<PrivateUsers> create(const QString &directory,
                                                           const PrivateUser &user);

    // The command to run instead of `command`. It keeps its process id throughout, and gets
    // SIGTERM should the test end without stopping it.
    QStringList wrapped(const QStringList &command) const;

private:
    explicit PrivateUsers(QString directory);

    QString m_directory;
};

} // namespace tests
