// Logins with keys of an agent: a real ssh-agent and a real sshd, and agents that misbehave.

#include "keys/PublicKeyBlob.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/integration/SecurityKeyAgent.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestAgent.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::ConnectionProbe;
using tests::reason;
using tests::SshServerOptions;
using Answer = ssh::LoginTrace::Attempt::Answer;

class AgentLoginTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void keyOfAFileIsTriedFirst();
    void encryptedFileIsOpenedByTheAgent();
    void certificateOfAKeyInTheAgent_data();
    void certificateOfAKeyInTheAgent();
    void refusedKeyIsNotOfferedAgain();
    void onlyTheGivenKeys();
    void tooManyKeysAreTold();
    void lockedAgentIsTold();
    void hangingAgentIsLeftBehind();
    void agentThatRefusesIsLeftBehind();
    void securityKeyIsTouched();
    void noAgentAtAll();
    void usualSocketIsFound();

private:
    std::unique_ptr<tests::SshServer> serve(SshServerOptions options);
    tests::KeyPair addStranger(const QString &name);
    ssh::ConnectionSettings settingsFor(const tests::SshServer &server) const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::TestAgent> m_agent;
};

void AgentLoginTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
}

void AgentLoginTest::init()
{
    m_agent = std::make_unique<tests::TestAgent>();
    const auto ready = m_agent->start();
    QVERIFY2(ready, reason(ready).constData());
}

std::unique_ptr<tests::SshServer> AgentLoginTest::serve(SshServerOptions options)
{
    auto server = std::make_unique<tests::SshServer>(
        options.withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = server->start();
    if (!started) {
        qWarning("%s", reason(started).constData());
    }
    return server;
}

// A key in the agent that no server knows.
tests::KeyPair AgentLoginTest::addStranger(const QString &name)
{
    const auto key = tests::generateKey(m_fixture.path(name), {.comment = name});
    const auto added
        = key.and_then([this](const tests::KeyPair &pair) { return m_agent->add(pair); });
    if (!added) {
        qWarning("%s", reason(added).constData());
    }
    return *key;
}

ssh::ConnectionSettings AgentLoginTest::settingsFor(const tests::SshServer &server) const
{
    auto settings = m_fixture.settingsFor(server);
    settings.useAgent = true;
    settings.agentSocket = m_agent->socketPath();
    return settings;
}

// Six strangers would use up the six attempts of sshd's MaxAuthTries.
void AgentLoginTest::keyOfAFileIsTriedFirst()
{
    for (int i = 0; i < 6; ++i) {
        addStranger(u"stranger%1"_s.arg(i));
    }
    QVERIFY(m_agent->add(m_fixture.userKey()));
    const auto server = serve({});
    auto settings = settingsFor(*server);
    settings.identityFiles = {m_fixture.userKey().privateFile};
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto &attempts = probe.connection().info().loginTrace.attempts;
    QCOMPARE(attempts.size(), 1); // the right one
    QVERIFY2(attempts.last().description.startsWith(u"agent key"_s),
             qPrintable(attempts.last().description));
    QCOMPARE(attempts.last().fingerprint,
             keys::sha256Fingerprint(m_fixture.userKey().publicBlob()));
    QCOMPARE(attempts.last().answer, Answer::Accepted);
}

void AgentLoginTest::certificateOfAKeyInTheAgent_data()
{
    QTest::addColumn<tests::KeyType>("type");

    QTest::newRow("Ed25519") << tests::KeyType::Ed25519;
    QTest::newRow("ECDSA") << tests::KeyType::Ecdsa;
    QTest::newRow("RSA") << tests::KeyType::Rsa;
}

// The agent holds the key alone; the certificate is a file of ours.
void AgentLoginTest::certificateOfAKeyInTheAgent()
{
    QFETCH(const tests::KeyType, type);
    const auto authority = tests::generateKey(m_fixture.path(u"ca"_s));
    const auto key = tests::generateKey(m_fixture.path(u"certified"_s), {.type = type});
    QVERIFY2(authority && key, (reason(authority) + reason(key)).constData());
    QVERIFY(m_agent->add(*key));
    const auto server
        = serve(SshServerOptions().withAuthorizedKey("cert-authority " + authority->publicLine));
    const auto certificate = tests::certify(*key, *authority, {.principals = {server->userName()}});
    QVERIFY2(certificate, reason(certificate).constData());
    auto settings = settingsFor(*server);
    settings.certificateFiles = {*certificate};
    settings.identitiesOnly = true;
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.connection().info().loginKey.contains(*certificate));
}

void AgentLoginTest::encryptedFileIsOpenedByTheAgent()
{
    const auto key = tests::generateKey(m_fixture.path(u"locked"_s));
    QVERIFY2(key, reason(key).constData());
    QVERIFY(m_agent->add(*key));
    const auto changed = tests::runTool(
        {.program = u"ssh-keygen"_s,
         .arguments = {u"-p"_s, u"-P"_s, u""_s, u"-N"_s, u"open"_s, u"-f"_s, key->privateFile}});
    QCOMPARE(changed.exitStatus, 0);
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.prompts.isEmpty());
}

void AgentLoginTest::refusedKeyIsNotOfferedAgain()
{
    const auto stranger = addStranger(u"stranger"_s);
    const auto server = serve({});
    auto settings = settingsFor(*server);
    settings.identityFiles = {stranger.privateFile};
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.connection().info().loginTrace.triedKeys(), 1);
    QCOMPARE(server->logText().count("Failed publickey"), 1);
}

