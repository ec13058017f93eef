// How connecting fails and ends: each failure its own kind, and cancel at every moment.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/ScriptedSshServer.h"
#include "tests/support/SlowLink.h"
#include "tests/support/SshServer.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCause;
using base::ErrorKind;
using tests::ConnectionProbe;
using tests::reason;
using tests::SshScript;
using State = ssh::Connection::State;

class ConnectFailureTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void unknownName();
    void refusedPort();
    void silentServerTimesOut();
    void foreignServerIsQuoted();
    void closedAtOnce();
    void tooManyPendingLogins();
    void noCommonAlgorithm_data();
    void noCommonAlgorithm();
    void disconnectedWithText();
    void disconnectedAtTheOnlyAttempt();
    void stalledKeyExchangeTimesOut();
    void cancelWhileConnecting();
    void cancelInEachState_data();
    void cancelInEachState();
    void destroyedWhileConnecting();
    void killedServerEndsTheConnection();
    void silentServerIsNoticed();
    void closeOfAReadyConnectionIsNoError();

private:
    ssh::ConnectionSettings settingsFor(quint16 port) const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
};

void ConnectFailureTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
}

ssh::ConnectionSettings ConnectFailureTest::settingsFor(quint16 port) const
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.host = u"127.0.0.1"_s;
    settings.port = port;
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Warn;
    return settings;
}

void ConnectFailureTest::unknownName()
{
    auto settings = settingsFor(22);
    settings.host = u"no-such-host.invalid"_s;
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::HostNotFound);
    QCOMPARE(probe.error().subject, u"no-such-host.invalid"_s);
}

void ConnectFailureTest::refusedPort()
{
    QTcpServer placeholder;
    QVERIFY(placeholder.listen(QHostAddress::LocalHost));
    const quint16 port = placeholder.serverPort();
    placeholder.close();
    ConnectionProbe probe(settingsFor(port));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::Unreachable);
    QVERIFY2(probe.error().detail.contains(u"Connection refused"_s),
             qPrintable(probe.error().detail));
    QCOMPARE(probe.error().cause, ErrorCause::Refused);
}

void ConnectFailureTest::silentServerTimesOut()
{
    tests::ScriptedSshServer server({.opening = SshScript::Opening::Silence});
    QVERIFY(server.start());
    auto settings = settingsFor(server.port());
    settings.timeouts.banner = 200ms;
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::TimedOut);
}

void ConnectFailureTest::foreignServerIsQuoted()
{
    tests::ScriptedSshServer server({.opening = SshScript::Opening::ForeignBanner});
    QVERIFY(server.start());
    auto settings = settingsFor(server.port());
    settings.timeouts.banner = 2s;
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::NotAnSshServer);
    QVERIFY2(probe.error().detail.startsWith(u"HTTP/1.1 400"_s), qPrintable(probe.error().detail));
    QCOMPARE(probe.error().quote, u"HTTP/1.1 400 Bad Request"_s);
}

void ConnectFailureTest::closedAtOnce()
{
    tests::ScriptedSshServer server({.opening = SshScript::Opening::CloseAtOnce});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server.port()));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(probe.error().cause, ErrorCause::ClosedBeforeGreeting);
}

// One login is pending for as long as the test holds its socket open, and more sshd does not take.
void ConnectFailureTest::tooManyPendingLogins()
{
    tests::SshServer server(tests::SshServerOptions().withMaxStartups(u"1:100:1"_s));
    const auto started = server.start();
    QVERIFY2(started, reason(started).constData());
    QTcpSocket pending;
    pending.connectToHost(server.address(), server.port());
    QTRY_VERIFY(pending.bytesAvailable() > 0); // its greeting: it counts from now on
    ConnectionProbe probe(settingsFor(server.port()));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(probe.error().cause, ErrorCause::ClosedBeforeGreeting);
    QCOMPARE(probe.error().quote, u"Not allowed at this time"_s); // OpenSSH 9.8 and newer
}

void ConnectFailureTest::noCommonAlgorithm_data()
{
    QTest::addColumn<QString>("configLines");
    QTest::addColumn<ErrorCause>("cause");
    QTest::addColumn<QString>("offered");

    QTest::newRow("cipher") << u"Ciphers 3des-cbc"_s << ErrorCause::Cipher << u"3des-cbc"_s;
    QTest::newRow("key exchange") << u"KexAlgorithms diffie-hellman-group1-sha1"_s
                                  << ErrorCause::KeyExchange << u"diffie-hellman-group1-sha1"_s;
    QTest::newRow("host key") << u"HostKeyAlgorithms ssh-rsa"_s << ErrorCause::HostKeyAlgorithm
                              << u"ssh-rsa"_s;
    QTest::newRow("MAC") << u"Ciphers aes256-ctr\nMACs hmac-md5"_s << ErrorCause::MessageCode
                         << u"hmac-md5"_s;
    QTest::newRow("several ciphers")
        << u"Ciphers aes128-cbc,3des-cbc"_s << ErrorCause::Cipher << u"aes128-cbc,3des-cbc"_s;
}

