// Connections through jump hosts: a chain of real servers, each with its own keys.

#include "ssh/ExecProcess.h"
#include "ssh/JumpHost.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using tests::ConnectionProbe;
using tests::reason;
using tests::SshServer;
using State = ssh::Connection::State;

class JumpRouteTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void chainOfThreeServers();
    void muchDataBothWays();
    void everyHopIsVerified_data();
    void everyHopIsVerified();
    void questionsNameTheJumpHost();
    void refusedQuestionCancels();
    void sharedJumpHostIsOneLogin();
    void otherSettingsAreAnotherLogin();
    void questionGoesOnToTheNext();
    void twinSharesTheJumpHost();
    void refusedForwardingIsTold();
    void unreachableTargetIsTold();
    void failedLoginNamesTheJumpHost();
    void deadJumpHostIsTheCause();
    void deadJumpHostIsReplaced();
    void targetsOwnEndIsNoFaultOfTheJumpHost();
    void cancelInEachState_data();
    void cancelInEachState();
    void cancelWhileTheJumpHostAsks();
    void destroyedWhileConnecting();

private:
    ssh::ConnectionSettings settingsFor(const SshServer &server) const;
    ssh::ConnectionSettings through(const QList<const SshServer *> &servers) const;
    void writeKnownHosts(const QList<const SshServer *> &servers) const;
    qsizetype loginCount(const SshServer &server) const;

    tests::ConnectionFixture m_fixture;
    std::array<std::unique_ptr<SshServer>, 3> m_servers; // the last is the target
    std::array<qsizetype, 3> m_loginsBefore{};
};

namespace {

QString nameOf(const SshServer &server)
{
    return u"127.0.0.1:%1"_s.arg(server.port());
}

} // namespace

void JumpRouteTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    for (auto &server : m_servers) {
        server = std::make_unique<SshServer>(
            tests::SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
        const auto started = server->start();
        QVERIFY2(started, reason(started).constData());
    }
}

