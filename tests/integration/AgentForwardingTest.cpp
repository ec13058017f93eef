// The user's agent on the server: a real ssh-agent here, the real ssh-add there.

#include "ssh/ExecProcess.h"
#include "ssh/Shell.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/ForeignServer.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestAgent.h"

#include <QLocalServer>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using tests::ConnectionProbe;
using tests::ForeignServer;
using tests::reason;

class AgentForwardingTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void agentIsNotThereUnlessItIsWanted();
    void agentIsUsedOnTheServer();
    void agentIsUsedByShells();
    void anotherAgentIsForwarded();
    void manyUseItAtOnce();
    void missingAgentIsAnAnswer();
    void agentThatHangsHoldsNothingUp();
    void connectionEndsWithTheAgentInUse();
    void keysOfTheAgentStayAsTheyAre();
    void eachSignatureIsAsked();
    void questionGoesWithItsProgram();
    void floodOfChannelsIsCutOff();

private:
    ssh::ConnectionSettings settings() const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<tests::TestAgent> m_agent;
};

void AgentForwardingTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withMaxSessions(20).withAuthorizedKey(
            m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
    m_agent = std::make_unique<tests::TestAgent>();
    const auto running = m_agent->start();
    QVERIFY2(running, reason(running).constData());
    QVERIFY(m_agent->add(m_fixture.userKey()));
}

ssh::ConnectionSettings AgentForwardingTest::settings() const
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.agentSocket = m_agent->socketPath();
    settings.forwardsAgent = true;
    return settings;
}

void AgentForwardingTest::agentIsNotThereUnlessItIsWanted()
{
    auto plain = settings();
    plain.forwardsAgent = false;
    ConnectionProbe probe(plain);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.run("echo \"<$SSH_AUTH_SOCK>\"").standard, "<>\n");
}

void AgentForwardingTest::agentIsUsedOnTheServer()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.run("ssh-add -L").standard, m_agent->list());
    QCOMPARE(probe.run("ssh-add -L").standard, m_agent->list()); // and again
    // It signs, too.
    const auto tested = probe.run("ssh-add -L > key.pub && ssh-add -T key.pub");
    QVERIFY2(tested.end && tested.end->code == 0, tested.error.constData());
}

void AgentForwardingTest::agentIsUsedByShells()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto shell = probe.connection().openShell({});
    QByteArray output;
    connect(shell.get(), &ssh::Shell::received, this, [&](const QByteArray &data) {
        output += data;
        shell->consumed(data.size());
    });
    shell->write("ssh-add -l\n");
    QTRY_VERIFY2(output.contains("SHA256:"), output.constData());
}

void AgentForwardingTest::anotherAgentIsForwarded()
{
    auto other = settings();
    other.agentSocket = u"none"_s;
    other.forwardedAgent = m_agent->socketPath();
    ConnectionProbe probe(other);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.run("ssh-add -L").standard, m_agent->list());
}

void AgentForwardingTest::manyUseItAtOnce()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto result = probe.run("for i in $(seq 60); do ssh-add -L > out$i & done; wait; "
                                  "cat out* | sort -u; cat out* | wc -l");
    QCOMPARE(result.standard.trimmed(), m_agent->list() + "60");
}

void AgentForwardingTest::missingAgentIsAnAnswer()
{
    auto none = settings();
    none.forwardedAgent = m_fixture.path(u"nobody-listens"_s);
    ConnectionProbe probe(none);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto result = probe.run("ssh-add -l");
    QVERIFY(result.end && result.end->code != 0);
    QCOMPARE(probe.run("echo still here").standard, "still here\n");
}

// It takes the connection and never answers.
void AgentForwardingTest::agentThatHangsHoldsNothingUp()
{
    QLocalServer silent;
    QVERIFY(silent.listen(m_fixture.path(u"silent-agent"_s)));
    auto hanging = settings();
    hanging.forwardedAgent = silent.fullServerName();
    ConnectionProbe probe(hanging);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const auto waiting = probe.connection().start({.command = "ssh-add -l"});
    QTRY_VERIFY(silent.hasPendingConnections());
    QCOMPARE(probe.run("echo still here").standard, "still here\n");
}