// IdentitiesOnly of ssh_config(5).
void AgentLoginTest::onlyTheGivenKeys()
{
    const auto stranger = addStranger(u"stranger"_s);
    QVERIFY(m_agent->add(m_fixture.userKey()));
    const auto server = serve({});
    auto settings = settingsFor(*server);
    settings.identitiesOnly = true;
    settings.identityFiles = {stranger.privateFile};
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.connection().info().loginTrace.triedKeys(), 1);
}

void AgentLoginTest::tooManyKeysAreTold()
{
    for (int i = 0; i < 4; ++i) {
        addStranger(u"stranger%1"_s.arg(i));
    }
    const auto server = serve(SshServerOptions().withConfigLines({u"MaxAuthTries 2"_s}));
    ConnectionProbe probe(settingsFor(*server));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    const ssh::LoginTrace &trace = probe.connection().info().loginTrace;
    QVERIFY2(trace.endedByTooManyFailures(), qPrintable(trace.toText()));
    QVERIFY(trace.triedKeys() >= 2);
}

void AgentLoginTest::lockedAgentIsTold()
{
    QVERIFY(m_agent->add(m_fixture.userKey()));
    QFile script(m_fixture.path(u"askpass"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\necho lock\n");
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    script.close();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, m_agent->socketPath());
    environment.insert(u"SSH_ASKPASS"_s, script.fileName());
    environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"force"_s);
    const auto locked = tests::runTool(
        {.program = u"ssh-add"_s, .arguments = {u"-x"_s}, .environment = environment});
    QVERIFY2(locked.exitStatus == 0, locked.errors.constData());
    const auto server = serve({});
    ConnectionProbe probe(settingsFor(*server));

    QVERIFY(!probe.connectAndWait());
    const QStringList agents = probe.connection().info().loginTrace.agents;
    QVERIFY2(agents.value(0).contains(u"it is locked"_s), qPrintable(agents.join(u'\n')));
}

// The list is asked for with a limit, and the login goes on without the agent.
void AgentLoginTest::hangingAgentIsLeftBehind()
{
    QLocalServer silent; // takes connections, and says nothing
    QVERIFY(silent.listen(m_fixture.path(u"silent"_s)));
    const auto server = serve({});
    auto settings = settingsFor(*server);
    settings.agentSocket = silent.fullServerName();
    settings.identityFiles = {m_fixture.userKey().privateFile};
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const QStringList agents = probe.connection().info().loginTrace.agents;
    QVERIFY2(agents.value(0).contains(u"no answer"_s), qPrintable(agents.join(u'\n')));
}

void AgentLoginTest::agentThatRefusesIsLeftBehind()
{
    tests::SecurityKeyAgent agent;
    const auto server = serve(SshServerOptions().withAuthorizedKey(agent.publicLine()));
    auto settings = settingsFor(*server);
    settings.agentSocket = agent.socketPath();
    settings.loginOrder = {profiles::LoginSource::Agent, profiles::LoginSource::KeyFiles};
    settings.identityFiles = {m_fixture.userKey().privateFile};
    ConnectionProbe probe(settings);
    probe.connection().open();
    QTRY_VERIFY(agent.isWaitingForTouch());

    agent.refuse();

    QTRY_COMPARE(probe.connection().state(), ssh::Connection::State::Ready);
    const auto &attempts = probe.connection().info().loginTrace.attempts;
    QCOMPARE(attempts.size(), 2);
    QCOMPARE(attempts[0].answer, Answer::NotOffered);
    QVERIFY2(attempts[0].remark.contains(u"refused to sign"_s), qPrintable(attempts[0].remark));
}

void AgentLoginTest::securityKeyIsTouched()
{
    tests::SecurityKeyAgent agent;
    const auto server = serve(SshServerOptions().withAuthorizedKey(agent.publicLine()));
    auto settings = settingsFor(*server);
    settings.agentSocket = agent.socketPath();
    ConnectionProbe probe(settings);
    QSignalSpy waits(&probe.connection(), &ssh::Connection::agentWaitChanged);
    probe.connection().open();
    QTRY_COMPARE(waits.size(), 1);
    const auto wait = waits.first().first().value<std::optional<ssh::AgentWait>>();
    QVERIFY(wait && wait->needsTouch);
    QCOMPARE(wait->comment, u"device"_s);
    QTRY_VERIFY(agent.isWaitingForTouch());

    agent.touch();

    QTRY_COMPARE(probe.connection().state(), ssh::Connection::State::Ready);
    QCOMPARE(waits.size(), 2);
    QVERIFY(!waits.last().first().value<std::optional<ssh::AgentWait>>());
}

void AgentLoginTest::noAgentAtAll()
{
    QVERIFY(m_agent->add(m_fixture.userKey()));
    const auto server = serve({});
    auto settings = settingsFor(*server);
    settings.agentSocket = u"none"_s;
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.connection().info().loginTrace.triedKeys(), 0);
}

// As a desktop does that starts programs without SSH_AUTH_SOCK.
void AgentLoginTest::usualSocketIsFound()
{
    QVERIFY(m_agent->add(m_fixture.userKey()));
    const QString runtime = m_fixture.path(u"runtime"_s);
    QVERIFY(QDir().mkpath(runtime));
    QVERIFY(QFile::link(m_agent->socketPath(), runtime + u"/openssh_agent"_s));
    qunsetenv("SSH_AUTH_SOCK");
    qputenv("XDG_RUNTIME_DIR", runtime.toLocal8Bit());
    const auto server = serve({});
    auto settings = settingsFor(*server);
    settings.agentSocket.clear();
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const QStringList agents = probe.connection().info().loginTrace.agents;
    QCOMPARE(agents, QStringList(u"agent %1/openssh_agent (usual place): 1 keys"_s.arg(runtime)));
}

QTEST_GUILESS_MAIN(AgentLoginTest)

#include "AgentLoginTest.moc"
