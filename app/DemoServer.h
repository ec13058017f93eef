// DemoServer: a private sshd for people who have no server at hand. Made for `ponto --demo`.
//
// It listens on loopback only, lets in one key that is made for the purpose, and leads every
// session into a playground directory, which is its home as well. Keys, configuration and
// playground live in one temporary directory that goes when this object does.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace app {

class DemoServer final
{
public:
    DemoServer();
    ~DemoServer(); // stops it and removes all its files
    Q_DISABLE_COPY_MOVE(DemoServer)

    // Returns when the port accepts, after a fraction of a second: it waits for ssh-keygen and
    // sshd. Fails with NotFound if OpenSSH's server is not installed.
    [[nodiscard]] base::Result<void> start();

    // The session "Playground", in no store. Logs in without a question.
    profiles::Profile profile() const;

    // Holds the server's key, so that it is trusted without a question too.
    QString knownHostsFile() const { return path(QStringLiteral("known_hosts")); }

    QString directory() const { return m_directory.path(); }

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    base::Result<void> writeFiles() const;
    base::Result<void> writeConfig(quint16 port) const;
    base::Result<void> writeKnownHosts() const;
    base::Result<void> listen(const QString &sshd, quint16 port);
    void stop();

    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace app
