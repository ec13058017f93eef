// Algorithms, compression, rekeying and the signs of life, against a real sshd.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using profiles::AlgorithmList;
using tests::ConnectionProbe;
using tests::reason;

class TransportOptionsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void ownOrderOfCiphersWins();
    void negotiationIsTold();
    void compressionStartsAfterTheLogin();
    void rekeyLimitIsKept();
    void oldDeviceNeedsThePreset();
    void roundTripIsMeasured();
    void hostKeyIsTrustedByALine();

private:
    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
};

void TransportOptionsTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions()
            .withAuthorizedKey(m_fixture.userKey().publicLine)
            .withConfigLines({u"LogLevel DEBUG1"_s, u"Compression delayed"_s}));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
}

void TransportOptionsTest::ownOrderOfCiphersWins()
{
    for (const QString &cipher :
         {u"aes256-ctr"_s, u"chacha20-poly1305@openssh.com"_s, u"aes256-gcm@openssh.com"_s}) {
        auto settings = m_fixture.settingsWithKey(*m_server);
        settings.transport.list(AlgorithmList::Cipher) = {cipher, u"aes128-ctr"_s};
        ConnectionProbe probe(settings);
        QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
        QCOMPARE(probe.connection().info().cipherIn, cipher);
        QCOMPARE(probe.connection().info().cipherOut, cipher);
    }
}

// sshd of OpenSSH has strict key exchange since 9.6.
void TransportOptionsTest::negotiationIsTold()
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.transport.list(AlgorithmList::Cipher) = {u"aes256-ctr"_s};
    settings.transport.list(AlgorithmList::Mac) = {u"hmac-sha2-512"_s};
    settings.transport.list(AlgorithmList::KeyExchange) = {u"ecdh-sha2-nistp256"_s};
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const ssh::ConnectionInfo &info = probe.connection().info();
    QCOMPARE(info.keyExchange, u"ecdh-sha2-nistp256"_s);
    QCOMPARE(info.negotiation.hostKeyAlgorithm, u"ssh-ed25519"_s);
    QCOMPARE(info.negotiation.macOut, u"hmac-sha2-512"_s);
    QCOMPARE(info.negotiation.macIn, u"hmac-sha2-512"_s);
    QCOMPARE(info.negotiation.compressionOut, u"none"_s);
    QCOMPARE(info.negotiation.isStrict, true);
}

void TransportOptionsTest::compressionStartsAfterTheLogin()
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.transport.compress = true;
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().negotiation.compressionIn, u"zlib@openssh.com"_s);
    quint64 received = 0;
    connect(&probe.connection(), &ssh::Connection::measured, this,
            [&received](const ssh::Vitals &vitals) { received = vitals.bytesReceived; });
    QCOMPARE(probe.run("head -c 4000000 /dev/zero").standard, QByteArray(4'000'000, '\0'));
    QTRY_VERIFY(received > 0);
    QVERIFY2(received < 1'000'000, qPrintable(QString::number(received)));
}

void TransportOptionsTest::rekeyLimitIsKept()
{
    const auto rekeyings
        = [this] { return m_server->logText().count("SSH2_MSG_NEWKEYS received"); };
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.transport.rekeyBytes = 1 << 20;
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const qsizetype before = rekeyings();
    QCOMPARE(probe.run("head -c 8000000 /dev/zero").standard, QByteArray(8'000'000, '\0'));
    QVERIFY2(rekeyings() - before >= 3, m_server->logText().right(2000).constData());
    QCOMPARE(probe.run("echo alive").standard, "alive\n");
}

void TransportOptionsTest::oldDeviceNeedsThePreset()
{
    tests::SshServer server(tests::SshServerOptions()
                                .withHostKeys({tests::KeyType::Rsa})
                                .withAuthorizedKey(m_fixture.userKey().publicLine)
                                .withConfigLines({u"Ciphers aes128-cbc"_s, u"MACs hmac-sha1"_s,
                                                  u"KexAlgorithms diffie-hellman-group14-sha1"_s,
                                                  u"HostKeyAlgorithms ssh-rsa"_s}));
    const auto started = server.start();
    QVERIFY2(started, reason(started).constData());
    auto settings = m_fixture.settingsFor(server.port(), server.hostKey(tests::KeyType::Rsa));
    settings.user = server.userName();
    settings.identityFiles = {m_fixture.userKey().privateFile};
    ConnectionProbe modern(settings);
    QVERIFY(!modern.connectAndWait());
    QCOMPARE(modern.error().kind, base::ErrorKind::NoCommonAlgorithm);

    settings.transport.preset = profiles::AlgorithmPreset::OldDevices;
    ConnectionProbe old(settings);
    QVERIFY2(old.connectAndWait(), qPrintable(old.error().detail));
    QCOMPARE(old.connection().info().cipherIn, u"aes128-cbc"_s);
    QCOMPARE(old.connection().info().negotiation.hostKeyAlgorithm, u"ssh-rsa"_s);
    QCOMPARE(old.run("echo hello").standard, "hello\n");
}

void TransportOptionsTest::roundTripIsMeasured()
{
    ConnectionProbe probe(m_fixture.settingsWithKey(*m_server));
    QSignalSpy measured(&probe.connection(), &ssh::Connection::measured);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(measured.wait(5000));
    const auto vitals = measured.last().first().value<ssh::Vitals>();
    QVERIFY(vitals.roundTrip && *vitals.roundTrip > 0us && *vitals.roundTrip < 1s);
    QVERIFY(vitals.bytesSent > 0);
    QCOMPARE(vitals.channels, 0);
}

void TransportOptionsTest::hostKeyIsTrustedByALine()
{
    const auto settings = m_fixture.settingsWithKey(*m_server);
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto line = probe.connection().info().trustedBy;
    QVERIFY(line.has_value());
    QCOMPARE(line->file, settings.knownHostsFiles.first());
    QCOMPARE(line->line, 1);
}

QTEST_GUILESS_MAIN(TransportOptionsTest)
#include "TransportOptionsTest.moc"
