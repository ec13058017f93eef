// TARGET as a host of OpenSSH's configuration, evaluated by the real `ssh -G`.

#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::ToolResult;

class AliasTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void aliasLogsInWithWhatItSays();
    void commandLineComesFirst();
    void whatHasNoEffectIsTold();
    void brokenConfigurationIsTold();
    void manyServersTellTheSame();
    void variablesAreSent();
    void refusedVariableIsInTheLog();
    void terminalAsConfigured();
    void algorithmsThatNobodyHasAreTold();
    void failedForwardEndsTheConnection();
    void listNamesSessionsAndAliases();
    void listRunsNothing();

private:
    void configure(const QByteArray &more = {});
    ToolResult exec(const QStringList &options) const
    {
        return m_fixture.run(QStringList{u"exec"_s, u"--no-agent"_s} + options
                             + QStringList{u"web"_s, u"--"_s, u"echo"_s, u"inside"_s});
    }

    tests::VerbFixture m_fixture;
};

void AliasTest::initTestCase()
{
    const auto ready = m_fixture.setUp(
        tests::SshServerOptions().withConfigLines({u"AcceptEnv FARM CITY LC_*"_s}));
    QVERIFY2(ready, tests::reason(ready).constData());
    QVERIFY(QDir().mkpath(m_fixture.path(u"nobody/.ssh"_s))); // the home directory of the program
}

// A host whose every part is needed to get in.
void AliasTest::configure(const QByteArray &more)
{
    const tests::SshServer &server = m_fixture.server();
    QFile knownHosts(m_fixture.path(u"alias_hosts"_s));
    QVERIFY(knownHosts.open(QIODevice::WriteOnly));
    knownHosts.write(server.knownHostsLine(tests::KeyType::Ed25519));
    QFile file(m_fixture.path(u"nobody/.ssh/config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Host web\n  HostName " + server.address().toUtf8() + "\n  Port "
               + QByteArray::number(server.port()) + "\n  User " + server.userName().toUtf8()
               + "\n  IdentityFile " + m_fixture.userKeyFile().toUtf8()
               + "\n  StrictHostKeyChecking yes\n  UserKnownHostsFile "
               + m_fixture.path(u"alias_hosts"_s).toUtf8() + '\n' + more);
}

void AliasTest::aliasLogsInWithWhatItSays()
{
    configure();
    const ToolResult result = exec({});
    QCOMPARE(result.output, "inside\n");
    QCOMPARE(result.errors, "");
    QCOMPARE(result.exitStatus, 0);
}

void AliasTest::commandLineComesFirst()
{
    configure();
    const ToolResult result = exec({u"-p"_s, u"1"_s});
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("Could not connect"), result.errors.constData());
}

void AliasTest::whatHasNoEffectIsTold()
{
    configure("  PermitLocalCommand yes\n");
    const ToolResult result = exec({});
    QCOMPARE(result.output, "inside\n");
    QVERIFY2(result.errors.contains("permitlocalcommand yes"), result.errors.constData());
}

void AliasTest::brokenConfigurationIsTold()
{
    configure("  NoSuchThing yes\n");
    const ToolResult result = exec({});
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("option: nosuchthing Mend"), result.errors.constData());
}

void AliasTest::manyServersTellTheSame()
{
    configure("  PermitLocalCommand yes\n");
    const ToolResult fine = m_fixture.run(
        {u"exec"_s, u"--no-agent"_s, u"--json"_s, u"web"_s, u"--"_s, u"echo inside"_s});
    QVERIFY2(fine.output.contains("inside"), fine.output.constData());
    QVERIFY2(fine.errors.contains("permitlocalcommand yes"), fine.errors.constData());

    configure("  NoSuchThing yes\n");
    const ToolResult broken = m_fixture.run(
        {u"exec"_s, u"--no-agent"_s, u"--json"_s, u"web"_s, u"--"_s, u"echo inside"_s});
    QCOMPARE(broken.exitStatus, 1);
    QVERIFY2(broken.output.contains("option: nosuchthing Mend"), broken.output.constData());
}

void AliasTest::variablesAreSent()
{
    configure("  SendEnv CITY LC_*\n  SetEnv FARM=\"two words\" OTHER=lost\n");
    const ToolResult result = m_fixture.run(
        {u"exec"_s, u"--no-agent"_s, u"web"_s, u"--"_s,
         u"echo \"$FARM/$CITY/$LC_PONTO/$SECRET/$OTHER\""_s},
        {}, {{u"CITY"_s, u"Køge"_s}, {u"LC_PONTO"_s, u"x"_s}, {u"SECRET"_s, u"y"_s}});
    QCOMPARE(result.output, "two words/K\xC3\xB8ge/x//\n");
    QCOMPARE(result.errors, "");
}

