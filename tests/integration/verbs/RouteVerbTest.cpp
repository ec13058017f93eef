// The verbs through jump hosts, proxies and proxy commands.

#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestProxy.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = base::ProxyAddress::Kind;
using tests::ToolResult;

class RouteVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void execThroughTwoJumpHosts();
    void manyServersShareTheJumpHost();
    void savedSessionIsAJumpHost();
    void filesThroughAJumpHost();
    void keyIsInstalledByOneLoginOnTheJumpHost();
    void passphraseIsAskedOncePerKey_data();
    void passphraseIsAskedOncePerKey();
    void unknownJumpHostIsRefusedByName();
    void forwardingRefusedIsToldAsThat();
    void throughAProxy_data();
    void throughAProxy();
    void proxyPasswordIsAsked();
    void throughAProgram();
    void programsWordsAreShown();
    void jumpHostThatIsNoneIs2();

private:
    ToolResult run(const QString &verb, const QStringList &arguments,
                   const QMap<QString, QString> &environment = {}) const;
    QString hop() const;

    tests::VerbFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_hop;
};

void RouteVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    QFile publicKey(m_fixture.path(u"id_ed25519.pub"_s));
    QVERIFY(publicKey.open(QIODevice::ReadOnly));
    m_hop = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(publicKey.readAll().trimmed()));
    const auto started = m_hop->start();
    QVERIFY2(started, tests::reason(started).constData());
    QFile knownHosts(m_fixture.path(u"known_hosts"_s));
    QVERIFY(knownHosts.open(QIODevice::Append));
    knownHosts.write(m_hop->knownHostsLine(tests::KeyType::Ed25519));
}

QString RouteVerbTest::hop() const
{
    return u"%1@127.0.0.1:%2"_s.arg(m_hop->userName()).arg(m_hop->port());
}

ToolResult RouteVerbTest::run(const QString &verb, const QStringList &arguments,
                              const QMap<QString, QString> &environment) const
{
    return m_fixture.run(m_fixture.commandLine(verb, arguments), {}, environment);
}

void RouteVerbTest::execThroughTwoJumpHosts()
{
    const qsizetype before = m_hop->logText().count("Accepted publickey");
    const ToolResult result = run(u"exec"_s,
                                  {u"-J"_s, hop() + u',' + m_fixture.target(), m_fixture.target(),
                                   u"--"_s, u"echo through"_s});

    QCOMPARE(result.errors, "");
    QCOMPARE(result.output, "through\n");
    QCOMPARE(m_hop->logText().count("Accepted publickey"), before + 1);
}

void RouteVerbTest::manyServersShareTheJumpHost()
{
    const qsizetype before = m_hop->logText().count("Accepted publickey");
    const ToolResult result
        = run(u"exec"_s,
              {u"-J"_s, hop(), m_fixture.target(), u"ssh://"_s + m_fixture.target(), u"--json"_s,
               u"--"_s, u"echo through; sleep 0.5"_s});

    QVERIFY2(result.exitStatus == 0, result.output.constData());
    QCOMPARE(result.output.count("through"), 2);
    QCOMPARE(m_hop->logText().count("Accepted publickey"), before + 1);
}

void RouteVerbTest::savedSessionIsAJumpHost()
{
    QVERIFY(QDir().mkpath(m_fixture.path(u"config"_s)));
    QFile sessions(m_fixture.path(u"config/sessions.json"_s));
    QVERIFY(sessions.open(QIODevice::WriteOnly));
    sessions.write(u"{ \"version\": 1, \"profiles\": [\n"
                   "{ \"id\": \"1\", \"name\": \"bastion\", \"host\": \"127.0.0.1\", \"port\": %1,"
                   "  \"user\": \"%2\", \"identityFiles\": [\"%3\"], \"useAgent\": false },\n"
                   "{ \"id\": \"2\", \"name\": \"inner\", \"host\": \"127.0.0.1\", \"port\": %4,"
                   "  \"user\": \"%2\", \"route\": { \"jumpHosts\": [{ \"profile\": \"1\" }] } },\n"
                   "{ \"id\": \"3\", \"name\": \"round\", \"host\": \"127.0.0.1\","
                   "  \"route\": { \"jumpHosts\": [{ \"profile\": \"3\" }] } }\n"
                   "] }"_s.arg(m_hop->port())
                       .arg(m_hop->userName(), m_fixture.path(u"id_ed25519"_s))
                       .arg(m_fixture.server().port())
                       .toUtf8());
    sessions.close();

    const ToolResult named
        = run(u"exec"_s, {u"-J"_s, u"Bastion"_s, m_fixture.target(), u"--"_s, u"echo named"_s});
    QCOMPARE(named.errors, "");
    QCOMPARE(named.output, "named\n");

    const qsizetype before = m_hop->logText().count("Accepted publickey");
    const ToolResult saved = run(u"exec"_s, {u"inner"_s, u"--"_s, u"echo saved"_s});
    QCOMPARE(saved.output, "saved\n");
    QCOMPARE(m_hop->logText().count("Accepted publickey"), before + 1);

    const ToolResult direct
        = run(u"exec"_s, {u"-J"_s, u"none"_s, u"inner"_s, u"--"_s, u"echo direct"_s});
    QCOMPARE(direct.output, "direct\n");
    QCOMPARE(m_hop->logText().count("Accepted publickey"), before + 1);

    const ToolResult circle = run(u"exec"_s, {u"round"_s, u"--"_s, u"true"_s});
    QCOMPARE(circle.exitStatus, 255);
    QVERIFY2(circle.errors.contains("in a circle (round, round)"), circle.errors.constData());
}