void JumpRouteTest::init()
{
    writeKnownHosts({m_servers[0].get(), m_servers[1].get(), m_servers[2].get()});
    for (std::size_t i = 0; i < m_servers.size(); ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(m_servers[i]->sessionCount(), 0, 10'000);
        m_loginsBefore[i] = m_servers[i]->logText().count("Accepted publickey");
    }
}

void JumpRouteTest::writeKnownHosts(const QList<const SshServer *> &servers) const
{
    QFile file(m_fixture.path(u"hops"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const SshServer *server : servers) {
        file.write(server->knownHostsLine(tests::KeyType::Ed25519));
    }
}

ssh::ConnectionSettings JumpRouteTest::settingsFor(const SshServer &server) const
{
    ssh::ConnectionSettings settings = m_fixture.settingsWithKey(server);
    settings.knownHostsFiles = {m_fixture.path(u"hops"_s)};
    return settings;
}

// To the last of the servers, by way of the others in this order.
ssh::ConnectionSettings JumpRouteTest::through(const QList<const SshServer *> &servers) const
{
    ssh::ConnectionSettings settings = settingsFor(*servers.first());
    for (const SshServer *server : servers.sliced(1)) {
        ssh::ConnectionSettings next = settingsFor(*server);
        next.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(settings)};
        settings = next;
    }
    return settings;
}

qsizetype JumpRouteTest::loginCount(const SshServer &server) const
{
    const auto found = std::ranges::find(m_servers, &server, &std::unique_ptr<SshServer>::get);
    const qsizetype before = m_loginsBefore.at(static_cast<std::size_t>(found - m_servers.begin()));
    return server.logText().count("Accepted publickey") - before;
}

void JumpRouteTest::chainOfThreeServers()
{
    ConnectionProbe probe(through({m_servers[0].get(), m_servers[1].get(), m_servers[2].get()}));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    QCOMPARE(probe.run("echo $SSH_CONNECTION").standard.trimmed().split(' ').last(),
             QByteArray::number(m_servers[2]->port()));
    for (const auto &server : m_servers) {
        QCOMPARE(loginCount(*server), 1);
    }
    QVERIFY(probe.prompts.isEmpty());
    QVERIFY(probe.connection().info().address.isEmpty());
}

void JumpRouteTest::muchDataBothWays()
{
    ConnectionProbe probe(through({m_servers[0].get(), m_servers[1].get(), m_servers[2].get()}));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    const auto download = probe.run("seq 1000000");
    QVERIFY(download.end);
    QCOMPARE(download.standard.size(), 6'888'896); // as `seq 1000000 | wc -c` says
    QVERIFY(download.standard.endsWith("999999\n1000000\n"));

    const auto process = probe.connection().start(ssh::ExecRequest{.command = "wc -c"});
    QByteArray output;
    connect(process.get(), &ssh::ExecProcess::received, this,
            [&output](const QByteArray &data) { output += data; });
    QByteArray rest(8'000'000, 'x');
    const auto push = [&] {
        rest.remove(0, process->write(rest));
        if (rest.isEmpty()) {
            process->sendEof();
        }
    };
    connect(process.get(), &ssh::ExecProcess::writable, this, push);
    push();
    QTRY_COMPARE_WITH_TIMEOUT(output.trimmed(), "8000000", 20'000);
}

void JumpRouteTest::everyHopIsVerified_data()
{
    QTest::addColumn<int>("changed");

    QTest::newRow("first jump host") << 0;
    QTest::newRow("second jump host") << 1;
    QTest::newRow("target") << 2;
}

// The file has another key for one of them: that one is refused, and nobody is logged in to there
// or behind it.
void JumpRouteTest::everyHopIsVerified()
{
    QFETCH(int, changed);
    const auto index = static_cast<std::size_t>(changed);
    const SshServer &culprit = *m_servers.at(index);
    const QByteArray right = culprit.knownHostsLine(tests::KeyType::Ed25519);
    QFile file(m_fixture.path(u"hops"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray content = file.readAll();
    content.replace(right, right.split(' ').first() + ' ' + m_fixture.userKey().publicLine + '\n');
    file.resize(0);
    file.seek(0);
    file.write(content);
    file.close();
    ConnectionProbe probe(through({m_servers[0].get(), m_servers[1].get(), m_servers[2].get()}));

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::HostKeyMismatch);
    QVERIFY(probe.refusal);
    QCOMPARE(probe.refusal->port, culprit.port());
    QCOMPARE(probe.refusal->verdict.status, hostkeys::HostKeyVerdict::Status::Changed);
    for (std::size_t i = 0; i < m_servers.size(); ++i) {
        QCOMPARE(loginCount(*m_servers.at(i)), i < index ? 1 : 0);
    }
}

void JumpRouteTest::questionsNameTheJumpHost()
{
    writeKnownHosts({m_servers[0].get()});
    ssh::ConnectionSettings second = settingsFor(*m_servers[1]);
    second.hostKeyPolicy = hostkeys::HostKeyPolicy::Ask;
    second.route
        = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(settingsFor(*m_servers[0]))};
    ssh::ConnectionSettings target = settingsFor(*m_servers[2]);
    target.hostKeyPolicy = hostkeys::HostKeyPolicy::Ask;
    target.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(second)};
    ConnectionProbe probe(target);
    probe.setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptAndSave));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    QCOMPARE(probe.prompts.size(), 2);
    QCOMPARE(probe.prompts[0].jumpHost, nameOf(*m_servers[1]));
    QCOMPARE(std::get<ssh::HostKeyQuestion>(probe.prompts[0].question).port, m_servers[1]->port());
    QVERIFY(probe.prompts[1].jumpHost.isEmpty());
    QVERIFY(probe.prompts[0].id != probe.prompts[1].id);
    QCOMPARE(probe.notices.size(), 2);
    QCOMPARE(probe.notices[0].kind, ssh::Notice::Kind::HostKeyStored);
    QCOMPARE(probe.notices[0].jumpHost, nameOf(*m_servers[1]));
    QVERIFY(probe.notices[1].jumpHost.isEmpty());
}

void JumpRouteTest::refusedQuestionCancels()
{
    writeKnownHosts({});
    ssh::ConnectionSettings hop = settingsFor(*m_servers[0]);
    hop.hostKeyPolicy = hostkeys::HostKeyPolicy::Ask;
    ssh::ConnectionSettings target = settingsFor(*m_servers[2]);
    target.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(hop)};
    ConnectionProbe probe(target); // refuses every prompt

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.prompts.size(), 1);
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
}

