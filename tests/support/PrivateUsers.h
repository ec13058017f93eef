// PrivateUsers: runs a server where /etc/passwd, shadow, group and profile are the test's own.
//
// The server starts in a user namespace in which the user who runs the test, root or not, is uid
// 1000, and in a mount namespace in which the four files are covered. It then gives up every
// capability, so a file of mode 000 is closed to it even when root runs the suite.
//
// Seen with util-linux 2.41 and OpenSSH 10.0 on Linux 6, as root and as an ordinary user:
// - both behave the same, and neither needs /run/sshd or the user `sshd` (sshd wants them only when
//   it is root);
// - password login works, because sshd without PAM reads /etc/shadow itself;
// - a pty needs a group file without "tty": sshd would change the tty to that group, which the
//   namespace does not map, and would end;
// - it is refused inside a chroot (user_namespaces(7)) and by the default profile of Docker.

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
