// SshServerOptions: how an SshServer differs from its default, which is: key login only, Ed25519
// host key, SFTP, forwarding allowed, 127.0.0.1, a free port.

#pragma once

#include "tests/support/TestKeys.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <optional>

namespace tests {

class SshServerOptions final
{
public:
    // In the order of HostKey lines. One key of each type at most.
    SshServerOptions &withHostKeys(QList<KeyType> types);

    // Turns password login on. Needs SshServer::whyNoPasswords() to be empty.
    SshServerOptions &withPassword(QString password);

    // One line of authorized_keys, options in front allowed. May be called repeatedly.
    SshServerOptions &withAuthorizedKey(QByteArray line);
    SshServerOptions &withoutPublicKeyLogin();

    // sshd_config's AuthenticationMethods, for example "publickey,password".
    SshServerOptions &withAuthenticationMethods(QString methods);

    SshServerOptions &withMaxSessions(int sessions); // per connection; 0 allows no session at all
    SshServerOptions &withMaxStartups(QString startups); // sshd_config's syntax, "10:30:60"
    SshServerOptions &withoutSftp();
    SshServerOptions &withSftpCommand(QString command); // runs instead of sshd's own SFTP server
    SshServerOptions &withBanner(QByteArray text); // sent before login
    SshServerOptions &withoutTcpForwarding();
    SshServerOptions &withAddress(QString address); // default "127.0.0.1"; or "::1"
    SshServerOptions &withPort(quint16 port); // default: a free one
    SshServerOptions &withShell(QString shell); // default "/bin/sh"

    // Variables for sshd itself, besides PATH and LANG.
    SshServerOptions &withEnvironment(QProcessEnvironment environment);

    // Lines of sshd_config that win over all others: sshd takes the first of two. No Match blocks.
    SshServerOptions &withConfigLines(QStringList lines);

    QList<KeyType> hostKeys() const { return m_hostKeys; }
    QString password() const { return m_password; }
    QByteArrayList authorizedKeys() const { return m_authorizedKeys; }
    QByteArray banner() const { return m_banner; }
    QString address() const { return m_address; }
    std::optional<quint16> port() const { return m_port; }
    QString shell() const { return m_shell; }
    QProcessEnvironment environment() const { return m_environment; }

    // The lines of sshd_config that depend on these options alone, without files and port.
    QStringList configLines() const;

private:
    QList<KeyType> m_hostKeys{KeyType::Ed25519};
    QString m_password;
    QByteArrayList m_authorizedKeys;
    bool m_publicKeyLogin = true;
    QString m_authenticationMethods;
    int m_maxSessions = 10;
    QString m_maxStartups = QStringLiteral("1000");
    QString m_sftpCommand = QStringLiteral("internal-sftp");
    QByteArray m_banner;
    bool m_tcpForwarding = true;
    QString m_address = QStringLiteral("127.0.0.1");
    std::optional<quint16> m_port;
    QString m_shell = QStringLiteral("/bin/sh");
    QProcessEnvironment m_environment;
    QStringList m_configLines;
};

} // namespace tests
