// SshServer: a real OpenSSH sshd for one test, on loopback, with its own keys, user and home.
//
// sshd runs in the foreground with PrivateUsers, so the only login is `tester`, whose home and
// profile are empty and ours. Where the machine refuses namespaces, it runs as the user who runs
// the test, who is then also the login: keys work, passwords do not, and the home directory is
// real.
//
// Seen with OpenSSH 10.0 (Debian 13):
// - "Server listening" is logged after listen(), so the port accepts from then on;
// - every connection is one child of sshd: sshd-session since 9.8, sshd before; from 10.0 sshd-auth
//   is below it until login;
// - keyboard-interactive needs PAM: sshd offers none here. ScriptedSshServer has it;
// - authorized_keys is read at each login, so authorize() works on a running server;
// - seen from inside, files of the user who runs the test belong to userId().

#pragma once

#include "base/Result.h"
#include "tests/support/SshServerOptions.h"
#include "tests/support/TestKeys.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace tests {

class SshServer final
{
public:
    explicit SshServer(SshServerOptions options = {});
    ~SshServer(); // stops it and removes all its files
    Q_DISABLE_COPY_MOVE(SshServer)

    // Why there is no password login here, in a sentence; empty if there is.
    static QString whyNoPasswords();

    // Returns when the port accepts. After stop(), starts again on the same port.
    [[nodiscard]] base::Result<void> start();

    // Ends the server and all its sessions, as a reboot would.
    void stop();

    // Stops, makes new host keys and starts on the same port: a changed host key for clients.
    [[nodiscard]] base::Result<void> restartWithNewHostKeys();

    QString address() const { return m_options.address(); }
    quint16 port() const { return m_port; } // 0 before the first start()
    QString userName() const;
    int userId() const; // what `id -u` says after login

    // Where tests put files for the server; the login's home directory as well, unless
    // whyNoPasswords() says something.
    QString home() const;

    // Valid after start(), for the types in the options.
    KeyPair hostKey(KeyType type) const;
    QByteArray knownHostsLine(KeyType type) const; // "[127.0.0.1]:2222 ssh-ed25519 AAAA...\n"

    // Adds a line to authorized_keys, from the next login on.
    [[nodiscard]] base::Result<void> authorize(const QByteArray &line);

    QByteArray logText() const; // all of standard error so far, level VERBOSE

    // Connections being served, those before login included.
    qsizetype sessionCount() const;

    // Signals to every process that serves a connection, the user's shell and commands included.
    void killSessions(); // SIGKILL: the kernel closes the sockets, nothing is said in SSH
    void freezeSessions(); // SIGSTOP: connections stay open and silent
    void thawSessions(); // SIGCONT

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    base::Result<void> makeHostKeys();
    base::Result<void> writeAuthorizedKeys() const;
    base::Result<void> writeConfig(quint16 port) const;
    base::Result<QStringList> command() const;
    base::Result<void> startOn(quint16 port);
    void signalSessions(int signal) const;

    SshServerOptions m_options;
    QTemporaryDir m_directory;
    QList<KeyPair> m_hostKeys; // in the order of m_options.hostKeys()
    std::unique_ptr<QProcess> m_process;
    quint16 m_port = 0;
};

} // namespace tests
