// Host keys against a real sshd: every verdict under every policy.

#include "hostkeys/Fingerprint.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QTest>

using base::ErrorKind;
using hostkeys::HostKeyPolicy;
using Status = hostkeys::HostKeyVerdict::Status;
using tests::answering;
using tests::ConnectionProbe;
using tests::KeyType;
using tests::reason;

class HostVerificationTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void knownKeyAsksNothing();
    void unknownKeyIsAskedAbout();
    void acceptOnceStoresNothing();
    void acceptAndSaveIsKnownToSsh();
    void cancelEndsTheConnection();
    void rejectRefusesUnknown();
    void warnAcceptsAndStoresNothing();
    void autoAddStores();
    void changedKeyIsRefused_data();
    void changedKeyIsRefused();
    void revokedKeyIsRefused_data();
    void revokedKeyIsRefused();
    void otherTypeIsItsOwnVerdict_data();
    void otherTypeIsItsOwnVerdict();
    void knownTypeIsAskedForFirst();
    void knownTypeIsAskedForFirst_data();
    void aliasIsLookedForAndStored();
    void hashedNamesAreStoredIfAsked();
    void authorityIsToldAndNeverStored();
    void keyThatNoFileTakesHoldsForTheRun();
    void unreadableFileIsNotAnUnknownHost();

private:
    ssh::ConnectionSettings settings(HostKeyPolicy policy) const;
    void writeKnownHosts(const QByteArray &content) const;
    QByteArray readKnownHosts() const;

    tests::KeyPair m_userKey;
    std::unique_ptr<tests::SshServer> m_server;
    QTemporaryDir m_directory;
};