void AgentForwardingTest::connectionEndsWithTheAgentInUse()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    // Ends when there is no agent any more (ssh-add(1)): it must not outlive the test.
    const auto flood = probe.connection().start(
        {.command = "while ssh-add -L > /dev/null 2>&1; [ $? -ne 2 ]; do :; done"});
    QTRY_VERIFY(m_server->sessionCount() > 0);
    probe.connection().close();
    QTRY_VERIFY(probe.connection().state() == ssh::Connection::State::Closed);
}

// Nobody on the server adds, removes or locks keys.
void AgentForwardingTest::keysOfTheAgentStayAsTheyAre()
{
    ConnectionProbe probe(settings());
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const QByteArray before = m_agent->list();

    const auto removed = probe.run("ssh-add -D");
    const auto added = probe.run("ssh-keygen -q -t ed25519 -N '' -f other && ssh-add other");

    QVERIFY(removed.end && removed.end->code != 0);
    QVERIFY(added.end && added.end->code != 0);
    QCOMPARE(m_agent->list(), before);
}

void AgentForwardingTest::eachSignatureIsAsked()
{
    auto asking = settings();
    asking.asksForAgent = true;
    ConnectionProbe probe(asking);
    QList<bool> answers{false, true, false};
    probe.setAnswerer([&](const ssh::Prompt &prompt) -> std::optional<ssh::PromptAnswer> {
        const bool isUse = std::holds_alternative<ssh::AgentUseQuestion>(prompt.question);
        return isUse && answers.takeFirst() ? ssh::PromptAnswer(ssh::AgentUseAnswer::AllowOnce)
                                            : ssh::PromptAnswer(ssh::Refusal());
    });
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    const QByteArray sign = "echo x > text && ssh-keygen -Y sign -n file -f key.pub text; s=$?; "
                            "rm -f text.sig; exit $s";
    QCOMPARE(probe.run("ssh-add -L > key.pub").end->code, 0); // the list is free

    QVERIFY(probe.run(sign).end->code != 0);
    QCOMPARE(probe.run(sign).end->code, 0);
    QVERIFY(probe.run(sign).end->code != 0);

    QCOMPARE(probe.prompts.size(), 3);
    const auto question = std::get<ssh::AgentUseQuestion>(probe.prompts.first().question);
    QCOMPARE(question.host, asking.host);
    QVERIFY(question.fingerprint.startsWith(u"SHA256:"_s));
}

void AgentForwardingTest::questionGoesWithItsProgram()
{
    auto asking = settings();
    asking.asksForAgent = true;
    ConnectionProbe probe(asking);
    probe.setAnswerer([](const ssh::Prompt &) { return std::nullopt; });
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    auto program = probe.connection().start(
        {.command = "ssh-add -L > key.pub; exec timeout 60 ssh-add -T key.pub"});
    QTRY_COMPARE(probe.prompts.size(), 1);

    QCOMPARE(probe.run("pkill -f 'ssh-add -T key.pub'").error, QByteArray());

    QTRY_COMPARE(probe.withdrawn, QList{probe.prompts.first().id});
    QCOMPARE(probe.run("echo still here").standard, "still here\n");
}

// A server that opens thousands of channels gets some of them.
void AgentForwardingTest::floodOfChannelsIsCutOff()
{
    const QString lack = ForeignServer::whyUnavailable(ForeignServer::Kind::Hostile);
    if (!lack.isEmpty()) {
        QSKIP(qPrintable(lack));
    }
    ForeignServer hostile(ForeignServer::Kind::Hostile, m_fixture.userKey());
    const auto started = hostile.start();
    QVERIFY2(started, reason(started).constData());
    QLocalServer agent;
    QVERIFY(agent.listen(m_fixture.path(u"counting-agent"_s)));
    agent.setMaxPendingConnections(10'000);
    auto given = m_fixture.settingsFor(hostile.port(), hostile.hostKey());
    given.identityFiles = {m_fixture.userKey().privateFile};
    given.forwardsAgent = true;
    given.forwardedAgent = agent.fullServerName();
    ConnectionProbe probe(given);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));

    // It ends the connection itself: Paramiko does not know the channels that it opened.
    static_cast<void>(probe.run("flood-channels"));

    qsizetype uses = 0;
    while (agent.nextPendingConnection() != nullptr) {
        ++uses;
    }
    QVERIFY2(uses > 0 && uses <= 128, qPrintable(QString::number(uses)));
}

QTEST_GUILESS_MAIN(AgentForwardingTest)
#include "AgentForwardingTest.moc"
