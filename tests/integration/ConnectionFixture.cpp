#include "tests/integration/ConnectionFixture.h"

#include <QFile>

namespace tests {

base::Result<void> ConnectionFixture::setUp()
{
    const auto key = generateKey(path(QStringLiteral("id_ed25519")));
    if (!key) {
        return base::Failure(key.error());
    }
    m_userKey = *key;
    return {};
}

ssh::ConnectionSettings ConnectionFixture::settingsFor(const SshServer &server) const
{
    auto settings
        = baseSettings(server.address(), server.port(), server.knownHostsLine(KeyType::Ed25519));
    settings.user = server.userName();
    return settings;
}

ssh::ConnectionSettings ConnectionFixture::settingsFor(quint16 port, const KeyPair &hostKey) const
{
    const QByteArray line
        = "[127.0.0.1]:" + QByteArray::number(port) + ' ' + hostKey.publicLine + '\n';
    auto settings = baseSettings(QStringLiteral("127.0.0.1"), port, line);
    settings.user = QStringLiteral("tester");
    return settings;
}

ssh::ConnectionSettings ConnectionFixture::settingsWithKey(const SshServer &server) const
{
    auto settings = settingsFor(server);
    settings.identityFiles = {m_userKey.privateFile};
    return settings;
}

ssh::ConnectionSettings ConnectionFixture::baseSettings(const QString &host, quint16 port,
                                                        const QByteArray &knownHostsLine) const
{
    ssh::ConnectionSettings settings;
    settings.host = host;
    settings.port = port;
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {path(QStringLiteral("known_hosts"))};
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    QFile file(settings.knownHostsFiles.first());
    if (file.open(QIODevice::WriteOnly)) {
        file.write(knownHostsLine);
    }
    return settings;
}

} // namespace tests
