// ConnectionFixture: what most tests of a connection need: a directory, a user key, and settings
// that touch nothing of the person who runs the tests.

#pragma once

#include "ssh/ConnectionSettings.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestKeys.h"

#include <QTemporaryDir>

namespace tests {

class ConnectionFixture
{
public:
    // Makes an Ed25519 key for the user.
    [[nodiscard]] base::Result<void> setUp();

    const KeyPair &userKey() const { return m_userKey; }
    QString path(const QString &name) const { return m_directory.filePath(name); }

    // Settings for `server`, whose host key is known, with no way to log in yet.
    ssh::ConnectionSettings settingsFor(const SshServer &server) const;

    // The same for any server on loopback, known by this key.
    ssh::ConnectionSettings settingsFor(quint16 port, const KeyPair &hostKey) const;

    // As settingsFor(), with the user key.
    ssh::ConnectionSettings settingsWithKey(const SshServer &server) const;

private:
    ssh::ConnectionSettings baseSettings(const QString &host, quint16 port,
                                         const QByteArray &knownHostsLine) const;

    QTemporaryDir m_directory;
    KeyPair m_userKey;
};

} // namespace tests
