// Connections through SOCKS5 and HTTP proxies and through proxy commands.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestProxy.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <sys/types.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using Kind = base::ProxyAddress::Kind;
using tests::ConnectionProbe;
using tests::reason;
using tests::TestProxy;
using State = ssh::Connection::State;

Q_DECLARE_METATYPE(base::ProxyAddress::Kind)

class ProxyRouteTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void connectsThrough_data() { bothKinds(); }
    void connectsThrough();
    void passwordIsAskedFor_data() { bothKinds(); }
    void passwordIsAskedFor();
    void wrongPasswords_data() { bothKinds(); }
    void wrongPasswords();
    void refusedPasswordQuestionCancels();
    void twinAsksNothing();
    void loginWithoutUserIsTold_data() { bothKinds(); }
    void loginWithoutUserIsTold();
    void unreachableTarget_data() { bothKinds(); }
    void unreachableTarget();
    void deadProxyIsNamed();
    void hostileAnswers_data();
    void hostileAnswers();
    void silentProxyTimesOut();
    void cancelWhileTheProxyIsSilent();
    void firstJumpHostBehindAProxy();

    void commandCarriesTheConnection();
    void commandIsKilledOnClose();
    void failedCommandIsTold();
    void missingCommandIsTold();
    void commandThatEndsLaterIsTheCause();

private:
    static void bothKinds();
    ssh::ConnectionSettings through(const TestProxy &proxy, const QString &user = {}) const;
    ssh::ConnectionSettings byCommand(const QString &command) const;
    QString opensshCommand(const tests::SshServer &jumpHost) const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
};

void ProxyRouteTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
}

void ProxyRouteTest::init()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_server->sessionCount(), 0, 10'000);
}

void ProxyRouteTest::bothKinds()
{
    QTest::addColumn<Kind>("kind");

    QTest::newRow("SOCKS5") << Kind::Socks5;
    QTest::newRow("HTTP") << Kind::Http;
}

ssh::ConnectionSettings ProxyRouteTest::through(const TestProxy &proxy, const QString &user) const
{
    ssh::ConnectionSettings settings = m_fixture.settingsWithKey(*m_server);
    settings.route = proxy.address(user);
    return settings;
}

ssh::ConnectionSettings ProxyRouteTest::byCommand(const QString &command) const
{
    ssh::ConnectionSettings settings = m_fixture.settingsWithKey(*m_server);
    settings.route = net::ProxyCommand{command};
    return settings;
}

void ProxyRouteTest::connectsThrough()
{
    QFETCH(Kind, kind);
    TestProxy proxy({.kind = kind});
    QVERIFY(proxy.start());
    ssh::ConnectionSettings settings = through(proxy);
    settings.host = u"localhost"_s; // the proxy looks it up
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Warn;
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    QCOMPARE(proxy.targets(), QByteArrayList{"localhost:" + QByteArray::number(m_server->port())});
    QCOMPARE(probe.run("seq 200000").standard.size(), 1'288'895); // as `seq 200000 | wc -c` says
    QVERIFY(probe.prompts.isEmpty());
}

void ProxyRouteTest::passwordIsAskedFor()
{
    QFETCH(Kind, kind);
    TestProxy proxy({.kind = kind, .user = "ada", .password = "pass w\xc3\xb6rd"});
    QVERIFY(proxy.start());
    ConnectionProbe probe(through(proxy, u"ada"_s));
    probe.setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptOnce, u"pass w\u00f6rd"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    QCOMPARE(probe.prompts.size(), 1);
    const auto &question = std::get<ssh::ProxyPasswordQuestion>(probe.prompts[0].question);
    QCOMPARE(question.user, u"ada"_s);
    QCOMPARE(question.proxy, u"127.0.0.1:%1"_s.arg(proxy.port()));
    QCOMPARE(question.attempt, 1);
}

void ProxyRouteTest::wrongPasswords()
{
    QFETCH(Kind, kind);
    TestProxy proxy({.kind = kind, .user = "ada", .password = "right"});
    QVERIFY(proxy.start());
    ConnectionProbe probe(through(proxy, u"ada"_s));
    probe.setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptOnce, u"wrong"_s));

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.prompts.size(), 3);
    QCOMPARE(std::get<ssh::ProxyPasswordQuestion>(probe.prompts[2].question).attempt, 3);
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(probe.error().subject, u"127.0.0.1:%1"_s.arg(proxy.port()));
}

