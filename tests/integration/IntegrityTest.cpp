// One bit that is flipped on the way (CVE-2026-59847 is a libssh that does not notice under
// AES-GCM): no byte may arrive wrong, and the connection ends with a reason that says so.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SlowLink.h"

#include <QTest>

using namespace Qt::StringLiterals;
using profiles::AlgorithmList;
using tests::ConnectionProbe;
using tests::reason;

class IntegrityTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void flippedBitEndsTheConnection_data();
    void flippedBitEndsTheConnection();

private:
    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
};

void IntegrityTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
}

void IntegrityTest::flippedBitEndsTheConnection_data()
{
    QTest::addColumn<QString>("cipher");
    QTest::addColumn<QString>("mac");
    QTest::addColumn<qint64>("offset");

    const QStringList macs{u"hmac-sha2-256-etm@openssh.com"_s, u"hmac-sha2-256"_s};
    for (const qint64 offset : {qint64(100'000), qint64(1'000'003), qint64(1'500'017)}) {
        const QByteArray at = " at " + QByteArray::number(offset);
        for (const QString &cipher : {u"aes128-gcm@openssh.com"_s, u"aes256-gcm@openssh.com"_s,
                                      u"chacha20-poly1305@openssh.com"_s}) {
            QTest::newRow((cipher.toLatin1() + at).constData()) << cipher << macs.first() << offset;
        }
        for (const QString &mac : macs) {
            QTest::newRow(("aes256-ctr and " + mac.toLatin1() + at).constData())
                << u"aes256-ctr"_s << mac << offset;
        }
    }
}

void IntegrityTest::flippedBitEndsTheConnection()
{
    QFETCH(QString, cipher);
    QFETCH(QString, mac);
    QFETCH(qint64, offset);
    tests::SlowLink link(m_server->address(), m_server->port());
    QVERIFY(link.start());
    auto settings = m_fixture.settingsFor(link.port(), m_server->hostKey(tests::KeyType::Ed25519));
    settings.user = m_server->userName();
    settings.identityFiles = {m_fixture.userKey().privateFile};
    settings.transport.list(AlgorithmList::Cipher) = {cipher};
    settings.transport.list(AlgorithmList::Mac) = {mac};
    ConnectionProbe probe(settings);
    link.flipBit(tests::SlowLink::Direction::ToClient, offset);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    const QByteArray received = probe.run("head -c 3000000 /dev/zero").standard;

    QVERIFY(received.size() < offset);
    QCOMPARE(received, QByteArray(received.size(), '\0'));
    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, base::ErrorKind::ConnectionLost);
    QVERIFY2(probe.error().cause == base::ErrorCause::Damaged, qPrintable(probe.error().detail));
}

QTEST_GUILESS_MAIN(IntegrityTest)
#include "IntegrityTest.moc"
