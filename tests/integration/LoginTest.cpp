// Every way in: against a real sshd where it has the method, else against a scripted server.

#include "keys/AgentProtocol.h"
#include "log/SessionLog.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/ScriptedSshServer.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestAgent.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::answering;
using tests::ConnectionProbe;
using tests::LoginMethod;
using tests::reason;
using tests::SshServerOptions;

class LoginTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void agentKey();
    void agentShowsOneKeyAtATime();
    void deadAgentIsNoObstacle();
    void hangingAgentCanBeCancelled();
    void password();
    void wrongPasswordIsAskedForThreeTimes();
    void cancelledPasswordEndsTheLogin();
    void keyThenPassword();
    void questionsWithEcho();
    void roundWithoutQuestions();
    void wrongAnswerIsRefused();
    void keyThenQuestions();
    void loginWithoutQuestionIsTold();
    void bannerIsPassedOn();
    void refusalTellsWhatWasTried();
    void passwordThenKey();
    void orderOfTheSettings();
    void nothingIsWarnedOfWhereAllIsWell();

private:
    // A server with these options and the user's key, running.
    std::unique_ptr<tests::SshServer> serve(SshServerOptions options);

    tests::ConnectionFixture m_fixture;
};

void LoginTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    QVERIFY2(tests::SshServer::whyNoPasswords().isEmpty(),
             qPrintable(tests::SshServer::whyNoPasswords()));
}

std::unique_ptr<tests::SshServer> LoginTest::serve(SshServerOptions options)
{
    auto server = std::make_unique<tests::SshServer>(
        options.withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = server->start();
    if (!started) {
        qWarning("%s", reason(started).constData());
    }
    return server;
}

void LoginTest::agentKey()
{
    tests::TestAgent agent;
    const auto ready = agent.start();
    QVERIFY2(ready, reason(ready).constData());
    const auto added = agent.add(m_fixture.userKey());
    QVERIFY2(added, reason(added).constData());
    const auto server = serve({});
    auto settings = m_fixture.settingsFor(*server);
    settings.useAgent = true;
    settings.agentSocket = agent.socketPath();
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.prompts.isEmpty());
    QVERIFY2(probe.connection().info().loginKey.startsWith(u"agent key"_s),
             qPrintable(probe.connection().info().loginKey));
}

void LoginTest::agentShowsOneKeyAtATime()
{
    const auto stranger
        = tests::generateKey(m_fixture.path(u"stranger"_s), {.comment = u"not me"_s});
    QVERIFY2(stranger, reason(stranger).constData());
    tests::TestAgent agent;
    const auto ready = agent.start();
    QVERIFY2(ready, reason(ready).constData());
    for (const tests::KeyPair &key : {*stranger, m_fixture.userKey()}) {
        const auto added = agent.add(key);
        QVERIFY2(added, reason(added).constData());
    }
    const auto server = serve({});
    auto settings = m_fixture.settingsFor(*server);
    settings.useAgent = true;
    settings.agentSocket = agent.socketPath();
    {
        ConnectionProbe probe(settings);
        QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    }
    const auto empty = serve(SshServerOptions().withConfigLines({u"AuthorizedKeysFile none"_s}));
    settings.port = empty->port();
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Warn;
    ConnectionProbe refused(settings);
    QVERIFY(!refused.connectAndWait());
    QVERIFY2(refused.error().detail.contains(u"agent key not me: refused by the server"_s),
             qPrintable(refused.error().detail));
    QCOMPARE(refused.error().detail.count(u"agent key"_s), 2);
}

void LoginTest::deadAgentIsNoObstacle()
{
    const auto server = serve({});
    auto settings = m_fixture.settingsWithKey(*server);
    settings.useAgent = true;
    settings.agentSocket = m_fixture.path(u"no-agent-here"_s);
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
}