void JumpRouteTest::sharedJumpHostIsOneLogin()
{
    ssh::RoutePool routes;
    auto first = std::make_unique<ConnectionProbe>(
        through({m_servers[0].get(), m_servers[2].get()}), routes);
    ConnectionProbe second(through({m_servers[0].get(), m_servers[1].get()}), routes);
    QVERIFY2(first->connectAndWait(), qPrintable(first->error().detail));
    QVERIFY2(second.connectAndWait(), qPrintable(second.error().detail));
    QCOMPARE(loginCount(*m_servers[0]), 1);
    QCOMPARE(m_servers[0]->sessionCount(), 1);

    first.reset();
    QTRY_COMPARE(m_servers[2]->sessionCount(), 0);
    QCOMPARE(second.run("echo alive").standard, "alive\n"); // the jump host is kept

    second.connection().close();
    QVERIFY(second.waitForEnd());
    QTRY_COMPARE(m_servers[0]->sessionCount(), 0); // and not longer than it is used
    QCOMPARE(loginCount(*m_servers[0]), 1);
}

void JumpRouteTest::otherSettingsAreAnotherLogin()
{
    ssh::RoutePool routes;
    ssh::ConnectionSettings hop = settingsFor(*m_servers[0]);
    hop.timeouts.keepAlive = 7s;
    ssh::ConnectionSettings target = settingsFor(*m_servers[1]);
    target.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(hop)};
    ConnectionProbe first(through({m_servers[0].get(), m_servers[2].get()}), routes);
    ConnectionProbe second(target, routes);

    QVERIFY(first.connectAndWait());
    QVERIFY(second.connectAndWait());
    QCOMPARE(loginCount(*m_servers[0]), 2);
}

// Two wait for the same jump host, and the one that was asked goes away.
void JumpRouteTest::questionGoesOnToTheNext()
{
    writeKnownHosts({m_servers[1].get(), m_servers[2].get()});
    ssh::RoutePool routes;
    ssh::ConnectionSettings hop = settingsFor(*m_servers[0]);
    hop.hostKeyPolicy = hostkeys::HostKeyPolicy::Ask;
    ssh::ConnectionSettings target = settingsFor(*m_servers[2]);
    target.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(hop)};
    ConnectionProbe first(target, routes);
    ConnectionProbe second(target, routes);
    first.setAnswerer([](const ssh::Prompt &) { return std::nullopt; });
    second.setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptOnce));
    first.connection().open();
    QTRY_COMPARE(first.prompts.size(), 1);
    second.connection().open();

    first.connection().close();

    QTRY_COMPARE_WITH_TIMEOUT(second.connection().state(), State::Ready, 15'000);
    QVERIFY(first.isClosed());
    QCOMPARE(first.withdrawn, QList<ssh::Prompt::Id>{first.prompts[0].id});
    QCOMPARE(second.prompts.size(), 1);
    QCOMPARE(loginCount(*m_servers[0]), 1);
}

void JumpRouteTest::twinSharesTheJumpHost()
{
    ConnectionProbe probe(through({m_servers[0].get(), m_servers[2].get()}));
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    const auto twin = ssh::Connection::openTwin(probe.connection());

    QTRY_COMPARE_WITH_TIMEOUT(twin->state(), State::Ready, 15'000);
    QCOMPARE(loginCount(*m_servers[0]), 1);
    QCOMPARE(loginCount(*m_servers[2]), 2);
}

void JumpRouteTest::refusedForwardingIsTold()
{
    SshServer hop(tests::SshServerOptions()
                      .withAuthorizedKey(m_fixture.userKey().publicLine)
                      .withoutTcpForwarding());
    const auto started = hop.start();
    QVERIFY2(started, reason(started).constData());
    writeKnownHosts({&hop, m_servers[2].get()});
    ConnectionProbe probe(through({&hop, m_servers[2].get()}));

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::ForwardingRefused);
    QCOMPARE(probe.error().subject, nameOf(*m_servers[2]));
    QVERIFY2(probe.error().detail.contains(u"AllowTcpForwarding"_s),
             qPrintable(probe.error().detail));
    QVERIFY(probe.error().detail.contains(nameOf(hop)));
}

void JumpRouteTest::unreachableTargetIsTold()
{
    QTcpServer placeholder;
    QVERIFY(placeholder.listen(QHostAddress::LocalHost));
    ssh::ConnectionSettings target = through({m_servers[0].get(), m_servers[2].get()});
    target.port = placeholder.serverPort();
    placeholder.close();
    ConnectionProbe probe(target);

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::Unreachable);
    QVERIFY2(probe.error().detail.contains(u"Connection refused"_s),
             qPrintable(probe.error().detail));
}

