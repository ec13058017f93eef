#include "tests/support/SshServer.h"

#include "tests/support/OpenSshClient.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using tests::KeyPair;
using tests::KeyType;
using tests::loginTo;
using tests::OpenSshLogin;
using tests::runSftp;
using tests::runSsh;
using tests::SshServer;
using tests::SshServerOptions;
using tests::ToolResult;

// The expectations are what the real ssh and sftp report.
class SshServerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void machineAllowsPasswords();
    void keyLoginRunsCommand();
    void foreignKeyIsRefused();
    void keyMayBeAuthorizedLater();
    void passwordLoginRunsCommand();
    void wrongPasswordIsRefused();
    void bothMethodsCanBeDemanded();
    void loginIsHermetic();
    void machineKeepsItsUsers();
    void unreadableFileStaysUnreadable();
    void terminalIsGiven();
    void everyHostKeyTypeIsOffered_data();
    void everyHostKeyTypeIsOffered();
    void restartChangesHostKeyOnSamePort();
    void stopAndStartKeepPortAndHostKey();
    void noSessionBeyondMaxSessions();
    void sftpServesHome();
    void sftpCanBeTurnedOff();
    void sftpCanBeReplaced();
    void bannerIsSentBeforeLogin();
    void forwardingCanBeRefused();
    void listensOnIpv6();
    void configLinesWin();
    void fixedPortIsUsed();
    void killedSessionEndsClient();
    void frozenSessionIsSilentUntilThawed();

private:
    // A started server that the test's key opens; null after a warning that says why not.
    std::unique_ptr<SshServer> start(SshServerOptions options = {});
    OpenSshLogin keyLogin(const SshServer &server) const;

    QTemporaryDir m_directory;
    KeyPair m_key;
};

void SshServerTest::initTestCase()
{
    const auto key = tests::generateKey(m_directory.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
}

std::unique_ptr<SshServer> SshServerTest::start(SshServerOptions options)
{
    auto server = std::make_unique<SshServer>(options.withAuthorizedKey(m_key.publicLine));
    const auto started = server->start();
    if (!started) {
        qWarning("%s", tests::reason(started).constData());
        return nullptr;
    }
    return server;
}

OpenSshLogin SshServerTest::keyLogin(const SshServer &server) const
{
    OpenSshLogin login = loginTo(server);
    login.keyFile = m_key.privateFile;
    return login;
}

// Without it, key logins still work, but in the home of the user who runs the test.
void SshServerTest::machineAllowsPasswords()
{
    QVERIFY2(SshServer::whyNoPasswords().isEmpty(), qPrintable(SshServer::whyNoPasswords()));
}

void SshServerTest::keyLoginRunsCommand()
{
    const auto server = start();
    QVERIFY(server);

    const ToolResult result = runSsh(keyLogin(*server), u"echo out; echo err >&2; exit 7"_s);

    QCOMPARE(result.output, "out\n");
    QCOMPARE(result.errors, "err\n");
    QCOMPARE(result.exitStatus, 7);
}

void SshServerTest::foreignKeyIsRefused()
{
    const auto server = start();
    QVERIFY(server);
    const auto foreign = tests::generateKey(m_directory.filePath(u"foreign"_s));
    QVERIFY(foreign);

    OpenSshLogin login = loginTo(*server);
    login.keyFile = foreign->privateFile;
    const ToolResult result = runSsh(login, u"true"_s);

    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("Permission denied (publickey)"), result.errors.constData());
}

void SshServerTest::keyMayBeAuthorizedLater()
{
    const auto server = start();
    QVERIFY(server);
    const auto late = tests::generateKey(m_directory.filePath(u"late"_s));
    QVERIFY(late);

    QVERIFY(server->authorize(late->publicLine));

    OpenSshLogin login = loginTo(*server);
    login.keyFile = late->privateFile;
    QCOMPARE(runSsh(login, u"true"_s).exitStatus, 0);
}

void SshServerTest::passwordLoginRunsCommand()
{
    const auto server = start(SshServerOptions().withPassword(u"s3cret µ"_s));
    QVERIFY(server);

    OpenSshLogin login = loginTo(*server);
    login.password = u"s3cret µ"_s;
    const ToolResult result = runSsh(login, u"id -un"_s);

    QCOMPARE(result.output, "tester\n");
    QCOMPARE(result.exitStatus, 0);
}

void SshServerTest::wrongPasswordIsRefused()
{
    const auto server = start(SshServerOptions().withPassword(u"s3cret"_s));
    QVERIFY(server);

    OpenSshLogin login = loginTo(*server);
    login.password = u"guess"_s;

    // More often than PerSourcePenalties would bear.
    for (int attempt = 0; attempt < 5; ++attempt) {
        const ToolResult result = runSsh(login, u"true"_s);
        QCOMPARE(result.exitStatus, 255);
        QVERIFY2(result.errors.contains("Permission denied (publickey,password)"),
                 result.errors.constData());
    }
}

