// The script for a session, run by Python with Paramiko against real servers.

#include "profiles/ParamikoScript.h"

#include "profiles/ProfileStore.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::Profile;
using tests::reason;

class ParamikoScriptTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void commandRunsOnTheServer();
    void statusIsThatOfTheCommand();
    void unknownHostKeyIsRefused();
    void savedJumpHostIsUsed();
    void proxyCommandIsUsed();
    void environmentIsSet();
    void chosenKeysAloneAreOffered();
    void hostileTextStaysText();
    void proxyIsRefused();
    void goneJumpHostIsTold();

private:
    Profile sessionOn(const tests::SshServer &server, const QString &id) const;
    tests::ToolResult run(const Profile &profile, const QStringList &words = {}) const;
    void trust(const QByteArray &lines) const;

    QString m_python;
    QTemporaryDir m_keys;
    tests::KeyPair m_key;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<tests::SshServer> m_jump;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<profiles::ProfileStore> m_store;
};

void ParamikoScriptTest::initTestCase()
{
    for (const QString &python : {u"/usr/bin/python3"_s, u"python3"_s}) {
        const auto found
            = tests::runTool({.program = python, .arguments = {u"-c"_s, u"import paramiko"_s}});
        if (found.exitStatus == 0 && m_python.isEmpty()) {
            m_python = python;
        }
    }
    if (m_python.isEmpty()) {
        QSKIP("Python with Paramiko is not installed");
    }
    const auto key = tests::generateKey(m_keys.filePath(u"a \"key\""_s));
    QVERIFY2(key, reason(key).constData());
    m_key = *key;
    for (auto *server : {&m_server, &m_jump}) {
        *server
            = std::make_unique<tests::SshServer>(tests::SshServerOptions()
                                                     .withAuthorizedKey(m_key.publicLine)
                                                     .withConfigLines({u"AcceptEnv PONTO_*"_s}));
        const auto started = (*server)->start();
        QVERIFY2(started, reason(started).constData());
    }
}

void ParamikoScriptTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_home->path()).mkdir(u".ssh"_s));
    m_store = std::make_unique<profiles::ProfileStore>(m_home->filePath(u"sessions.json"_s));
    trust(m_server->knownHostsLine(tests::KeyType::Ed25519)
          + m_jump->knownHostsLine(tests::KeyType::Ed25519));
}