void RouteVerbTest::filesThroughAJumpHost()
{
    QFile local(m_fixture.path(u"upload"_s));
    QVERIFY(local.open(QIODevice::WriteOnly));
    const QByteArray bytes = tests::VerbFixture::distinctBytes(3 * 1024 * 1024 + 7);
    local.write(bytes);
    local.close();
    const QString remote = m_fixture.target() + u":through"_s;

    QCOMPARE(run(u"put"_s, {u"-J"_s, hop(), local.fileName(), remote}).exitStatus, 0);
    const ToolResult listed = run(u"ls"_s, {u"-J"_s, hop(), remote});
    QVERIFY2(listed.output.contains("3145735"), listed.output.constData());
    QCOMPARE(run(u"get"_s, {u"-J"_s, hop(), remote, m_fixture.path(u"download"_s)}).exitStatus, 0);

    QFile download(m_fixture.path(u"download"_s));
    QVERIFY(download.open(QIODevice::ReadOnly));
    QVERIFY(download.readAll() == bytes);
}

// The proof that the key logs in goes the same way.
void RouteVerbTest::keyIsInstalledByOneLoginOnTheJumpHost()
{
    const qsizetype atHop = m_hop->logText().count("Accepted publickey");
    const qsizetype atTarget = m_fixture.server().logText().count("Accepted publickey");

    QStringList arguments = m_fixture.commandLine(u"keys"_s, {u"-J"_s, hop()});
    arguments.insert(1, u"install"_s);
    arguments.insert(2, m_fixture.target());
    const ToolResult result = m_fixture.run(arguments, {}, {});

    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY2(result.output.contains("it logs in"), result.output.constData());
    QCOMPARE(m_hop->logText().count("Accepted publickey"), atHop + 1);
    QCOMPARE(m_fixture.server().logText().count("Accepted publickey"), atTarget + 2);
}

void RouteVerbTest::passphraseIsAskedOncePerKey_data()
{
    QTest::addColumn<QByteArray>("firstAnswer");
    QTest::addColumn<int>("questions");

    QTest::newRow("right at once") << QByteArray("open sesame") << 1;
    QTest::newRow("wrong at first") << QByteArray("open barley") << 2;
}

// Two jump hosts and the target take the same key.
void RouteVerbTest::passphraseIsAskedOncePerKey()
{
    QFETCH(QByteArray, firstAnswer);
    QFETCH(int, questions);
    const auto key
        = tests::generateKey(m_fixture.path(u"sealed"_s), {.passphrase = u"open sesame"_s});
    QVERIFY2(key, tests::reason(key).constData());
    QVERIFY(m_hop->authorize(key->publicLine));
    QVERIFY(m_fixture.server().authorize(key->publicLine));
    QFile asked(m_fixture.path(u"asked-passphrases"_s));
    QVERIFY(asked.open(QIODevice::WriteOnly)); // empty
    asked.close();
    const QMap<QString, QString> askpass{
        {u"SSH_ASKPASS"_s,
         m_fixture.script(u"askpass"_s,
                          "asked=\"${0%/*}/asked-passphrases\"\n"
                          "if test -s \"$asked\"; then echo 'open sesame'; else echo '"
                              + firstAnswer + "'; fi\necho x >> \"$asked\"\n")},
        {u"SSH_ASKPASS_REQUIRE"_s, u"force"_s}};
    const ToolResult result = m_fixture.run(
        {u"exec"_s, u"--no-agent"_s, u"--no-default-keys"_s, u"--no-keyring"_s, u"-i"_s,
         key->privateFile, u"--known-hosts"_s, m_fixture.path(u"known_hosts"_s), u"-J"_s,
         hop() + u',' + m_fixture.target(), m_fixture.target(), u"--"_s, u"echo opened"_s},
        {}, askpass);

    QCOMPARE(result.output, "opened\n");
    QVERIFY(asked.open(QIODevice::ReadOnly));
    QCOMPARE(asked.readAll().count('x'), questions);
}

void RouteVerbTest::unknownJumpHostIsRefusedByName()
{
    QStringList arguments = m_fixture.commandLine(
        u"exec"_s, {u"-J"_s, hop(), m_fixture.target(), u"--"_s, u"true"_s});
    arguments[arguments.indexOf(u"--known-hosts"_s) + 1] = m_fixture.path(u"no_hosts"_s);
    const ToolResult silent = m_fixture.run(arguments);
    QCOMPARE(silent.exitStatus, 255);
    QVERIFY2(silent.errors.contains("no terminal"), silent.errors.constData());

    const QMap<QString, QString> askpass{
        {u"SSH_ASKPASS"_s,
         m_fixture.script(u"askpass"_s, "printf '%s\\n' \"$1\" > \"${0%/*}/asked\"; exit 1\n")},
        {u"SSH_ASKPASS_REQUIRE"_s, u"force"_s}};
    QCOMPARE(m_fixture.run(arguments, {}, askpass).exitStatus, 255);
    QFile asked(m_fixture.path(u"asked"_s));
    QVERIFY(asked.open(QIODevice::ReadOnly));
    const QByteArray question = asked.readAll();
    QVERIFY2(
        question.startsWith("For the jump host 127.0.0.1:" + QByteArray::number(m_hop->port())),
        question.constData());
}