void SshServerTest::bothMethodsCanBeDemanded()
{
    const auto server = start(SshServerOptions()
                                  .withPassword(u"s3cret"_s)
                                  .withAuthenticationMethods(u"publickey,password"_s));
    QVERIFY(server);

    OpenSshLogin login = keyLogin(*server);
    QCOMPARE(runSsh(login, u"true"_s).exitStatus, 255);
    login.password = u"s3cret"_s;
    QCOMPARE(runSsh(login, u"true"_s).exitStatus, 0);
}

void SshServerTest::loginIsHermetic()
{
    const auto server = start();
    QVERIFY(server);
    qputenv("LEAK", "from the test's environment");

    const ToolResult result
        = runSsh(keyLogin(*server), u"pwd; ls -A; id -u; echo \"leak:$LEAK\""_s);

    QCOMPARE(result.output,
             server->home().toUtf8() + '\n' + QByteArray::number(server->userId()) + "\nleak:\n");
}

// In a chroot a mount may show up in the system around it, and outlive the test.
void SshServerTest::machineKeepsItsUsers()
{
    const auto server = start();
    QVERIFY(server);

    QFile users(u"/etc/passwd"_s);
    QVERIFY(users.open(QIODevice::ReadOnly));
    QVERIFY(!users.readAll().contains(server->home().toUtf8()));
}

void SshServerTest::unreadableFileStaysUnreadable()
{
    const auto server = start();
    QVERIFY(server);
    QFile file(server->home() + u"/closed"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions({}));

    const ToolResult result = runSsh(keyLogin(*server), u"cat closed"_s);

    QVERIFY2(result.errors.contains("Permission denied"), result.errors.constData());
}

void SshServerTest::terminalIsGiven()
{
    const auto server = start();
    QVERIFY(server);

    OpenSshLogin login = keyLogin(*server);
    login.options = {u"-tt"_s};
    const ToolResult result = runSsh(login, {}, "test -t 0 && echo a-$((40 + 2))-tty; exit 5\n");

    QVERIFY2(result.output.contains("a-42-tty"), result.output.constData());
    QCOMPARE(result.exitStatus, 5);
}

void SshServerTest::everyHostKeyTypeIsOffered_data()
{
    QTest::addColumn<KeyType>("type");

    QTest::newRow("Ed25519") << KeyType::Ed25519;
    QTest::newRow("ECDSA") << KeyType::Ecdsa;
    QTest::newRow("RSA") << KeyType::Rsa;
}

void SshServerTest::everyHostKeyTypeIsOffered()
{
    QFETCH(KeyType, type);
    const auto server
        = start(SshServerOptions().withHostKeys({KeyType::Ed25519, KeyType::Ecdsa, KeyType::Rsa}));
    QVERIFY(server);
    QFile knownHosts(m_directory.filePath(u"known_hosts"_s));
    QVERIFY(knownHosts.open(QIODevice::WriteOnly));
    knownHosts.write(server->knownHostsLine(type));
    knownHosts.close();

    OpenSshLogin login = keyLogin(*server);
    login.options = {u"-o"_s, u"StrictHostKeyChecking=yes"_s, u"-o"_s,
                     u"UserKnownHostsFile="_s + knownHosts.fileName()};
    const ToolResult result = runSsh(login, u"true"_s);

    QVERIFY2(result.exitStatus == 0, result.errors.constData());
}

void SshServerTest::restartChangesHostKeyOnSamePort()
{
    const auto server = start();
    QVERIFY(server);
    const quint16 port = server->port();
    const QByteArray before = server->hostKey(KeyType::Ed25519).publicBlob();

    QVERIFY(server->restartWithNewHostKeys());

    QCOMPARE(server->port(), port);
    QVERIFY(server->hostKey(KeyType::Ed25519).publicBlob() != before);
    QCOMPARE(runSsh(keyLogin(*server), u"true"_s).exitStatus, 0);
}

void SshServerTest::stopAndStartKeepPortAndHostKey()
{
    const auto server = start();
    QVERIFY(server);
    const QByteArray before = server->knownHostsLine(KeyType::Ed25519);

    server->stop();
    QTcpSocket socket;
    socket.connectToHost(server->address(), server->port());
    QVERIFY(!socket.waitForConnected());
    QCOMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);

    QVERIFY(server->start());
    QCOMPARE(server->knownHostsLine(KeyType::Ed25519), before);
}

