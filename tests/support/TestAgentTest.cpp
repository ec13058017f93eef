#include "tests/support/TestAgent.h"

#include "tests/support/OpenSshClient.h"
#include "tests/support/Reason.h"

#include <QTest>

using namespace Qt::StringLiterals;
using tests::TestAgent;

class TestAgentTest : public QObject
{
    Q_OBJECT

private slots:
    void addedKeyIsListed();
    void addedKeyLogsIn();
    void stoppedAgentAnswersNobody();
    void startsAgainOnTheSameSocket();
};

void TestAgentTest::addedKeyIsListed()
{
    const QTemporaryDir directory;
    const auto key = tests::generateKey(directory.filePath(u"key"_s));
    QVERIFY2(key, tests::reason(key).constData());
    TestAgent agent;
    const auto started = agent.start();
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(!agent.list().contains(key->publicLine));

    const auto added = agent.add(*key);

    QVERIFY2(added, tests::reason(added).constData());
    QCOMPARE(agent.list(), key->publicLine + '\n');
}

void TestAgentTest::addedKeyLogsIn()
{
    const QTemporaryDir directory;
    const auto key = tests::generateKey(directory.filePath(u"key"_s));
    QVERIFY(key);
    TestAgent agent;
    QVERIFY(agent.start());
    QVERIFY(agent.add(*key));
    tests::SshServer server(tests::SshServerOptions().withAuthorizedKey(key->publicLine));
    const auto started = server.start();
    QVERIFY2(started, tests::reason(started).constData());

    tests::OpenSshLogin login = tests::loginTo(server);
    login.options
        = {u"-o"_s, u"IdentitiesOnly=no"_s, u"-o"_s, u"IdentityAgent="_s + agent.socketPath()};

    QCOMPARE(tests::runSsh(login, u"true"_s).exitStatus, 0);
}

void TestAgentTest::stoppedAgentAnswersNobody()
{
    const QTemporaryDir directory;
    const auto key = tests::generateKey(directory.filePath(u"key"_s));
    QVERIFY(key);
    TestAgent agent;
    QVERIFY(agent.start());
    agent.stop();

    QVERIFY(!agent.add(*key));
}

void TestAgentTest::startsAgainOnTheSameSocket()
{
    TestAgent agent;
    QVERIFY(agent.start());
    const QString socket = agent.socketPath();
    agent.stop();

    QVERIFY(agent.start());
    QCOMPARE(agent.socketPath(), socket);
}

QTEST_GUILESS_MAIN(TestAgentTest)

#include "TestAgentTest.moc"
