// SudoCommand: the command line that starts OpenSSH's sftp-server as another user of the server, by
// sudo(8). Used by Client; SudoDialog understands what comes back.
//
// What it prints can not be told from what login scripts, PAM modules and the like print, but for
// two marks that nobody else knows: one leads its own reports, the last of which is the last thing
// before sftp-server speaks; the other is the prompt of sudo. In the command line they stand in
// halves, so that a server which shows the command it was given shows neither.

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sftp {

struct SudoCommand
{
    QByteArray user; // see isSudoUser()
    QByteArray reportMark; // 32 hexadecimal digits
    QByteArray promptMark; // likewise

    // Draws new marks. They are used once.
    static SudoCommand forUser(const QByteArray &user);

    // For the login shell, which may be none of POSIX. First "sudo -n", which asks nothing; if that
    // is refused "sudo -S", which shows the prompt on standard error and reads one line of standard
    // input for each. It keeps no ticket for later commands ("-k").
    QByteArray line() const;
};

// What it reports, behind the mark.
namespace report {
inline constexpr QByteArrayView ready = "ready"; // the next byte is sftp-server's
inline constexpr QByteArrayView noServer = "no-server";
inline constexpr QByteArrayView noSudo = "no-sudo";
} // namespace report

// Can it be the name of a user there, or "#" and a number? Names with blanks, control characters or
// what sudo reads otherwise can not.
bool isSudoUser(QByteArrayView name);

} // namespace sftp
