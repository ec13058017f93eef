#include "tests/support/ScriptedSshServer.h"

#include "tests/support/OpenSshClient.h"
#include "tests/support/Reason.h"

#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::ChallengeRound;
using tests::LoginMethod;
using tests::OpenSshLogin;
using tests::ScriptedSshServer;
using tests::SshScript;
using tests::ToolResult;

// The expectations are what the real ssh reports.
class ScriptedSshServerTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void loginWithoutAskingIsGranted();
    void passwordIsJudged();
    void keyIsJudged();
    void challengeRoundsAreAsked();
    void wrongAnswerIsRefused();
    void partialSuccessNamesTheNextMethod();
    void bannerIsSent();
    void disconnectTextIsSent();
    void endedSessionClosesTheSocket();
    void unknownCommandFails();
    void shellEchoes();
    void foreignBannerIsSent();
    void silenceLastsUntilTheEnd();
    void connectionIsClosedAtOnce();

private:
    bool start(ScriptedSshServer &server); // and directs m_login there

    QTemporaryDir m_directory;
    OpenSshLogin m_login;
};

void ScriptedSshServerTest::init()
{
    m_login = {};
    m_login.options = {u"-o"_s, u"LogLevel=INFO"_s};
}

bool ScriptedSshServerTest::start(ScriptedSshServer &server)
{
    const auto started = server.start();
    if (!started) {
        qWarning("%s", tests::reason(started).constData());
    }
    m_login.port = server.port();
    return started.has_value();
}

void ScriptedSshServerTest::loginWithoutAskingIsGranted()
{
    ScriptedSshServer server({});
    QVERIFY(start(server));

    const ToolResult result = tests::runSsh(m_login, u"echo two words"_s);

    QCOMPARE(result.output, "two words\n");
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(server.attempts(), QByteArrayList{"none"});
}

void ScriptedSshServerTest::passwordIsJudged()
{
    ScriptedSshServer server({.stages = {{LoginMethod::Password}}, .password = "right"});
    QVERIFY(start(server));

    m_login.password = u"right"_s;
    QCOMPARE(tests::runSsh(m_login, u"echo in"_s).output, "in\n");
    m_login.password = u"wrong"_s;
    const ToolResult result = tests::runSsh(m_login, u"echo in"_s);
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("Permission denied (password)"), result.errors.constData());
    QCOMPARE(server.attempts(), (QByteArrayList{"none", "password", "none", "password"}));
}

void ScriptedSshServerTest::keyIsJudged()
{
    const auto right = tests::generateKey(m_directory.filePath(u"right"_s));
    const auto wrong = tests::generateKey(m_directory.filePath(u"wrong"_s));
    QVERIFY(right && wrong);
    ScriptedSshServer server(
        {.stages = {{LoginMethod::PublicKey}}, .acceptedKey = right->publicBlob()});
    QVERIFY(start(server));

    m_login.keyFile = right->privateFile;
    QCOMPARE(tests::runSsh(m_login, u"echo in"_s).output, "in\n");
    QCOMPARE(server.attempts(), (QByteArrayList{"none", "publickey?", "publickey"}));
    m_login.keyFile = wrong->privateFile;
    QCOMPARE(tests::runSsh(m_login, u"echo in"_s).exitStatus, 255);
}

void ScriptedSshServerTest::challengeRoundsAreAsked()
{
    const ChallengeRound first{.name = "Two",
                               .instruction = "factors",
                               .questions = {{.prompt = "One: ", .echo = true, .answer = "same"},
                                             {.prompt = "Two: ", .answer = "same"}}};
    const ChallengeRound second{.questions = {{.prompt = "\x1b[2JThree: ", .answer = "same"}}};
    ScriptedSshServer server({.stages = {{LoginMethod::KeyboardInteractive}},
                              .rounds = {first, ChallengeRound(), second}});
    QVERIFY(start(server));

    m_login.password = u"same"_s;
    const ToolResult result = tests::runSsh(m_login, u"echo in"_s);

    QVERIFY2(result.output == "in\n", result.errors.constData());
}

