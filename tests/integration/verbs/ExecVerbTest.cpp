#include "tests/integration/verbs/TerminalRun.h"
#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <signal.h>

using namespace Qt::StringLiterals;
using tests::ToolResult;

// Exit statuses are those that ssh(1) and the shell have: 255 for the connection, 128 and the
// number of a signal.
class ExecVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void exitStatusIsTheCommands();
    void streamsStayApart();
    void bytesPassBothWays();
    void endOfInputReachesTheCommand();
    void signalOfTheCommandIsTold();
    void interruptReachesTheCommand();
    void terminalIsHandedOver();
    void terminateEndsAtOnce();
    void closedOutputEndsQuietly();
    void slowReaderLosesNothing();
    void savedSessionIsFound();
    void foreignTextCannotReachTheTerminal();

    void refusedConnectionIs255();
    void loginRefusedIs255();
    void debugTellsTheLogin();
    void killedServerIs255();
    void nonsenseIs2_data();
    void nonsenseIs2();

private:
    ToolResult exec(const QString &command, const QByteArray &input = {});

    tests::VerbFixture m_fixture;
};

void ExecVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
}

ToolResult ExecVerbTest::exec(const QString &command, const QByteArray &input)
{
    return m_fixture.run(m_fixture.commandLine(u"exec"_s, {m_fixture.target(), u"--"_s, command}),
                         input);
}

void ExecVerbTest::exitStatusIsTheCommands()
{
    for (const int status : {0, 1, 42, 254}) {
        QCOMPARE(exec(u"exit %1"_s.arg(status)).exitStatus, status);
    }
}

void ExecVerbTest::streamsStayApart()
{
    const ToolResult result = exec(u"echo out; echo err >&2; exit 3"_s);
    QCOMPARE(result.exitStatus, 3);
    QCOMPARE(result.output, "out\n");
    QCOMPARE(result.errors, "err\n");
}

void ExecVerbTest::bytesPassBothWays()
{
    const QByteArray bytes = tests::VerbFixture::distinctBytes(8 * 1024 * 1024 + 1);
    const ToolResult result = exec(u"cat"_s, bytes);
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output.size(), bytes.size());
    QVERIFY(result.output == bytes);
    QCOMPARE(result.errors, "");
}

void ExecVerbTest::endOfInputReachesTheCommand()
{
    QCOMPARE(exec(u"wc -c"_s).output.trimmed(), "0");
    QCOMPARE(exec(u"wc -c"_s, "12345").output.trimmed(), "5");
}

void ExecVerbTest::signalOfTheCommandIsTold()
{
    QCOMPARE(exec(u"kill -TERM $$"_s).exitStatus, 128 + SIGTERM);
    QCOMPARE(exec(u"kill -KILL $$"_s).exitStatus, 128 + SIGKILL);
}

void ExecVerbTest::interruptReachesTheCommand()
{
    const auto process = m_fixture.start(m_fixture.commandLine(
        u"exec"_s,
        {m_fixture.target(), u"--"_s,
         u"trap 'echo caught; exit 7' INT; echo ready; while :; do sleep 0.05; done"_s}));
    QTRY_VERIFY(process->canReadLine());
    QCOMPARE(process->readLine(), "ready\n");
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->readAllStandardOutput(), "caught\n");
    QCOMPARE(process->exitCode(), 7);
}

// Every key goes to the command, Ctrl+C too, and the terminal is as it was afterwards.
void ExecVerbTest::terminalIsHandedOver()
{
    tests::TerminalRun run(
        tests::VerbFixture::program(),
        m_fixture.commandLine(u"exec"_s,
                              {u"-t"_s, m_fixture.target(), u"--"_s,
                               u"trap 'echo interrupted; exit 3' INT; echo $TERM; read line; "
                               "echo got-$line; sleep 100"_s}));
    QTRY_VERIFY(!run.isEchoing());
    run.type("abc\r");
    QTRY_VERIFY(run.output().contains("got-abc\r\n"));
    run.type("\x03");
    QTRY_VERIFY(run.isOver());
    QVERIFY2(run.output().contains("interrupted"), run.output().constData());
    QCOMPARE(run.exitStatus(), 3);
    QVERIFY(run.isEchoing());
}

void ExecVerbTest::terminateEndsAtOnce()
{
    const auto process = m_fixture.start(m_fixture.commandLine(
        u"exec"_s, {m_fixture.target(), u"--"_s, u"echo ready; while sleep 0.1; do echo; done"_s}));
    QTRY_VERIFY(process->canReadLine());
    ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 128 + SIGTERM);
}

void ExecVerbTest::closedOutputEndsQuietly()
{
    const QString pipeline = u"(%1 %2; echo status $? >&2) | head -n 1"_s.arg(
        tests::VerbFixture::program(),
        m_fixture.commandLine(u"exec"_s, {m_fixture.target(), u"--"_s, u"yes"_s}).join(u' '));
    const ToolResult result = tests::runTool(
        {.program = u"setsid"_s, .arguments = {u"--wait"_s, u"sh"_s, u"-c"_s, pipeline}});
    QCOMPARE(result.output, "y\n");
    QCOMPARE(result.errors, "status " + QByteArray::number(128 + SIGPIPE) + '\n');
}