void HostVerificationTest::initTestCase()
{
    const auto key = tests::generateKey(m_directory.filePath(QStringLiteral("id_ed25519")));
    QVERIFY2(key, reason(key).constData());
    m_userKey = *key;
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions()
            .withHostKeys({KeyType::Ed25519, KeyType::Ecdsa, KeyType::Rsa})
            .withAuthorizedKey(m_userKey.publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
}

void HostVerificationTest::init()
{
    QFile::remove(m_directory.filePath(QStringLiteral("known_hosts")));
}

ssh::ConnectionSettings HostVerificationTest::settings(HostKeyPolicy policy) const
{
    ssh::ConnectionSettings settings;
    settings.host = m_server->address();
    settings.port = m_server->port();
    settings.user = m_server->userName();
    settings.identityFiles = {m_userKey.privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {m_directory.filePath(QStringLiteral("known_hosts"))};
    settings.hostKeyPolicy = policy;
    return settings;
}

void HostVerificationTest::writeKnownHosts(const QByteArray &content) const
{
    QFile file(m_directory.filePath(QStringLiteral("known_hosts")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray HostVerificationTest::readKnownHosts() const
{
    QFile file(m_directory.filePath(QStringLiteral("known_hosts")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void HostVerificationTest::knownKeyAsksNothing()
{
    writeKnownHosts(m_server->knownHostsLine(KeyType::Ed25519));
    ConnectionProbe probe(settings(HostKeyPolicy::Reject));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.prompts.isEmpty());
    QVERIFY(probe.notices.isEmpty());
    QCOMPARE(probe.connection().info().hostKey->blob(),
             m_server->hostKey(KeyType::Ed25519).publicBlob());
}

void HostVerificationTest::unknownKeyIsAskedAbout()
{
    ConnectionProbe probe(settings(HostKeyPolicy::Ask));
    probe.setAnswerer([](const ssh::Prompt &) { return std::nullopt; });
    probe.connection().open();

    QTRY_COMPARE(probe.prompts.size(), 1);
    const auto *question = std::get_if<ssh::HostKeyQuestion>(&probe.prompts.first().question);
    QVERIFY(question != nullptr);
    QCOMPARE(question->host, m_server->address());
    QCOMPARE(question->port, m_server->port());
    QCOMPARE(question->address, m_server->address());
    QCOMPARE(question->verdict.status, Status::Unknown);
    QCOMPARE(question->key.blob(), m_server->hostKey(KeyType::Ed25519).publicBlob());

    probe.connection().close();
    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
    QCOMPARE(probe.withdrawn, QList{probe.prompts.first().id});
}

void HostVerificationTest::acceptOnceStoresNothing()
{
    ConnectionProbe probe(settings(HostKeyPolicy::Ask));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(readKnownHosts(), QByteArray());
}

void HostVerificationTest::acceptAndSaveIsKnownToSsh()
{
    ConnectionProbe probe(settings(HostKeyPolicy::Ask));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptAndSave));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(readKnownHosts(), m_server->knownHostsLine(KeyType::Ed25519));
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::HostKeyStored);
}

void HostVerificationTest::cancelEndsTheConnection()
{
    ConnectionProbe probe(settings(HostKeyPolicy::Ask)); // refuses every prompt

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
    QCOMPARE(probe.closeCount(), 1);
    QCOMPARE(readKnownHosts(), QByteArray());
}

void HostVerificationTest::rejectRefusesUnknown()
{
    ConnectionProbe probe(settings(HostKeyPolicy::Reject));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::HostKeyUnknown);
    QVERIFY(probe.refusal);
    QVERIFY(probe.error().detail.contains(hostkeys::Fingerprint(probe.refusal->key).sha256()));
    QVERIFY(probe.prompts.isEmpty());
}

void HostVerificationTest::warnAcceptsAndStoresNothing()
{
    for (int time = 0; time < 2; ++time) {
        ConnectionProbe probe(settings(HostKeyPolicy::Warn));

        QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
        QCOMPARE(probe.notices.size(), 1);
        QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::HostKeyNotStored);
        QCOMPARE(readKnownHosts(), QByteArray());
    }
}

void HostVerificationTest::autoAddStores()
{
    ConnectionProbe probe(settings(HostKeyPolicy::AutoAdd));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(readKnownHosts(), m_server->knownHostsLine(KeyType::Ed25519));

    ConnectionProbe again(settings(HostKeyPolicy::Reject));
    QVERIFY2(again.connectAndWait(), qPrintable(again.error().detail));
}

namespace {

void addPolicies()
{
    QTest::addColumn<HostKeyPolicy>("policy");
    QTest::newRow("reject") << HostKeyPolicy::Reject;
    QTest::newRow("warn") << HostKeyPolicy::Warn;
    QTest::newRow("auto-add") << HostKeyPolicy::AutoAdd;
    QTest::newRow("ask") << HostKeyPolicy::Ask;
}

} // namespace

void HostVerificationTest::changedKeyIsRefused_data()
{
    addPolicies();
}

void HostVerificationTest::changedKeyIsRefused()
{
    QFETCH(HostKeyPolicy, policy);
    const auto other = tests::generateKey(m_directory.filePath(QStringLiteral("other")));
    QVERIFY2(other, reason(other).constData());
    const QByteArray name = m_server->knownHostsLine(KeyType::Ed25519).split(' ').first();
    writeKnownHosts("# comment\n" + name + ' ' + other->publicLine + '\n');
    ConnectionProbe probe(settings(policy));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptAndSave));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::HostKeyMismatch);
    QVERIFY(probe.prompts.isEmpty());
    QVERIFY(probe.refusal);
    QCOMPARE(probe.refusal->verdict.status, Status::Changed);
    QCOMPARE(probe.refusal->verdict.decidedBy->line, 2);
    QCOMPARE(probe.refusal->verdict.knownKeys.first().key.blob(), other->publicBlob());
}

void HostVerificationTest::revokedKeyIsRefused_data()
{
    addPolicies();
}

void HostVerificationTest::revokedKeyIsRefused()
{
    QFETCH(HostKeyPolicy, policy);
    const QByteArray line = m_server->knownHostsLine(KeyType::Ed25519);
    writeKnownHosts(line + "@revoked " + line);
    ConnectionProbe probe(settings(policy));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptAndSave));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::HostKeyMismatch);
    QVERIFY(probe.prompts.isEmpty());
    QCOMPARE(probe.refusal->verdict.status, Status::Revoked);
}

void HostVerificationTest::otherTypeIsItsOwnVerdict_data()
{
    addPolicies();
}