void ProxyRouteTest::refusedPasswordQuestionCancels()
{
    TestProxy proxy({.user = "ada", .password = "right"});
    QVERIFY(proxy.start());
    ConnectionProbe probe(through(proxy, u"ada"_s)); // refuses every prompt

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
}

void ProxyRouteTest::twinAsksNothing()
{
    TestProxy proxy({.user = "ada", .password = "right"});
    QVERIFY(proxy.start());
    ConnectionProbe probe(through(proxy, u"ada"_s));
    probe.setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptOnce, u"right"_s));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    const auto twin = ssh::Connection::openTwin(probe.connection());

    QTRY_COMPARE_WITH_TIMEOUT(twin->state(), State::Ready, 15'000);
    QCOMPARE(probe.prompts.size(), 1);
}

void ProxyRouteTest::loginWithoutUserIsTold()
{
    QFETCH(Kind, kind);
    TestProxy proxy({.kind = kind, .user = "ada", .password = "right"});
    QVERIFY(proxy.start());
    ConnectionProbe probe(through(proxy));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY(probe.error().detail.contains(u"no user is set"_s));
}

void ProxyRouteTest::unreachableTarget()
{
    QFETCH(Kind, kind);
    TestProxy proxy({.kind = kind});
    QVERIFY(proxy.start());
    QTcpServer placeholder;
    QVERIFY(placeholder.listen(QHostAddress::LocalHost));
    ssh::ConnectionSettings settings = through(proxy);
    settings.port = placeholder.serverPort();
    placeholder.close();
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::ProxyRefused);
    QCOMPARE(probe.error().detail,
             kind == Kind::Socks5 ? u"SOCKS5: connection refused"_s
                                  : u"HTTP/1.1 502 Bad Gateway"_s);
}

void ProxyRouteTest::deadProxyIsNamed()
{
    QTcpServer placeholder;
    QVERIFY(placeholder.listen(QHostAddress::LocalHost));
    ssh::ConnectionSettings settings = m_fixture.settingsWithKey(*m_server);
    settings.host = u"server.example"_s;
    settings.route = base::ProxyAddress{Kind::Socks5, u"127.0.0.1"_s, placeholder.serverPort(), {}};
    placeholder.close();
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::Unreachable);
    QCOMPARE(probe.error().subject, u"127.0.0.1"_s);
}

void ProxyRouteTest::hostileAnswers_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("isEndless");

    QTest::newRow("SOCKS version 4") << Kind::Socks5 << QByteArray("\x04\x5a", 2) << false;
    QTest::newRow("SOCKS endless zeros") << Kind::Socks5 << QByteArray(64, '\0') << true;
    QTest::newRow("SOCKS endless fives") << Kind::Socks5 << QByteArray(64, '\5') << true;
    QTest::newRow("HTTP no HTTP") << Kind::Http << QByteArray("220 ftp.example ready\r\n") << false;
    QTest::newRow("HTTP endless line") << Kind::Http << QByteArray("HTTP/1.1 200 OK ") << true;
    QTest::newRow("HTTP endless fields") << Kind::Http << QByteArray("HTTP/1.1 200\r\n") << true;
    QTest::newRow("HTTP error page")
        << Kind::Http << QByteArray("HTTP/1.1 403 No\r\n\r\n<html>no</html>") << false;
    QTest::newRow("HTTP controls")
        << Kind::Http << QByteArray("HTTP/1.1 500 \x1b]0;x\x07\r\n\r\n") << false;
}

void ProxyRouteTest::hostileAnswers()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, answer);
    QFETCH(bool, isEndless);
    TestProxy proxy({.kind = kind, .rawAnswer = answer, .isEndless = isEndless});
    QVERIFY(proxy.start());
    ConnectionProbe probe(through(proxy));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::ProxyRefused);
    QVERIFY(!probe.error().detail.isEmpty());
}

void ProxyRouteTest::silentProxyTimesOut()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ssh::ConnectionSettings settings = m_fixture.settingsWithKey(*m_server);
    settings.route = base::ProxyAddress{Kind::Socks5, u"127.0.0.1"_s, silent.serverPort(), {}};
    settings.timeouts.connect = 300ms;
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::TimedOut);
    QCOMPARE(probe.error().subject, u"127.0.0.1:%1"_s.arg(silent.serverPort()));
}

