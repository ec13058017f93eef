// ForeignServer: an SSH server that is not OpenSSH's, for one test, on loopback: what Ponto meets
// on small devices, at hosting companies and in scripts.
//
// Each has an Ed25519 host key, lets `tester` in by the key that it was given, and serves SFTP on
// the files of the user who runs the test.
//
// Seen with dropbear 2022.83, ProFTPD 1.3.8, AsyncSSH 2.20 and Paramiko 3.5:
// - dropbear has no SFTP of its own: it runs OpenSSH's sftp-server;
// - mod_sftp wants its authorized keys in the format of RFC 4716;
// - those that are made of Python are scripts in tests/support/foreign; Hostile is Paramiko too,
//   serves no files, and misbehaves in the way that the command of an exec request names.

#pragma once

#include "base/Result.h"
#include "tests/support/TestKeys.h"

#include <QStringList>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace tests {

class ForeignServer final
{
public:
    enum class Kind { Dropbear, ProFtpd, AsyncSsh, Paramiko, Hostile };

    // Why there is no such server here, in a sentence; empty if there is.
    static QString whyUnavailable(Kind kind);

    // `userKey` may log in.
    ForeignServer(Kind kind, KeyPair userKey);
    ~ForeignServer(); // stops it and removes all its files
    Q_DISABLE_COPY_MOVE(ForeignServer)

    // Returns when the server has said who it is.
    [[nodiscard]] base::Result<void> start();

    quint16 port() const { return m_port; }
    QString home() const { return path(QStringLiteral("home")); } // where a login starts
    const KeyPair &hostKey() const { return m_hostKey; }

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    base::Result<QStringList> command() const;
    base::Result<QStringList> dropbear() const;
    base::Result<QStringList> proftpd() const;
    base::Result<QStringList> script(const QString &name) const;
    base::Result<QStringList> asTester(const QStringList &command) const;

    Kind m_kind;
    KeyPair m_userKey;
    KeyPair m_hostKey;
    QTemporaryDir m_directory;
    std::unique_ptr<QProcess> m_process;
    quint16 m_port = 0;
};

} // namespace tests