void JumpRouteTest::failedLoginNamesTheJumpHost()
{
    ssh::ConnectionSettings hop = settingsFor(*m_servers[0]);
    hop.identityFiles.clear();
    ssh::ConnectionSettings target = settingsFor(*m_servers[2]);
    target.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(hop)};
    ConnectionProbe probe(target);

    QVERIFY(!probe.connectAndWait());

    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY2(probe.error().detail.contains(u"%1 is a jump host on the way to %2"_s.arg(
                 nameOf(*m_servers[0]), nameOf(*m_servers[2]))),
             qPrintable(probe.error().detail));
}

void JumpRouteTest::deadJumpHostIsTheCause()
{
    ssh::RoutePool routes;
    ConnectionProbe first(through({m_servers[0].get(), m_servers[2].get()}), routes);
    ConnectionProbe second(through({m_servers[0].get(), m_servers[1].get()}), routes);
    QVERIFY(first.connectAndWait());
    QVERIFY(second.connectAndWait());

    m_servers[0]->killSessions();

    for (ConnectionProbe *probe : {&first, &second}) {
        QVERIFY(probe->waitForEnd());
        QCOMPARE(probe->closeCount(), 1);
        QCOMPARE(probe->error().kind, ErrorKind::ConnectionLost);
        QVERIFY2(probe->error().detail.startsWith(u"The jump host "_s + nameOf(*m_servers[0])),
                 qPrintable(probe->error().detail));
    }
}

void JumpRouteTest::deadJumpHostIsReplaced()
{
    ssh::RoutePool routes;
    ConnectionProbe first(through({m_servers[0].get(), m_servers[2].get()}), routes);
    QVERIFY(first.connectAndWait());
    m_servers[0]->killSessions();
    QVERIFY(first.waitForEnd());

    ConnectionProbe second(through({m_servers[0].get(), m_servers[2].get()}), routes);

    QVERIFY2(second.connectAndWait(), qPrintable(second.error().detail));
    QCOMPARE(loginCount(*m_servers[0]), 2);
}

void JumpRouteTest::targetsOwnEndIsNoFaultOfTheJumpHost()
{
    ConnectionProbe probe(through({m_servers[0].get(), m_servers[2].get()}));
    QVERIFY(probe.connectAndWait());

    m_servers[2]->killSessions();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::ConnectionLost);
    QVERIFY2(!probe.error().detail.contains(u"jump host"_s), qPrintable(probe.error().detail));
}

void JumpRouteTest::cancelInEachState_data()
{
    QTest::addColumn<State>("moment");

    QTest::newRow("connecting") << State::Connecting;
    QTest::newRow("verifying the host") << State::VerifyingHost;
    QTest::newRow("logging in") << State::Authenticating;
    QTest::newRow("ready") << State::Ready;
}

void JumpRouteTest::cancelInEachState()
{
    QFETCH(State, moment);
    ConnectionProbe probe(through({m_servers[0].get(), m_servers[1].get(), m_servers[2].get()}));
    connect(&probe.connection(), &ssh::Connection::stateChanged, &probe,
            [&probe, moment](State state) {
                if (state == moment) {
                    probe.connection().close();
                }
            });
    probe.connection().open();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.closeCount(), 1);
    for (const auto &server : m_servers) {
        QTRY_COMPARE(server->sessionCount(), 0);
    }
}

void JumpRouteTest::cancelWhileTheJumpHostAsks()
{
    writeKnownHosts({});
    ssh::ConnectionSettings hop = settingsFor(*m_servers[0]);
    hop.hostKeyPolicy = hostkeys::HostKeyPolicy::Ask;
    ssh::ConnectionSettings target = settingsFor(*m_servers[2]);
    target.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(hop)};
    ConnectionProbe probe(target);
    probe.setAnswerer([](const ssh::Prompt &) { return std::nullopt; });
    probe.connection().open();
    QTRY_COMPARE(probe.prompts.size(), 1);

    probe.connection().close();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
    QCOMPARE(probe.withdrawn.size(), 1);
    QTRY_COMPARE(m_servers[0]->sessionCount(), 0);
}

void JumpRouteTest::destroyedWhileConnecting()
{
    for (int i = 0; i < 12; ++i) {
        ConnectionProbe probe(
            through({m_servers[0].get(), m_servers[1].get(), m_servers[2].get()}));
        probe.connection().open();
        QTest::qWait(i * 10); // at another moment each time: a spread, not a condition
    }
    for (const auto &server : m_servers) {
        QTRY_COMPARE_WITH_TIMEOUT(server->sessionCount(), 0, 10'000);
    }
}

QTEST_GUILESS_MAIN(JumpRouteTest)

#include "JumpRouteTest.moc"