void ProxyRouteTest::cancelWhileTheProxyIsSilent()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ssh::ConnectionSettings settings = m_fixture.settingsWithKey(*m_server);
    settings.route = base::ProxyAddress{Kind::Http, u"127.0.0.1"_s, silent.serverPort(), {}};
    ConnectionProbe probe(settings);
    probe.connection().open();
    QTRY_VERIFY(silent.hasPendingConnections());

    probe.connection().close();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
}

void ProxyRouteTest::firstJumpHostBehindAProxy()
{
    TestProxy proxy({.kind = Kind::Http, .user = "ada", .password = "right"});
    QVERIFY(proxy.start());
    ssh::ConnectionSettings target = m_fixture.settingsWithKey(*m_server); // through itself
    target.route
        = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(through(proxy, u"ada"_s))};
    ConnectionProbe probe(target);
    probe.setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptOnce, u"right"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    QCOMPARE(proxy.connectionCount(), 2); // the first was told that a password is needed
    QCOMPARE(probe.prompts.size(), 1);
    QVERIFY(std::holds_alternative<ssh::ProxyPasswordQuestion>(probe.prompts[0].question));
    QCOMPARE(probe.prompts[0].jumpHost, u"127.0.0.1:%1"_s.arg(m_server->port()));
}

// The real ssh as the program in between, logging in to `jumpHost`.
QString ProxyRouteTest::opensshCommand(const tests::SshServer &jumpHost) const
{
    return u"ssh -F none -i '%1' -o IdentitiesOnly=yes -o IdentityAgent=none "
           "-o UserKnownHostsFile='%2' -o StrictHostKeyChecking=yes -p %3 -W %h:%p %4@127.0.0.1"_s
               .replace(u"%1"_s, m_fixture.userKey().privateFile)
               .replace(u"%2"_s, m_fixture.path(u"known_hosts"_s))
               .replace(u"%3"_s, QString::number(jumpHost.port()))
               .replace(u"%4"_s, jumpHost.userName());
}

void ProxyRouteTest::commandCarriesTheConnection()
{
    ConnectionProbe probe(byCommand(opensshCommand(*m_server)));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    QCOMPARE(probe.run("seq 200000").standard.size(), 1'288'895);
    QCOMPARE(m_server->sessionCount(), 2); // ssh's, and ours through it
}

// A program that minds neither the end of its input nor polite signals.
void ProxyRouteTest::commandIsKilledOnClose()
{
    const QString numberFile = m_fixture.path(u"number"_s);
    ConnectionProbe probe(
        byCommand(u"sh -c \"trap '' HUP TERM; echo \\$\\$ > '%1'; %2; sleep 1000\""_s.arg(
            numberFile, opensshCommand(*m_server))));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QFile file(numberFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const pid_t shell = file.readAll().trimmed().toInt();
    QVERIFY(shell > 1 && ::kill(shell, 0) == 0);

    probe.connection().close();

    QVERIFY(probe.waitForEnd());
    QTRY_COMPARE(m_server->sessionCount(), 0);
    QTRY_VERIFY(::kill(shell, 0) != 0 && errno == ESRCH); // killed and reaped
}

void ProxyRouteTest::failedCommandIsTold()
{
    ConnectionProbe probe(byCommand(u"sh -c 'echo no way to %h >&2; exit 7'"_s));

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::ProxyCommandFailed);
    QCOMPARE(probe.error().subject, u"127.0.0.1"_s);
    QCOMPARE(probe.error().detail, u"sh: It ended with status 7\nno way to 127.0.0.1"_s);
    const auto isSaid = [](const ssh::Notice &notice) {
        return notice.kind == ssh::Notice::Kind::ProxyCommandSaid
            && notice.text == u"no way to 127.0.0.1"_s;
    };
    QVERIFY(std::ranges::any_of(probe.notices, isSaid));
}

void ProxyRouteTest::missingCommandIsTold()
{
    ConnectionProbe probe(byCommand(u"/nonexistent/nc %h %p"_s));

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::ProxyCommandFailed);
    QVERIFY2(probe.error().detail.contains(u"No such file"_s), qPrintable(probe.error().detail));
}

void ProxyRouteTest::commandThatEndsLaterIsTheCause()
{
    ConnectionProbe probe(byCommand(opensshCommand(*m_server)));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    m_server->killSessions();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    QVERIFY2(probe.error().detail.startsWith(u"ssh: It ended with status 255"_s),
             qPrintable(probe.error().detail));
}

QTEST_GUILESS_MAIN(ProxyRouteTest)

#include "ProxyRouteTest.moc"
