// A host of OpenSSH's configuration behind jump hosts that are hosts of it themselves: a chain of
// real servers, each known and logged in to by its own lines alone. The real `ssh` goes the same
// way.

#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using tests::KeyType;
using tests::SshServer;
using tests::ToolResult;

class JumpAliasTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void everyHopIsAnAlias_data();
    void everyHopIsAnAlias();
    void commandLineReplacesTheWay();
    void everyHopIsVerifiedUnderItsOwnName();
    void hopWithoutTheKeyIsNamed();
    void circleIsTold();
    void lostSettingsOfAHopAreTold();
    void commandLineNamesAliases_data();
    void commandLineNamesAliases();
    void aliasLeadsToAnAddress();
    void savedSessionComesBeforeTheAlias();
    void savedSessionLeadsThroughAnAlias();
    void lostSettingsOfANamedHopAreTold();
    void circleOfANamedHopIsTold();

private:
    ToolResult execTo(const QString &target, const QStringList &options) const;
    QByteArray block(const char *alias, const SshServer &server, const QString &keyFile,
                     const QByteArray &more = {}) const;
    void write(const QByteArray &config) const;
    void writeSessions(const QString &profile) const;
    ToolResult exec(const QStringList &options = {}) const
    {
        return m_fixture.run(QStringList{u"exec"_s, u"--no-agent"_s} + options
                             + QStringList{u"web"_s, u"--"_s, u"echo"_s, u"inside"_s});
    }
    const SshServer &near() const { return *m_servers[0]; }
    const SshServer &middle() const { return *m_servers[1]; }
    const SshServer &target() const { return m_fixture.server(); }

    tests::VerbFixture m_fixture;
    std::array<std::unique_ptr<SshServer>, 2> m_servers;
    std::array<tests::KeyPair, 2> m_keys;
};

namespace {

qsizetype loginCount(const SshServer &server)
{
    return server.logText().count("Accepted publickey");
}

} // namespace

void JumpAliasTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    for (std::size_t index = 0; index < m_servers.size(); ++index) {
        const auto key = tests::generateKey(m_fixture.path(u"hop%1"_s.arg(index)));
        QVERIFY2(key, tests::reason(key).constData());
        m_keys.at(index) = *key;
        m_servers.at(index) = std::make_unique<SshServer>(
            tests::SshServerOptions().withAuthorizedKey(key->publicLine));
        const auto started = m_servers.at(index)->start();
        QVERIFY2(started, tests::reason(started).constData());
    }
    QVERIFY(QDir().mkpath(m_fixture.path(u"nobody/.ssh"_s)));
}

// "bastion" is the near one, "inner" the middle one: each has a key and a known_hosts of its own.
void JumpAliasTest::init()
{
    write({});
}

QByteArray JumpAliasTest::block(const char *alias, const SshServer &server, const QString &keyFile,
                                const QByteArray &more) const
{
    const QString knownHosts = m_fixture.path(u"hosts-"_s + QString::fromLatin1(alias));
    QFile file(knownHosts);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(server.knownHostsLine(KeyType::Ed25519));
    }
    return QByteArray("Host ") + alias + "\n  HostName " + server.address().toUtf8() + "\n  Port "
        + QByteArray::number(server.port()) + "\n  User " + server.userName().toUtf8()
        + "\n  IdentityFile " + keyFile.toUtf8()
        + "\n  IdentitiesOnly yes\n  StrictHostKeyChecking yes\n  UserKnownHostsFile "
        + knownHosts.toUtf8() + '\n' + more;
}

