// Servers that mean harm: they get nothing, and cost neither time nor memory.

#include "ssh/ExecProcess.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/ForeignServer.h"
#include "tests/support/ProcessMemory.h"
#include "tests/support/Reason.h"
#include "tests/support/ScriptedSshServer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCause;
using base::ErrorKind;
using tests::ConnectionProbe;
using tests::ForeignServer;
using tests::reason;
using tests::SshScript;

namespace {

constexpr qint64 memoryAllowance = 20 * 1024; // KiB

} // namespace

class HostileServerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void rekeyWithTheSameKeyIsFine();
    void changedKeyAtRekeyEndsTheConnection_data();
    void changedKeyAtRekeyEndsTheConnection();
    void floodCostsNoMemory_data();
    void floodCostsNoMemory();
    void endlessLinesBeforeTheGreeting();
    void lineWithoutEnd();

private:
    ssh::ConnectionSettings settings() const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<ForeignServer> m_server;
};

void HostileServerTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    const QString lack = ForeignServer::whyUnavailable(ForeignServer::Kind::Hostile);
    if (lack.isEmpty()) {
        m_server
            = std::make_unique<ForeignServer>(ForeignServer::Kind::Hostile, m_fixture.userKey());
        const auto started = m_server->start();
        QVERIFY2(started, reason(started).constData());
    }
}

ssh::ConnectionSettings HostileServerTest::settings() const
{
    auto settings = m_fixture.settingsFor(m_server->port(), m_server->hostKey());
    settings.identityFiles = {m_fixture.userKey().privateFile};
    return settings;
}

void HostileServerTest::rekeyWithTheSameKeyIsFine()
{
    if (m_server == nullptr) {
        QSKIP("python3-paramiko is not installed");
    }
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    bool isMeasured = false;
    QCOMPARE(probe.run("rekey").standard, "done\n");
    connect(&probe.connection(), &ssh::Connection::measured, this,
            [&isMeasured] { isMeasured = true; }); // the key is compared before
    QTRY_VERIFY(isMeasured);
    QVERIFY(!probe.isClosed());
}

void HostileServerTest::changedKeyAtRekeyEndsTheConnection_data()
{
    QTest::addColumn<QByteArray>("misdeed");

    QTest::newRow("another key of the type") << QByteArray("change-host-key");
    QTest::newRow("a key of another type") << QByteArray("change-key-type");
}

void HostileServerTest::changedKeyAtRekeyEndsTheConnection()
{
    if (m_server == nullptr) {
        QSKIP("python3-paramiko is not installed");
    }
    QFETCH(QByteArray, misdeed);
    auto ownSettings = settings();
    ownSettings.hostKeyPolicy = hostkeys::HostKeyPolicy::AutoAdd; // the mildest there is
    ConnectionProbe probe(ownSettings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    const auto process = probe.connection().start({.command = misdeed});
    process->sendEof(); // the server waits for it

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::HostKeyMismatch);
    QCOMPARE(probe.error().cause, ErrorCause::ChangedWhileConnected);
    QVERIFY(probe.refusal.has_value());
    QVERIFY(probe.refusal->wasConnected);
    QVERIFY(probe.refusal->verdict.status == hostkeys::HostKeyVerdict::Status::Changed);
    QCOMPARE(probe.refusal->verdict.knownKeys.first().key.blob(),
             QByteArray::fromBase64(m_server->hostKey().publicLine.split(' ').at(1)));
}

void HostileServerTest::floodCostsNoMemory_data()
{
    QTest::addColumn<QByteArray>("misdeed");

    QTest::newRow("channels that nobody asked for") << QByteArray("flood-channels");
    QTest::newRow("global requests") << QByteArray("flood-requests");
}

void HostileServerTest::floodCostsNoMemory()
{
    if (m_server == nullptr) {
        QSKIP("python3-paramiko is not installed");
    }
    QFETCH(QByteArray, misdeed);
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.run("nothing").standard, "done\n");
    const qint64 before = support::usedMemory();

    QCOMPARE(probe.run(misdeed).standard, "done\n");

    QVERIFY(support::usedMemory() - before < memoryAllowance);
    QCOMPARE(probe.run("nothing").standard, "done\n"); // it still works
}

void HostileServerTest::endlessLinesBeforeTheGreeting()
{
    tests::ScriptedSshServer server({.opening = SshScript::Opening::EndlessLines,
                                     .foreignBanner = QByteArray(100, 'x') + "\r\n"});
    QVERIFY(server.start());
    auto ownSettings = m_fixture.settingsFor(server.port(), server.hostKey());
    ownSettings.timeouts.banner = 500ms;
    ConnectionProbe probe(ownSettings);
    const qint64 before = support::usedMemory();

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::NotAnSshServer);
    QVERIFY(support::usedMemory() - before < memoryAllowance);
}

void HostileServerTest::lineWithoutEnd()
{
    tests::ScriptedSshServer server(
        {.opening = SshScript::Opening::ForeignBanner, .foreignBanner = QByteArray(1 << 20, 'x')});
    QVERIFY(server.start());
    ConnectionProbe probe(m_fixture.settingsFor(server.port(), server.hostKey()));
    const qint64 before = support::usedMemory();

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::NotAnSshServer);
    QCOMPARE(probe.error().quote, QString(64, u'x'));
    QVERIFY(support::usedMemory() - before < memoryAllowance);
}

QTEST_GUILESS_MAIN(HostileServerTest)
#include "HostileServerTest.moc"