void ConnectFailureTest::noCommonAlgorithm()
{
    QFETCH(QString, configLines);
    QFETCH(ErrorCause, cause);
    QFETCH(QString, offered);
    tests::SshServer server(tests::SshServerOptions()
                                .withHostKeys({tests::KeyType::Rsa})
                                .withConfigLines(configLines.split(u'\n')));
    const auto started = server.start();
    QVERIFY2(started, reason(started).constData());
    ConnectionProbe probe(settingsFor(server.port()));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::NoCommonAlgorithm);
    QCOMPARE(probe.error().cause, cause);
    // A server that can be strict adds markers to its list of key exchanges (PROTOCOL of OpenSSH).
    QVERIFY2(probe.error().quote.startsWith(offered), qPrintable(probe.error().quote));
}

void ConnectFailureTest::disconnectedWithText()
{
    tests::ScriptedSshServer server(
        {.stages = {{tests::LoginMethod::Password}}, .disconnectText = "Closed for today"});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server.port()));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    QVERIFY2(probe.error().detail.contains(u"Closed for today"_s),
             qPrintable(probe.error().detail));
    QCOMPARE(probe.error().cause, ErrorCause::Dismissed);
    QCOMPARE(probe.error().quote, u"Closed for today"_s);
}

// With words at the same moment as above, but here it is the login that was refused.
void ConnectFailureTest::disconnectedAtTheOnlyAttempt()
{
    tests::SshServer server(tests::SshServerOptions().withConfigLines({u"MaxAuthTries 1"_s}));
    const auto started = server.start();
    QVERIFY2(started, reason(started).constData());
    ConnectionProbe probe(settingsFor(server.port()));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY(probe.connection().info().loginTrace.endedByTooManyFailures());
}

void ConnectFailureTest::stalledKeyExchangeTimesOut()
{
    tests::SlowLink link(m_server->address(), m_server->port());
    QVERIFY(link.start());
    auto settings = settingsFor(link.port());
    settings.timeouts.banner = 300ms;
    settings.timeouts.keyExchange = 300ms;
    ConnectionProbe probe(settings);
    link.stall();

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::TimedOut);
}

void ConnectFailureTest::cancelWhileConnecting()
{
    ConnectionProbe probe(settingsFor(m_server->port()));
    probe.connection().open();
    probe.connection().close();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
    QCOMPARE(probe.closeCount(), 1);
    QCOMPARE(probe.connection().state(), State::Closed);
}

void ConnectFailureTest::cancelInEachState_data()
{
    QTest::addColumn<State>("moment");

    QTest::newRow("connecting") << State::Connecting;
    QTest::newRow("verifying the host") << State::VerifyingHost;
    QTest::newRow("logging in") << State::Authenticating;
}

void ConnectFailureTest::cancelInEachState()
{
    QFETCH(State, moment);
    ConnectionProbe probe(settingsFor(m_server->port()));
    connect(&probe.connection(), &ssh::Connection::stateChanged, &probe,
            [&probe, moment](State state) {
                if (state == moment) {
                    probe.connection().close();
                }
            });
    probe.connection().open();

    QVERIFY(probe.waitForEnd());
    // The connection may have been Ready by the time that the order reached its thread.
    const bool wasTooLate = probe.error().kind == ErrorKind::Internal;
    QVERIFY(probe.error().kind == ErrorKind::Cancelled || wasTooLate);
    QCOMPARE(probe.closeCount(), 1);
    QTRY_COMPARE(m_server->sessionCount(), 0);
}

void ConnectFailureTest::destroyedWhileConnecting()
{
    for (int i = 0; i < 20; ++i) {
        ConnectionProbe probe(settingsFor(m_server->port()));
        probe.connection().open();
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_server->sessionCount(), 0, 10'000);
}

void ConnectFailureTest::killedServerEndsTheConnection()
{
    ConnectionProbe probe(settingsFor(m_server->port()));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    m_server->killSessions();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    QVERIFY(probe.error().cause == ErrorCause::ClosedWithoutWords
            || probe.error().cause == ErrorCause::Reset); // as the kernel had unread bytes or not
}

void ConnectFailureTest::silentServerIsNoticed()
{
    auto settings = settingsFor(m_server->port());
    settings.timeouts.keepAlive = 300ms;
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    QVERIFY(probe.run("true").end); // the process that serves the login is there from now on

    m_server->freezeSessions();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(probe.error().cause, ErrorCause::NoAnswer);
    m_server->thawSessions();
}

void ConnectFailureTest::closeOfAReadyConnectionIsNoError()
{
    ConnectionProbe probe(settingsFor(m_server->port()));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    probe.connection().close();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().detail, u"no error"_s);
    QTRY_COMPARE(m_server->sessionCount(), 0);
}

QTEST_GUILESS_MAIN(ConnectFailureTest)

#include "ConnectFailureTest.moc"