// More than all buffers on the way hold: the server has to wait, and ponto must not grow.
void ExecVerbTest::slowReaderLosesNothing()
{
    const auto process = m_fixture.start(m_fixture.commandLine(
        u"exec"_s, {m_fixture.target(), u"--"_s, u"head -c 16777216 /dev/zero; echo done >&2"_s}));
    process->setReadChannel(QProcess::StandardOutput);
    qsizetype total = 0;
    const auto isOver = [&] {
        total += process->readAllStandardOutput().size();
        return process->state() == QProcess::NotRunning;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 30000);
    total += process->readAllStandardOutput().size();
    QCOMPARE(total, qsizetype(16777216));
    QCOMPARE(process->readAllStandardError(), "done\n");
}

void ExecVerbTest::savedSessionIsFound()
{
    QVERIFY(QDir().mkpath(m_fixture.path(u"config"_s)));
    QFile file(m_fixture.path(u"config/sessions.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        u"{\"version\": 1, \"profiles\": [{\"id\": \"x\", \"name\": \"Test box\", "
        "\"host\": \"%1\", \"port\": %2, \"user\": \"%3\"}]}"_s.arg(m_fixture.server().address())
            .arg(m_fixture.server().port())
            .arg(m_fixture.server().userName())
            .toUtf8());
    file.close();
    const ToolResult result = m_fixture.run(
        m_fixture.commandLine(u"exec"_s, {u"Test box"_s, u"--"_s, u"echo found"_s}));
    QVERIFY(file.remove());
    QCOMPARE(result.output, "found\n");
}

// What the command prints is passed on as it is; what ponto prints of the server is not.
void ExecVerbTest::foreignTextCannotReachTheTerminal()
{
    tests::VerbFixture fixture;
    const auto ready
        = fixture.setUp(tests::SshServerOptions().withBanner("hello\x1b[2J\xe2\x80\xae"));
    QVERIFY2(ready, tests::reason(ready).constData());
    const ToolResult result
        = fixture.run(fixture.commandLine(u"exec"_s, {fixture.target(), u"--"_s, u"true"_s}));
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(result.errors.contains("hello\\x1B[2J\\u{202E}"));
    QVERIFY(!result.errors.contains('\x1b'));
}

void ExecVerbTest::refusedConnectionIs255()
{
    QTcpServer unused;
    QVERIFY(unused.listen(QHostAddress::LocalHost));
    const QString target = u"127.0.0.1:%1"_s.arg(unused.serverPort());
    unused.close();
    const ToolResult result
        = m_fixture.run(m_fixture.commandLine(u"exec"_s, {target, u"--"_s, u"true"_s}));
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.startsWith("ponto: Could not connect to 127.0.0.1"),
             result.errors.constData());
}

void ExecVerbTest::loginRefusedIs255()
{
    const ToolResult result = m_fixture.run(m_fixture.commandLine(
        u"exec"_s, {m_fixture.target(), u"-l"_s, u"nobody-here"_s, u"--"_s, u"true"_s}));
    QCOMPARE(result.exitStatus, 255);
    QVERIFY2(result.errors.contains("log in"), result.errors.constData());
    QVERIFY2(result.errors.contains("tried: key"), result.errors.constData());
    QVERIFY2(result.errors.contains("It accepts: key"), result.errors.constData());
}

void ExecVerbTest::debugTellsTheLogin()
{
    const ToolResult result = m_fixture.run(m_fixture.commandLine(
        u"exec"_s, {m_fixture.target(), u"--log-level"_s, u"debug"_s, u"--"_s, u"true"_s}));
    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.errors.contains("publickey, key "), result.errors.constData());
    QVERIFY2(result.errors.contains(": accepted\n"), result.errors.constData());
}

void ExecVerbTest::killedServerIs255()
{
    const auto process = m_fixture.start(m_fixture.commandLine(
        u"exec"_s, {m_fixture.target(), u"--"_s, u"echo ready; while sleep 0.1; do echo; done"_s}));
    QTRY_VERIFY(process->canReadLine());
    m_fixture.server().killSessions();
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 255);
    QCOMPARE(process->readAllStandardError().count("ponto: Disconnected"), 1);
}

void ExecVerbTest::nonsenseIs2_data()
{
    QTest::addColumn<QStringList>("arguments");

    QTest::newRow("option") << QStringList{u"exec"_s, u"--password=x"_s, u"h"_s, u"--"_s, u"w"_s};
    QTest::newRow("no command") << QStringList{u"exec"_s, u"web01"_s};
    QTest::newRow("host like an option")
        << QStringList{u"exec"_s, u"ada@-oProxyCommand=x"_s, u"--"_s, u"w"_s};
    QTest::newRow("user like an option")
        << QStringList{u"exec"_s, u"ssh://-l@h"_s, u"--"_s, u"w"_s};
    QTest::newRow("control character in the host")
        << QStringList{u"exec"_s, u"we\x1b[mb"_s, u"--"_s, u"w"_s};
    QTest::newRow("scheme") << QStringList{u"exec"_s, u"http://h"_s, u"--"_s, u"w"_s};
}

void ExecVerbTest::nonsenseIs2()
{
    QFETCH(QStringList, arguments);
    const ToolResult result = m_fixture.run(arguments);
    QCOMPARE(result.exitStatus, 2);
    QVERIFY2(result.errors.startsWith("ponto: "), result.errors.constData());
    QVERIFY(!result.errors.contains('\x1b'));
}

QTEST_GUILESS_MAIN(ExecVerbTest)
#include "ExecVerbTest.moc"