void JumpAliasTest::write(const QByteArray &config) const
{
    QFile file(m_fixture.path(u"nobody/.ssh/config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(config);
}

void JumpAliasTest::writeSessions(const QString &profile) const
{
    QVERIFY(QDir().mkpath(m_fixture.path(u"config"_s)));
    QFile file(m_fixture.path(u"config/sessions.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(u"{ \"version\": 1, \"profiles\": [%1] }"_s.arg(profile).toUtf8());
}

void JumpAliasTest::everyHopIsAnAlias_data()
{
    QTest::addColumn<QByteArray>("webLine");
    QTest::addColumn<QByteArray>("innerLine");
    QTest::addColumn<int>("nearLogins");
    QTest::addColumn<int>("middleLogins");

    QTest::newRow("one") << QByteArray("  ProxyJump bastion\n") << QByteArray() << 1 << 0;
    QTest::newRow("a list") << QByteArray("  ProxyJump bastion,inner\n") << QByteArray() << 1 << 1;
    QTest::newRow("the hop's own")
        << QByteArray("  ProxyJump inner\n") << QByteArray("  ProxyJump bastion\n") << 1 << 1;
    QTest::newRow("the list replaces it") << QByteArray("  ProxyJump bastion,inner\n")
                                          << QByteArray("  ProxyJump nowhere\n") << 1 << 1;
}

void JumpAliasTest::everyHopIsAnAlias()
{
    QFETCH(const QByteArray, webLine);
    QFETCH(const QByteArray, innerLine);
    write(block("web", target(), m_fixture.userKeyFile(), webLine)
          + block("bastion", near(), m_keys[0].privateFile)
          + block("inner", middle(), m_keys[1].privateFile, innerLine));
    const std::array before{loginCount(near()), loginCount(middle())};

    const ToolResult result = exec();

    QCOMPARE(result.errors, "");
    QCOMPARE(result.output, "inside\n");
    QTEST(static_cast<int>(loginCount(near()) - before[0]), "nearLogins");
    QTEST(static_cast<int>(loginCount(middle()) - before[1]), "middleLogins");

    const QString config = m_fixture.path(u"nobody/.ssh/config"_s);
    const ToolResult real = tests::runTool(
        {.program = u"ssh"_s,
         .arguments = {u"-F"_s, config, u"-o"_s, u"BatchMode=yes"_s, u"web"_s, u"echo inside"_s}});
    QCOMPARE(real.output, "inside\n");
}

void JumpAliasTest::commandLineReplacesTheWay()
{
    write(block("web", target(), m_fixture.userKeyFile(), "  ProxyJump bastion\n")
          + block("bastion", near(), m_keys[0].privateFile));
    const qsizetype before = loginCount(near());
    const ToolResult result = exec({u"--proxy-command"_s, u"false"_s});
    QCOMPARE(result.exitStatus, 255);
    QCOMPARE(loginCount(near()), before);
}

void JumpAliasTest::everyHopIsVerifiedUnderItsOwnName()
{
    const QByteArray web = block("web", target(), m_fixture.userKeyFile(), "  ProxyJump bastion\n");
    write(web + block("bastion", near(), m_keys[0].privateFile, "  HostKeyAlias gate\n"));
    const ToolResult unknown = exec();
    QCOMPARE(unknown.exitStatus, 255);
    QVERIFY2(unknown.errors.contains("is not known"), unknown.errors.constData());

    QFile knownHosts(m_fixture.path(u"hosts-bastion"_s));
    QVERIFY(knownHosts.open(QIODevice::WriteOnly));
    knownHosts.write("gate " + near().hostKey(KeyType::Ed25519).publicLine + '\n');
    knownHosts.close();
    QCOMPARE(exec().output, "inside\n");

    QVERIFY(knownHosts.open(QIODevice::WriteOnly));
    knownHosts.write("gate " + middle().hostKey(KeyType::Ed25519).publicLine + '\n');
    knownHosts.close();
    const ToolResult changed = exec();
    QCOMPARE(changed.exitStatus, 255);
    QVERIFY2(changed.errors.contains("HOST KEY HAS CHANGED"), changed.errors.constData());
}

void JumpAliasTest::hopWithoutTheKeyIsNamed()
{
    write(block("web", target(), m_fixture.userKeyFile(), "  ProxyJump bastion\n")
          + block("bastion", near(), m_fixture.userKeyFile()));
    const ToolResult result = exec();
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains(':' + QByteArray::number(near().port())),
             result.errors.constData());
}

void JumpAliasTest::circleIsTold()
{
    write(block("web", target(), m_fixture.userKeyFile(), "  ProxyJump bastion\n")
          + block("bastion", near(), m_keys[0].privateFile, "  ProxyJump inner\n")
          + block("inner", middle(), m_keys[1].privateFile, "  ProxyJump bastion\n"));
    const ToolResult result = exec();
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("in a circle: web, bastion, inner, bastion"),
             result.errors.constData());
}

void JumpAliasTest::lostSettingsOfAHopAreTold()
{
    write(block("web", target(), m_fixture.userKeyFile(), "  ProxyJump bastion\n")
          + block("bastion", near(), m_keys[0].privateFile,
                  "  ConnectionAttempts 7\n  SetEnv A=b\n  RemoteCommand true\n"));
    const ToolResult result = exec();
    QCOMPARE(result.output, "inside\n");
    QVERIFY2(result.errors.contains("bastion: connectionattempts 7"), result.errors.constData());
    QVERIFY2(!result.errors.contains("setenv"), result.errors.constData());
}

void JumpAliasTest::commandLineNamesAliases_data()
{
    QTest::addColumn<QString>("hops");
    QTest::addColumn<QByteArray>("innerLine");
    QTest::addColumn<int>("nearLogins");
    QTest::addColumn<int>("middleLogins");

    QTest::newRow("one") << u"bastion"_s << QByteArray() << 1 << 0;
    QTest::newRow("two") << u"bastion,inner"_s << QByteArray() << 1 << 1;
    QTest::newRow("the hop's own way")
        << u"inner"_s << QByteArray("  ProxyJump bastion\n") << 1 << 1;
    QTest::newRow("the list replaces it")
        << u"bastion,inner"_s << QByteArray("  ProxyJump inner\n") << 1 << 1;
    QTest::newRow("nothing runs there")
        << u"bastion,inner"_s << QByteArray("  RemoteCommand false\n  RequestTTY force\n") << 1
        << 1;
}

// The real `ssh` understands -J in the same way.
void JumpAliasTest::commandLineNamesAliases()
{
    QFETCH(const QString, hops);
    QFETCH(const QByteArray, innerLine);
    write(block("web", target(), m_fixture.userKeyFile())
          + block("bastion", near(), m_keys[0].privateFile)
          + block("inner", middle(), m_keys[1].privateFile, innerLine));
    const std::array before{loginCount(near()), loginCount(middle())};

    const ToolResult result = exec({u"-J"_s, hops});

    QCOMPARE(result.errors, "");
    QCOMPARE(result.output, "inside\n");
    QTEST(static_cast<int>(loginCount(near()) - before[0]), "nearLogins");
    QTEST(static_cast<int>(loginCount(middle()) - before[1]), "middleLogins");

    const QString config = m_fixture.path(u"nobody/.ssh/config"_s);
    const ToolResult real
        = tests::runTool({.program = u"ssh"_s,
                          .arguments = {u"-F"_s, config, u"-o"_s, u"BatchMode=yes"_s, u"-J"_s, hops,
                                        u"web"_s, u"echo inside"_s}});
    QCOMPARE(real.output, "inside\n");
}

ToolResult JumpAliasTest::execTo(const QString &target, const QStringList &options) const
{
    QFile knownHosts(m_fixture.path(u"all_hosts"_s));
    if (knownHosts.open(QIODevice::WriteOnly)) {
        for (const SshServer *server : {&this->target(), &near(), &middle()}) {
            knownHosts.write(server->knownHostsLine(KeyType::Ed25519));
        }
    }
    knownHosts.close();
    return m_fixture.run(QStringList{u"exec"_s, u"--no-agent"_s, u"-i"_s, m_fixture.userKeyFile(),
                                     u"--known-hosts"_s, knownHosts.fileName(), u"--config-dir"_s,
                                     m_fixture.path(u"config"_s)}
                         + options + QStringList{target, u"--"_s, u"echo"_s, u"inside"_s});
}

void JumpAliasTest::aliasLeadsToAnAddress()
{
    write(block("bastion", near(), m_keys[0].privateFile));
    const qsizetype before = loginCount(near());
    const ToolResult result = execTo(m_fixture.target(), {u"-J"_s, u"bastion"_s});
    QCOMPARE(result.errors, "");
    QCOMPARE(result.output, "inside\n");
    QCOMPARE(loginCount(near()), before + 1);
}

void JumpAliasTest::savedSessionComesBeforeTheAlias()
{
    write(block("bastion", near(), m_keys[0].privateFile));
    writeSessions(
        u"{ \"id\": \"1\", \"name\": \"bastion\", \"host\": \"127.0.0.1\", "
        "\"port\": %1, \"user\": \"%2\", \"identityFiles\": [\"%3\"] }"_s.arg(middle().port())
            .arg(middle().userName(), m_keys[1].privateFile));
    const std::array before{loginCount(near()), loginCount(middle())};
    const ToolResult result = execTo(m_fixture.target(), {u"-J"_s, u"bastion"_s});
    QCOMPARE(result.output, "inside\n");
    QCOMPARE(loginCount(near()), before[0]);
    QCOMPARE(loginCount(middle()), before[1] + 1);
}

// The middle one is a saved session that says itself how it is reached.
void JumpAliasTest::savedSessionLeadsThroughAnAlias()
{
    write(block("bastion", near(), m_keys[0].privateFile));
    writeSessions(u"{ \"id\": \"1\", \"name\": \"middle\", \"host\": \"127.0.0.1\", "
                  "\"port\": %1, \"user\": \"%2\", \"identityFiles\": [\"%3\"], "
                  "\"route\": { \"jumpHosts\": [{ \"profile\": \"openssh:bastion\" }] } }"_s
                      .arg(middle().port())
                      .arg(middle().userName(), m_keys[1].privateFile));
    const std::array before{loginCount(near()), loginCount(middle())};
    const ToolResult result = execTo(m_fixture.target(), {u"-J"_s, u"middle"_s});
    QCOMPARE(result.errors, "");
    QCOMPARE(result.output, "inside\n");
    QCOMPARE(loginCount(near()), before[0] + 1);
    QCOMPARE(loginCount(middle()), before[1] + 1);
}

void JumpAliasTest::lostSettingsOfANamedHopAreTold()
{
    write(
        block("bastion", near(), m_keys[0].privateFile, "  ConnectionAttempts 7\n  SetEnv A=b\n"));
    const ToolResult result = execTo(m_fixture.target(), {u"-J"_s, u"bastion"_s});
    QCOMPARE(result.output, "inside\n");
    QVERIFY2(result.errors.contains("bastion: connectionattempts 7"), result.errors.constData());
    QVERIFY2(!result.errors.contains("setenv"), result.errors.constData());
}

void JumpAliasTest::circleOfANamedHopIsTold()
{
    write(block("bastion", near(), m_keys[0].privateFile, "  ProxyJump inner\n")
          + block("inner", middle(), m_keys[1].privateFile, "  ProxyJump bastion\n"));
    const ToolResult result = execTo(m_fixture.target(), {u"-J"_s, u"bastion"_s});
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("in a circle: bastion, inner, bastion"),
             result.errors.constData());
}

QTEST_GUILESS_MAIN(JumpAliasTest)
#include "JumpAliasTest.moc"