// An agent that lists a key and then takes for ever to sign with it, as one does that waits for a
// touch.
void LoginTest::hangingAgentCanBeCancelled()
{
    QLocalServer agent;
    QVERIFY(agent.listen(m_fixture.path(u"hanging-agent"_s)));
    const keys::AgentIdentity identity{m_fixture.userKey().publicBlob(), u"slow"_s};
    bool isAskedToSign = false;
    connect(&agent, &QLocalServer::newConnection, this, [&] {
        QLocalSocket *client = agent.nextPendingConnection();
        connect(client, &QLocalSocket::readyRead, this, [&, client] {
            QByteArray bytes = client->readAll();
            const auto message = keys::takeAgentMessage(bytes);
            if (keys::isAgentMessage(**message, keys::AgentMessage::RequestIdentities)) {
                client->write(keys::agentFrame(keys::AgentMessage::IdentitiesAnswer,
                                               keys::encodeIdentities({identity})));
            } else {
                isAskedToSign = true;
            }
        });
    });
    const auto server = serve({});
    auto settings = m_fixture.settingsFor(*server);
    settings.useAgent = true;
    settings.agentSocket = agent.fullServerName();
    ConnectionProbe probe(settings);
    probe.connection().open();
    QTRY_VERIFY(isAskedToSign);

    probe.connection().close();

    QVERIFY(probe.waitForEnd());
    QCOMPARE(probe.closeCount(), 1);
}

void LoginTest::password()
{
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    ConnectionProbe probe(m_fixture.settingsFor(*server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"sesame"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().loginMethod, u"password"_s);
    const auto &question = std::get<ssh::PasswordQuestion>(probe.prompts.first().question);
    QCOMPARE(question.user, server->userName());
    QCOMPARE(question.host, server->address());
}

void LoginTest::wrongPasswordIsAskedForThreeTimes()
{
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    ConnectionProbe probe(m_fixture.settingsFor(*server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"wrong"_s));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.prompts.size(), 3);
    QCOMPARE(std::get<ssh::PasswordQuestion>(probe.prompts.last().question).attempt, 3);
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
}

void LoginTest::cancelledPasswordEndsTheLogin()
{
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    ConnectionProbe probe(m_fixture.settingsFor(*server)); // refuses every prompt

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::Cancelled);
    QCOMPARE(probe.closeCount(), 1);
}

void LoginTest::keyThenPassword()
{
    const auto server = serve(SshServerOptions()
                                  .withPassword(u"sesame"_s)
                                  .withAuthenticationMethods(u"publickey,password"_s));
    ConnectionProbe probe(m_fixture.settingsWithKey(*server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"sesame"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.prompts.size(), 1);
    QCOMPARE(probe.connection().info().loginMethod, u"password"_s);
}

void LoginTest::questionsWithEcho()
{
    tests::ScriptedSshServer server(
        {.stages = {{LoginMethod::KeyboardInteractive}},
         .rounds = {{.name = "Two factors",
                     .instruction = "Have your token ready",
                     .questions = {{"Password: ", false, "one"}, {"Token\x1b[31m: ", true, "one"}}},
                    {.questions = {{"Again: ", false, "one"}}}}});
    QVERIFY(server.start());
    ConnectionProbe probe(m_fixture.settingsFor(server.port(), server.hostKey()));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"one"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.prompts.size(), 2);
    const auto &question = std::get<ssh::ChallengeQuestion>(probe.prompts.first().question);
    QCOMPARE(question.name, u"Two factors"_s);
    QCOMPARE(question.instruction, u"Have your token ready"_s);
    QCOMPARE(question.items.size(), 2);
    QVERIFY(!question.items[0].echo);
    QVERIFY(question.items[1].echo);
    QCOMPARE(question.items[1].prompt, u"Token\u001b[31m: "_s);
}

void LoginTest::roundWithoutQuestions()
{
    tests::ScriptedSshServer server(
        {.stages = {{LoginMethod::KeyboardInteractive}},
         .rounds = {{.questions = {{"Password: ", false, "one"}}}, {.instruction = "Welcome"}}});
    QVERIFY(server.start());
    ConnectionProbe probe(m_fixture.settingsFor(server.port(), server.hostKey()));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"one"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.prompts.size(), 1);
}