void RouteVerbTest::forwardingRefusedIsToldAsThat()
{
    QFile publicKey(m_fixture.path(u"id_ed25519.pub"_s));
    QVERIFY(publicKey.open(QIODevice::ReadOnly));
    tests::SshServer closed(tests::SshServerOptions()
                                .withAuthorizedKey(publicKey.readAll().trimmed())
                                .withoutTcpForwarding());
    QVERIFY(closed.start());
    const QString hop = u"%1@127.0.0.1:%2"_s.arg(closed.userName()).arg(closed.port());
    const ToolResult result = run(
        u"exec"_s,
        {u"--host-key-policy"_s, u"warn"_s, u"-J"_s, hop, m_fixture.target(), u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("The jump host 127.0.0.1:" + QByteArray::number(closed.port())
                                    + " does not forward connections there."),
             result.errors.constData());
    QVERIFY(result.errors.contains("AllowTcpForwarding"));
}

void RouteVerbTest::throughAProxy_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("scheme");

    QTest::newRow("SOCKS5") << Kind::Socks5 << u"socks5"_s;
    QTest::newRow("HTTP") << Kind::Http << u"http"_s;
}

void RouteVerbTest::throughAProxy()
{
    QFETCH(Kind, kind);
    QFETCH(QString, scheme);
    tests::TestProxy proxy({.kind = kind});
    QVERIFY(proxy.start());
    const ToolResult result
        = run(u"exec"_s,
              {u"--proxy"_s, u"%1://127.0.0.1:%2"_s.arg(scheme).arg(proxy.port()),
               m_fixture.target(), u"--"_s, u"echo proxied"_s});

    QCOMPARE(result.errors, "");
    QCOMPARE(result.output, "proxied\n");
    QCOMPARE(proxy.connectionCount(), 1);
}

void RouteVerbTest::proxyPasswordIsAsked()
{
    tests::TestProxy proxy({.user = "ada", .password = "secret word"});
    QVERIFY(proxy.start());
    const QMap<QString, QString> askpass{
        {u"SSH_ASKPASS"_s,
         m_fixture.script(
             u"askpass"_s,
             "case \"$1\" in *'for the proxy 127.0.0.1'*) echo 'secret word';; esac\n")},
        {u"SSH_ASKPASS_REQUIRE"_s, u"force"_s}};
    const ToolResult result = run(u"exec"_s,
                                  {u"--proxy"_s, u"socks5://ada@127.0.0.1:%1"_s.arg(proxy.port()),
                                   m_fixture.target(), u"--"_s, u"echo proxied"_s},
                                  askpass);

    QCOMPARE(result.errors, "");
    QCOMPARE(result.output, "proxied\n");
}

void RouteVerbTest::throughAProgram()
{
    const QString relay
        = m_fixture.script(u"relay"_s,
                           "exec python3 -c '\n"
                           "import os, select, socket, sys\n"
                           "s = socket.create_connection((sys.argv[1], sys.argv[2]))\n"
                           "ends = {0: s.fileno(), s.fileno(): 1}\n"
                           "while True:\n"
                           "    for end in select.select(list(ends), [], [])[0]:\n"
                           "        data = os.read(end, 65536)\n"
                           "        if not data: sys.exit()\n"
                           "        os.write(ends[end], data)\n"
                           "' \"$@\"\n");
    const ToolResult result = run(
        u"exec"_s,
        {u"--proxy-command"_s, relay + u" %h %p"_s, m_fixture.target(), u"--"_s, u"seq 100000"_s});

    QCOMPARE(result.errors, "");
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output.size(), 588'895); // as `seq 100000 | wc -c` says
}

void RouteVerbTest::programsWordsAreShown()
{
    const ToolResult result = run(u"exec"_s,
                                  {u"--proxy-command"_s, u"echo no way to %h >&2; exit 4"_s,
                                   m_fixture.target(), u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("ponto: The proxy command says: no way to 127.0.0.1\n"),
             result.errors.constData());
    QVERIFY(result.errors.contains("It ended with status 4"));
}

void RouteVerbTest::jumpHostThatIsNoneIs2()
{
    const ToolResult result
        = run(u"exec"_s, {u"-J"_s, u"-oProxyCommand=x"_s, m_fixture.target(), u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 2);
    QVERIFY2(result.errors.contains("The jump host \"-oProxyCommand=x\""),
             result.errors.constData());
}

QTEST_GUILESS_MAIN(RouteVerbTest)

#include "RouteVerbTest.moc"