void HostVerificationTest::otherTypeIsItsOwnVerdict()
{
    QFETCH(HostKeyPolicy, policy);
    // ECDSA of 384 bits is the type that we know; the server has none.
    const auto ecdsa = tests::generateKey(m_directory.filePath(QStringLiteral("ecdsa")),
                                          {.type = KeyType::Ecdsa, .bits = 384});
    QVERIFY2(ecdsa, reason(ecdsa).constData());
    const QByteArray name = m_server->knownHostsLine(KeyType::Ed25519).split(' ').first();
    writeKnownHosts(name + ' ' + ecdsa->publicLine + '\n');
    ConnectionProbe probe(settings(policy));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce));

    QCOMPARE(probe.connectAndWait(), policy == HostKeyPolicy::Ask);
    if (policy == HostKeyPolicy::Ask) {
        const auto &question = std::get<ssh::HostKeyQuestion>(probe.prompts.first().question);
        QCOMPARE(question.verdict.status, Status::OtherType);
        QCOMPARE(question.verdict.knownKeys.first().key.type(), QByteArray("ecdsa-sha2-nistp384"));
    } else {
        QCOMPARE(probe.error().kind, ErrorKind::HostKeyUnknown);
        QCOMPARE(probe.refusal->verdict.status, Status::OtherType);
    }
}

void HostVerificationTest::knownTypeIsAskedForFirst_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::newRow("Ed25519") << KeyType::Ed25519;
    QTest::newRow("ECDSA") << KeyType::Ecdsa;
    QTest::newRow("RSA") << KeyType::Rsa;
}

void HostVerificationTest::knownTypeIsAskedForFirst()
{
    QFETCH(KeyType, type);
    writeKnownHosts(m_server->knownHostsLine(type));
    ConnectionProbe probe(settings(HostKeyPolicy::Reject));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().hostKey->blob(), m_server->hostKey(type).publicBlob());
}

// HostKeyAlias of ssh_config(5): the name alone, without the port.
void HostVerificationTest::aliasIsLookedForAndStored()
{
    const QByteArray line = m_server->knownHostsLine(KeyType::Ed25519);
    const QByteArray aliased = "cluster" + line.sliced(line.indexOf(' '));
    auto changed = settings(HostKeyPolicy::AutoAdd);
    changed.hostKeyAlias = QStringLiteral("Cluster");
    ConnectionProbe probe(changed);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(readKnownHosts(), aliased);

    changed.hostKeyPolicy = HostKeyPolicy::Reject;
    ConnectionProbe again(changed);
    QVERIFY2(again.connectAndWait(), qPrintable(again.error().detail));
}

void HostVerificationTest::hashedNamesAreStoredIfAsked()
{
    auto changed = settings(HostKeyPolicy::AutoAdd);
    changed.hashKnownHosts = true;
    ConnectionProbe probe(changed);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(readKnownHosts().startsWith("|1|"));

    ConnectionProbe again(settings(HostKeyPolicy::Reject));
    QVERIFY2(again.connectAndWait(), qPrintable(again.error().detail));
}

void HostVerificationTest::authorityIsToldAndNeverStored()
{
    const QByteArray line = "@cert-authority * " + m_userKey.publicLine + '\n';
    writeKnownHosts(line);
    ConnectionProbe probe(settings(HostKeyPolicy::AutoAdd));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::AuthorityNotChecked);
    QCOMPARE(readKnownHosts(), line);
}

void HostVerificationTest::keyThatNoFileTakesHoldsForTheRun()
{
    auto changed = settings(HostKeyPolicy::AutoAdd);
    changed.knownHostsFiles = {QStringLiteral("/dev/null")};
    ConnectionProbe probe(changed);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::HostKeyKeptForRun);

    changed.keysOfThisRun = probe.notices.first().knownHostsLine;
    ConnectionProbe again(changed);
    QVERIFY2(again.connectAndWait(), qPrintable(again.error().detail));
    QVERIFY(again.notices.isEmpty());

    const auto other = tests::generateKey(m_directory.filePath(QStringLiteral("run")));
    QVERIFY2(other, reason(other).constData());
    const QByteArray name = changed.keysOfThisRun.split(' ').first();
    changed.keysOfThisRun = name + ' ' + other->publicLine + '\n';
    ConnectionProbe contradicted(changed);
    QVERIFY(!contradicted.connectAndWait());
    QCOMPARE(contradicted.error().kind, ErrorKind::HostKeyMismatch);
}

void HostVerificationTest::unreadableFileIsNotAnUnknownHost()
{
    auto changed = settings(HostKeyPolicy::AutoAdd);
    changed.knownHostsFiles = {m_directory.path()};
    ConnectionProbe probe(changed);

    QVERIFY(!probe.connectAndWait());
    QVERIFY2(probe.error().subject.contains(m_directory.path()), qPrintable(probe.error().subject));
}

QTEST_GUILESS_MAIN(HostVerificationTest)

#include "HostVerificationTest.moc"