void LoginTest::wrongAnswerIsRefused()
{
    tests::ScriptedSshServer server({.stages = {{LoginMethod::KeyboardInteractive}},
                                     .rounds = {{.questions = {{"Code: ", false, "one"}}}}});
    QVERIFY(server.start());
    ConnectionProbe probe(m_fixture.settingsFor(server.port(), server.hostKey()));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"two"_s));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.prompts.size(), 3);
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
}

void LoginTest::keyThenQuestions()
{
    tests::ScriptedSshServer server(
        {.stages = {{LoginMethod::PublicKey}, {LoginMethod::KeyboardInteractive}},
         .acceptedKey = m_fixture.userKey().publicBlob(),
         .rounds = {{.questions = {{"Code: ", false, "one"}}}}});
    QVERIFY(server.start());
    auto settings = m_fixture.settingsFor(server.port(), server.hostKey());
    settings.identityFiles = {m_fixture.userKey().privateFile};
    ConnectionProbe probe(settings);
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"one"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().loginMethod, u"keyboard-interactive"_s);
}

void LoginTest::loginWithoutQuestionIsTold()
{
    tests::ScriptedSshServer server({});
    QVERIFY(server.start());
    ConnectionProbe probe(m_fixture.settingsFor(server.port(), server.hostKey()));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::LoginWithoutQuestion);
}

void LoginTest::bannerIsPassedOn()
{
    const auto server = serve(SshServerOptions().withBanner("Mind the gap\n"));
    ConnectionProbe probe(m_fixture.settingsWithKey(*server));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::Banner);
    QCOMPARE(probe.notices.first().text.trimmed(), u"Mind the gap"_s);
}

void LoginTest::refusalTellsWhatWasTried()
{
    const auto stranger = tests::generateKey(m_fixture.path(u"stranger"_s));
    QVERIFY2(stranger, reason(stranger).constData());
    const auto server = serve({});
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {stranger->privateFile, u"/nonexistent/key"_s};
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    const QString detail = probe.error().detail;
    QVERIFY2(detail.contains(stranger->privateFile), qPrintable(detail));
    QVERIFY2(detail.contains(u"/nonexistent/key"_s), qPrintable(detail));
    QVERIFY2(detail.contains(u"The server accepts: publickey"_s), qPrintable(detail));
}

// The key is not taken at first.
void LoginTest::passwordThenKey()
{
    const auto server = serve(SshServerOptions()
                                  .withPassword(u"sesame"_s)
                                  .withAuthenticationMethods(u"password,publickey"_s));
    ConnectionProbe probe(m_fixture.settingsWithKey(*server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"sesame"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto &trace = probe.connection().info().loginTrace;
    QCOMPARE(trace.triedMethods(), QStringList({u"password"_s, u"publickey"_s}));
    QCOMPARE(trace.attempts.size(), 4); // the key too early, "none", the two
    QCOMPARE(trace.attempts[2].answer, ssh::LoginTrace::Attempt::Answer::Partial);
    QCOMPARE(trace.attempts[2].remaining, QStringList(u"publickey"_s));
}

void LoginTest::orderOfTheSettings()
{
    const auto server = serve(SshServerOptions().withPassword(u"sesame"_s));
    auto settings = m_fixture.settingsWithKey(*server);
    settings.loginOrder = {profiles::LoginSource::Password, profiles::LoginSource::KeyFiles};
    ConnectionProbe probe(settings);
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"sesame"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().loginMethod, u"password"_s);
}

void LoginTest::nothingIsWarnedOfWhereAllIsWell()
{
    const auto server = serve({});
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {m_fixture.userKey().privateFile};
    const auto log = std::make_shared<logging::SessionLog>(u"test"_s);
    settings.log.log = log;
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const QList<logging::LogLine> lines = log->linesAfter(0);
    QVERIFY(!lines.isEmpty());
    for (const logging::LogLine &line : lines) {
        QVERIFY2(line.level > ssh::LogLevel::Warning, qPrintable(line.text));
    }
}

QTEST_GUILESS_MAIN(LoginTest)

#include "LoginTest.moc"