void AliasTest::refusedVariableIsInTheLog()
{
    configure("  SetEnv OTHER=hidden\n");
    const ToolResult result = exec({u"--log-level"_s, u"info"_s});
    QCOMPARE(result.output, "inside\n");
    QVERIFY2(result.errors.contains("does not accept the variable OTHER"),
             result.errors.constData());
    QVERIFY(!result.errors.contains("hidden"));
}

// Standard input is no terminal here.
void AliasTest::terminalAsConfigured()
{
    const auto tty = [this](const QStringList &options) {
        return m_fixture.run(QStringList{u"exec"_s, u"--no-agent"_s} + options
                             + QStringList{u"web"_s, u"--"_s, u"tty"_s});
    };
    configure();
    QVERIFY(tty({}).output.contains("not a tty"));
    QVERIFY(tty({u"-tt"_s}).output.contains("/dev/pts/"));
    const ToolResult once = tty({u"-t"_s});
    QVERIFY(once.output.contains("not a tty"));
    QVERIFY2(once.errors.contains("-tt"), once.errors.constData());
    configure("  RequestTTY force\n");
    QVERIFY(tty({}).output.contains("/dev/pts/"));
    QVERIFY(tty({u"-T"_s}).output.contains("not a tty"));
}

void AliasTest::algorithmsThatNobodyHasAreTold()
{
    configure("  MACs umac-64@openssh.com\n");
    const ToolResult none = exec({});
    QCOMPARE(none.exitStatus, 255);
    QVERIFY2(none.errors.contains("umac-64@openssh.com"), none.errors.constData());
    configure("  MACs umac-64@openssh.com,hmac-sha2-512\n  Ciphers aes256-ctr\n");
    const ToolResult some = exec({});
    QCOMPARE(some.output, "inside\n");
    QVERIFY2(some.errors.contains("macs umac-64@openssh.com."), some.errors.constData());
    configure("  HostKeyAlgorithms +ssh-rsa\n  Ciphers ^aes256-ctr\n");
    QCOMPARE(exec({}).errors, "");
}

void AliasTest::failedForwardEndsTheConnection()
{
    QTcpServer busy;
    QVERIFY(busy.listen(QHostAddress::LocalHost));
    configure("  RemoteForward 0 127.0.0.1:1\n  LocalForward 127.0.0.1:"
              + QByteArray::number(busy.serverPort())
              + " 127.0.0.1:1\n  ExitOnForwardFailure yes\n");
    const ToolResult result = m_fixture.run({u"tunnel"_s, u"--no-agent"_s, u"web"_s});
    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains(QByteArray::number(busy.serverPort())),
             result.errors.constData());
    QVERIFY2(result.errors.contains("ExitOnForwardFailure"), result.errors.constData());
    QVERIFY2(!result.errors.contains("no effect"), result.errors.constData());
}

void AliasTest::listNamesSessionsAndAliases()
{
    configure("Host *.example\n");
    QVERIFY(QDir().mkpath(m_fixture.path(u"conf"_s)));
    QFile sessions(m_fixture.path(u"conf/sessions.json"_s));
    QVERIFY(sessions.open(QIODevice::WriteOnly));
    sessions.write(R"({"version":1,"groups":{"Lab":{"user":"ops","port":2222}},"profiles":[
        {"id":"1","host":"db01","name":"Data\tbase","group":"Lab"},{"id":"2","host":"web02"}]})");
    sessions.close();
    const ToolResult result
        = m_fixture.run({u"--list-profiles"_s, u"--config-dir"_s, m_fixture.path(u"conf"_s)});
    QCOMPARE(result.exitStatus, 0);
    const QByteArrayList lines = result.output.split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[0].endsWith("base\tops@db01:2222\tLab"), lines[0].constData());
    QCOMPARE(lines[0].count('\t'), 2); // that in the name is escaped
    QCOMPARE(lines[1], "web02\tweb02\t");
    QCOMPARE(lines[2], "web\tweb\tOpenSSH");
}

void AliasTest::listRunsNothing()
{
    const QString trace = m_fixture.path(u"ran"_s);
    configure("Match exec \"touch " + trace.toUtf8() + "\"\n  Port 1\n");
    QCOMPARE(m_fixture.run({u"--list-profiles"_s}).exitStatus, 0);
    QVERIFY(!QFile::exists(trace));
}

QTEST_GUILESS_MAIN(AliasTest)
#include "AliasTest.moc"