void SshServerTest::noSessionBeyondMaxSessions()
{
    const auto server = start(SshServerOptions().withMaxSessions(0));
    QVERIFY(server);

    OpenSshLogin login = keyLogin(*server);
    login.options = {u"-o"_s, u"LogLevel=INFO"_s};
    const ToolResult result = runSsh(login, u"true"_s);

    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("open failed"), result.errors.constData());
}

void SshServerTest::sftpServesHome()
{
    const auto server = start();
    QVERIFY(server);
    QVERIFY(QDir(server->home()).mkdir(u"folder"_s));

    const ToolResult result = runSftp(keyLogin(*server), "ls -1\nrmdir folder\n");

    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.output.contains("\nfolder\n"), result.output.constData());
    QVERIFY(!QDir(server->home()).exists(u"folder"_s));
}

void SshServerTest::sftpCanBeTurnedOff()
{
    const auto server = start(SshServerOptions().withoutSftp());
    QVERIFY(server);

    const ToolResult result = runSftp(keyLogin(*server), "pwd\n");

    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("subsystem request failed"), result.errors.constData());
}

void SshServerTest::sftpCanBeReplaced()
{
    const auto server = start(SshServerOptions().withSftpCommand(u"/bin/echo not-sftp-at-all"_s));
    QVERIFY(server);

    const ToolResult result = runSftp(keyLogin(*server), "pwd\n");

    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("Received message too long"), result.errors.constData());
}

void SshServerTest::bannerIsSentBeforeLogin()
{
    const auto server = start(SshServerOptions().withBanner("Keep out.\n"));
    QVERIFY(server);

    OpenSshLogin login = loginTo(*server);
    login.options = {u"-o"_s, u"LogLevel=INFO"_s};

    QVERIFY(runSsh(login, u"true"_s).errors.contains("Keep out."));
}

void SshServerTest::forwardingCanBeRefused()
{
    const auto server = start(SshServerOptions().withoutTcpForwarding());
    QVERIFY(server);

    OpenSshLogin login = keyLogin(*server);
    login.options = {u"-o"_s, u"LogLevel=INFO"_s, u"-W"_s, u"127.0.0.1:%1"_s.arg(server->port())};
    const ToolResult result = runSsh(login, {});

    QVERIFY2(result.errors.contains("administratively prohibited"), result.errors.constData());
}

void SshServerTest::listensOnIpv6()
{
    const auto server = start(SshServerOptions().withAddress(u"::1"_s));
    QVERIFY(server);

    const ToolResult result = runSsh(keyLogin(*server), u"echo $SSH_CLIENT"_s);

    QVERIFY2(result.output.startsWith("::1 "), result.errors.constData());
}

void SshServerTest::configLinesWin()
{
    const auto server = start(
        SshServerOptions().withConfigLines({u"ForceCommand echo forced"_s, u"MaxSessions 0"_s}));
    QVERIFY(server);
    QCOMPARE(runSsh(keyLogin(*server), u"true"_s).exitStatus, 255);

    const auto forced = start(SshServerOptions().withConfigLines({u"ForceCommand echo forced"_s}));
    QVERIFY(forced);
    QCOMPARE(runSsh(keyLogin(*forced), u"true"_s).output, "forced\n");
}

void SshServerTest::fixedPortIsUsed()
{
    const auto first = start();
    QVERIFY(first);
    const quint16 port = first->port();

    SshServer second(SshServerOptions().withPort(port));
    const auto clash = second.start();
    QVERIFY(!clash);
    QVERIFY2(clash.error().detail.contains(u"Address already in use"_s),
             qPrintable(clash.error().detail));

    first->stop();
    QVERIFY(second.start());
    QCOMPARE(second.port(), port);
}

void SshServerTest::killedSessionEndsClient()
{
    const auto server = start();
    QVERIFY(server);
    QTcpSocket socket;
    socket.connectToHost(server->address(), server->port());
    QTRY_VERIFY(socket.canReadLine());
    QCOMPARE(server->sessionCount(), 1);

    server->killSessions();

    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(server->sessionCount(), 0);
    QCOMPARE(runSsh(keyLogin(*server), u"true"_s).exitStatus, 0);
}

void SshServerTest::frozenSessionIsSilentUntilThawed()
{
    const auto server = start();
    QVERIFY(server);
    QTcpSocket socket;
    socket.connectToHost(server->address(), server->port());
    QTRY_VERIFY(socket.canReadLine());
    QVERIFY(socket.readLine().startsWith("SSH-2.0-OpenSSH"));

    server->freezeSessions();
    socket.readAll();
    socket.write("SSH-2.0-Test\r\n"); // sshd answers it with its KEXINIT
    QVERIFY(!socket.waitForReadyRead(300));

    server->thawSessions();
    QTRY_VERIFY(socket.bytesAvailable() > 0);
}

QTEST_GUILESS_MAIN(SshServerTest)

#include "SshServerTest.moc"