void ScriptedSshServerTest::wrongAnswerIsRefused()
{
    ScriptedSshServer server(
        {.stages = {{LoginMethod::KeyboardInteractive}},
         .rounds = {{.questions = {{.prompt = "Code: ", .answer = "123456"}}}}});
    QVERIFY(start(server));

    m_login.password = u"654321"_s;
    const ToolResult result = tests::runSsh(m_login, u"echo in"_s);

    QVERIFY2(result.errors.contains("Permission denied (keyboard-interactive)"),
             result.errors.constData());
}

void ScriptedSshServerTest::partialSuccessNamesTheNextMethod()
{
    const auto key = tests::generateKey(m_directory.filePath(u"first"_s));
    QVERIFY(key);
    ScriptedSshServer server({.stages = {{LoginMethod::PublicKey}, {LoginMethod::Password}}});
    QVERIFY(start(server));

    m_login.keyFile = key->privateFile;
    m_login.password = u"secret"_s;
    m_login.options += u"-v"_s;
    const ToolResult result = tests::runSsh(m_login, u"echo in"_s);

    QCOMPARE(result.output, "in\n");
    QVERIFY2(result.errors.contains("using \"publickey\" with partial success"),
             result.errors.constData());
}

void ScriptedSshServerTest::bannerIsSent()
{
    ScriptedSshServer server({.banner = "Be careful.\n"});
    QVERIFY(start(server));

    QVERIFY(tests::runSsh(m_login, u"echo in"_s).errors.contains("Be careful."));
}

void ScriptedSshServerTest::disconnectTextIsSent()
{
    ScriptedSshServer server({.disconnectText = "closed for the night"});
    QVERIFY(start(server));

    const ToolResult result = tests::runSsh(m_login, u"echo in"_s);

    QVERIFY2(result.errors.contains("closed for the night"), result.errors.constData());
}

void ScriptedSshServerTest::endedSessionClosesTheSocket()
{
    ScriptedSshServer server({});
    QVERIFY(start(server));

    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server.port());
    socket.write("not SSH at all\r\n");

    QTRY_COMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
}

void ScriptedSshServerTest::unknownCommandFails()
{
    ScriptedSshServer server({});
    QVERIFY(start(server));

    QCOMPARE(tests::runSsh(m_login, u"rm -rf /"_s).exitStatus, 127);
}

void ScriptedSshServerTest::shellEchoes()
{
    ScriptedSshServer server({});
    QVERIFY(start(server));

    QCOMPARE(tests::runSsh(m_login, {}, "some\nlines\n").output, "some\nlines\n");
}

void ScriptedSshServerTest::foreignBannerIsSent()
{
    ScriptedSshServer server({.opening = SshScript::Opening::ForeignBanner});
    QVERIFY(start(server));

    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE(socket.bytesAvailable(), 28);
    QCOMPARE(socket.readAll(), "HTTP/1.1 400 Bad Request\r\n\r\n");
    QTRY_COMPARE(socket.state(), QTcpSocket::UnconnectedState);
}

void ScriptedSshServerTest::silenceLastsUntilTheEnd()
{
    QTcpSocket socket;
    {
        ScriptedSshServer server({.opening = SshScript::Opening::Silence});
        QVERIFY(start(server));
        socket.connectToHost(QHostAddress::LocalHost, server.port());
        socket.write("SSH-2.0-Test\r\n");
        QVERIFY(!socket.waitForReadyRead(300));
        QCOMPARE(socket.state(), QTcpSocket::ConnectedState);
    }
    QTRY_COMPARE(socket.state(), QTcpSocket::UnconnectedState);
}

void ScriptedSshServerTest::connectionIsClosedAtOnce()
{
    ScriptedSshServer server({.opening = SshScript::Opening::CloseAtOnce});
    QVERIFY(start(server));

    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(socket.bytesAvailable(), 0);
}

QTEST_GUILESS_MAIN(ScriptedSshServerTest)

#include "ScriptedSshServerTest.moc"