void ParamikoScriptTest::trust(const QByteArray &lines) const
{
    QFile file(m_home->filePath(u".ssh/known_hosts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lines);
}

Profile ParamikoScriptTest::sessionOn(const tests::SshServer &server, const QString &id) const
{
    Profile profile;
    profile.id = id;
    profile.host = server.address();
    profile.port = server.port();
    profile.user = server.userName();
    profile.identityFiles = {m_key.privateFile};
    profile.useAgent = false;
    profile.useDefaultKeys = false;
    profile.startupCommand = u"echo from the session"_s;
    return profile;
}

tests::ToolResult ParamikoScriptTest::run(const Profile &profile, const QStringList &words) const
{
    const auto script = profiles::paramikoScript(profile, *m_store);
    if (!script) {
        return {.exitStatus = -1, .output = {}, .errors = "no script"};
    }
    QFile file(m_home->filePath(u"script.py"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(script->toUtf8()) < 0) {
        return {.exitStatus = -1, .output = {}, .errors = "not written"};
    }
    file.close();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_home->path());
    return tests::runTool({.program = m_python,
                           .arguments = QStringList{file.fileName()} + words,
                           .environment = environment});
}

void ParamikoScriptTest::commandRunsOnTheServer()
{
    const auto own = run(sessionOn(*m_server, u"s"_s));
    QVERIFY2(own.exitStatus == 0, own.errors.constData());
    QCOMPARE(own.output, "from the session\n");

    const auto typed = run(sessionOn(*m_server, u"s"_s), {u"echo"_s, u"typed"_s});
    QCOMPARE(typed.output, "typed\n");
}

void ParamikoScriptTest::statusIsThatOfTheCommand()
{
    const auto result = run(sessionOn(*m_server, u"s"_s), {u"echo bad >&2; exit 7"_s});
    QCOMPARE(result.exitStatus, 7);
    QCOMPARE(result.output, "bad\n");
}

void ParamikoScriptTest::unknownHostKeyIsRefused()
{
    trust({});
    const auto result = run(sessionOn(*m_server, u"s"_s));
    QVERIFY(result.exitStatus != 0);
    QCOMPARE(result.output, "");
    QVERIFY2(result.errors.contains("not found in known_hosts"), result.errors.constData());
}

void ParamikoScriptTest::savedJumpHostIsUsed()
{
    QVERIFY(m_store->save(sessionOn(*m_jump, u"j"_s)));
    Profile profile = sessionOn(*m_server, u"s"_s);
    profile.route.jumpHosts = {profiles::ProfileReference{u"j"_s}};

    const auto result = run(profile);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, "from the session\n");
    QVERIFY(m_jump->logText().contains("Accepted publickey"));

    trust(m_server->knownHostsLine(tests::KeyType::Ed25519));
    QVERIFY(run(profile).exitStatus != 0); // the jump host's key is checked as well
}

void ParamikoScriptTest::proxyCommandIsUsed()
{
    const QString program = m_home->filePath(u"way.py"_s);
    QFile file(program);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("import os, select, socket, sys\n"
               "s = socket.create_connection((sys.argv[1], int(sys.argv[2])))\n"
               "while True:\n"
               "    for f in select.select([0, s], [], [])[0]:\n"
               "        data = os.read(0, 65536) if f == 0 else s.recv(65536)\n"
               "        if not data: sys.exit()\n"
               "        s.sendall(data) if f == 0 else os.write(1, data)\n");
    file.close();
    Profile profile = sessionOn(*m_server, u"s"_s);
    profile.route.proxyCommand = m_python + u" '"_s + program + u"' %h %p 2>/dev/null"_s;
    const auto result = run(profile);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, "from the session\n");
}

void ParamikoScriptTest::environmentIsSet()
{
    Profile profile = sessionOn(*m_server, u"s"_s);
    profile.environment = {u"PONTO_A=x \"y\" \\ z"_s};
    profile.startupCommand = u"printf %s \"$PONTO_A\""_s;
    const auto result = run(profile);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, "x \"y\" \\ z");
}

void ParamikoScriptTest::chosenKeysAloneAreOffered()
{
    Profile profile = sessionOn(*m_server, u"s"_s);
    profile.useAgent = true;
    profile.identitiesOnly = true;

    const auto script = profiles::paramikoScript(profile, *m_store);

    QVERIFY(script);
    QVERIFY(script->contains(u"], False, False)\n"_s)); // neither the usual files nor the agent
}

void ParamikoScriptTest::hostileTextStaysText()
{
    const QString hostile = u"a\"b\\\nimport os\r\t\u202e\u00e9 '''"_s + u"\U0001F600"_s;
    QCOMPARE(profiles::pythonText(u"a\"\n"_s), u"\"a\\\"\\u000a\""_s);
    const auto result
        = tests::runTool({.program = m_python,
                          .arguments = {u"-c"_s,
                                        u"import sys; sys.stdout.buffer.write("_s
                                            + profiles::pythonText(hostile) + u".encode())"_s}});
    QCOMPARE(QString::fromUtf8(result.output), hostile);
}

void ParamikoScriptTest::proxyIsRefused()
{
    Profile profile = sessionOn(*m_server, u"s"_s);
    profile.route.proxy = base::ProxyAddress{base::ProxyAddress::Kind::Socks5, u"p"_s, 1080, {}};
    const auto refused = profiles::paramikoScript(profile, *m_store);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Unsupported);
}

void ParamikoScriptTest::goneJumpHostIsTold()
{
    Profile profile = sessionOn(*m_server, u"s"_s);
    profile.route.jumpHosts = {profiles::ProfileReference{u"gone"_s}};
    const auto refused = profiles::paramikoScript(profile, *m_store);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(ParamikoScriptTest)

#include "ParamikoScriptTest.moc"
