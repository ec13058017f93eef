// Runs on a real sshd, among them such that end only with help.

#include "commands/CommandRun.h"

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using commands::CommandRun;
using commands::RunEnd;
using commands::RunOrder;
using Input = RunOrder::Input;
using Terminal = RunOrder::Terminal;

namespace {

constexpr int patience = 20'000; // milliseconds

// A run, with what it has told.
struct Watched
{
    Watched(const RunOrder &order, ssh::Connection &connection)
        : run(order, connection)
    {
        QObject::connect(&run, &CommandRun::finished, &run, [this](const RunEnd &e) { end = e; });
        QObject::connect(&run, &CommandRun::received, &run,
                         [this](const QByteArray &data, ssh::OutputStream stream) {
                             arrived += (stream == ssh::OutputStream::Error ? "E:" : "O:") + data;
                         });
    }

    [[nodiscard]] bool ends() const
    {
        return QTest::qWaitFor([this] { return end.has_value(); }, patience);
    }
    [[nodiscard]] bool shows(const QByteArray &text) const
    {
        return QTest::qWaitFor([&] { return arrived.contains(text); }, patience);
    }
    QByteArray output() const { return *run.output().read(0, run.output().size()); }

    CommandRun run;
    std::optional<RunEnd> end;
    QByteArray arrived;
};

} // namespace

class CommandRunTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void streamsStayApart();
    void endOfInputIsSentAtOnce();
    void textIsSentAsInput();
    void fileIsSentAsInput();
    void fileThatIsNoneEndsTheRun_data();
    void fileThatIsNoneEndsTheRun();
    void inputFollowsLater();
    void terminalTakesTextWithoutLineBreak();
    void terminalInterrupts();
    void signalIsSent();
    void killedCommandHasNoStatus();
    void timeLimitKeepsWhatHasCome();
    void runIsStopped();
    void outputIsKeptWhole();
    void fullScreenProgramIsLeftWithAKey();
    void endOfInputIsTheRemedyOfCat();
    void muchOnStandardErrorBlocksNothing();
    void onlySessionIsTakenByTurns();
    void lostConnectionEndsTheRun(); // the last one: it ends all connections

private:
    std::unique_ptr<Watched> run(const RunOrder &order)
    {
        return std::make_unique<Watched>(order, m_probe->connection());
    }

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<tests::ConnectionProbe> m_probe;
};

void CommandRunTest::initTestCase()
{
    QVERIFY(m_fixture.setUp());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_probe = std::make_unique<tests::ConnectionProbe>(m_fixture.settingsWithKey(*m_server));
    QVERIFY(m_probe->connectAndWait());
}

void CommandRunTest::streamsStayApart()
{
    const auto watched = run({.command = "echo out; echo err >&2; exit 3"});

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->how, RunEnd::How::Done);
    QCOMPARE(watched->end->status.code, std::optional(3));
    QCOMPARE(watched->output(), "out\n");
    QCOMPARE(*watched->run.errorOutput().read(0, 100), "err\n");
    QVERIFY(!watched->run.diagnosis());
}

void CommandRunTest::endOfInputIsSentAtOnce()
{
    const auto watched = run({.command = "cat; echo done"});

    QVERIFY(watched->ends());
    QCOMPARE(watched->output(), "done\n");
}

void CommandRunTest::textIsSentAsInput()
{
    const auto watched = run({.command = "cat", .input = Input::Text, .text = "one\ntwo"});

    QVERIFY(watched->ends());
    QCOMPARE(watched->output(), "one\ntwo");
}

void CommandRunTest::fileIsSentAsInput()
{
    const QByteArray content = QByteArray("0123456789abcde\n").repeated(200'000);
    QFile file(m_fixture.path(u"input"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();

    const auto watched = run({.command = "cat", .input = Input::File, .file = file.fileName()});

    QVERIFY(watched->ends());
    QVERIFY(watched->output() == content);
}

void CommandRunTest::fileThatIsNoneEndsTheRun_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << u"/nonexistent/file"_s;
    QTest::newRow("a directory") << u"/"_s;
    QTest::newRow("a device") << u"/dev/zero"_s;
}

void CommandRunTest::fileThatIsNoneEndsTheRun()
{
    QFETCH(QString, path);

    const auto watched = run({.command = "cat", .input = Input::File, .file = path});

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->how, RunEnd::How::Failed);
    QCOMPARE(watched->end->error.subject, path);
}

void CommandRunTest::inputFollowsLater()
{
    const auto watched = run({.command = "cat", .input = Input::Later});

    watched->run.write("hello\n");
    QVERIFY(watched->shows("hello"));
    QVERIFY(watched->run.takesInput());
    watched->run.sendEof();

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->status.code, std::optional(0));
    QVERIFY(!watched->run.takesInput());
}

void CommandRunTest::terminalTakesTextWithoutLineBreak()
{
    const auto watched = run({.command = "tty; stty -echo; echo ready; cat; echo done",
                              .input = Input::Later,
                              .terminal = Terminal::Present});

    QVERIFY(watched->shows("ready"));
    watched->run.write("half a line");
    watched->run.sendEof();

    QVERIFY(watched->ends());
    QVERIFY(watched->output().startsWith("/dev/"));
    QVERIFY(watched->output().endsWith("half a linedone\r\n"));
}

void CommandRunTest::terminalInterrupts()
{
    const auto watched = run({.command = "echo ready; exec sleep 1000",
                              .input = Input::Later,
                              .terminal = Terminal::Present});

    QVERIFY(watched->shows("ready"));
    watched->run.interrupt();

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->how, RunEnd::How::Done);
    QVERIFY(watched->end->status.code != 0);
}

void CommandRunTest::signalIsSent()
{
    const auto watched = run({.command = "echo ready; exec sleep 1000"});

    QVERIFY(watched->shows("ready"));
    watched->run.sendSignal("TERM");

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->status.signal, "TERM");
}

void CommandRunTest::killedCommandHasNoStatus()
{
    const auto watched = run({.command = "kill -9 $$"});

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->status.signal, "KILL");
    QVERIFY(!watched->end->status.code);
}

void CommandRunTest::timeLimitKeepsWhatHasCome()
{
    const auto watched = run(
        {.command = "echo so far; exec sleep 1000", .timeLimit = std::chrono::milliseconds(1500)});

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->how, RunEnd::How::OutOfTime);
    QCOMPARE(watched->output(), "so far\n");
}

void CommandRunTest::runIsStopped()
{
    const auto watched = run({.command = "echo so far; exec sleep 1000"});

    QVERIFY(watched->shows("so far"));
    watched->run.stop();

    QCOMPARE(watched->end.value_or(RunEnd{}).how, RunEnd::How::Stopped);
    QVERIFY(watched->run.isOver());
    QCOMPARE(watched->output(), "so far\n");
}

void CommandRunTest::outputIsKeptWhole()
{
    const auto watched = run({.command = "head -c 20000000 /dev/zero"});

    QVERIFY(watched->ends());
    QCOMPARE(watched->run.output().size(), 20'000'000);
}

void CommandRunTest::lostConnectionEndsTheRun()
{
    tests::ConnectionProbe probe(m_fixture.settingsWithKey(*m_server));
    QVERIFY(probe.connectAndWait());
    Watched watched({.command = "echo ready; exec sleep 1000"}, probe.connection());
    QVERIFY(watched.shows("ready"));

    m_server->killSessions();

    QVERIFY(watched.ends());
    QCOMPARE(watched.end->how, RunEnd::How::Failed);
    QCOMPARE(watched.output(), "ready\n");
}

// It never ends by itself, and draws over what it has drawn.
void CommandRunTest::fullScreenProgramIsLeftWithAKey()
{
    const auto watched = run(
        {.command = "TERM=xterm top -d 0.2", .input = Input::Later, .terminal = Terminal::Present});

    QVERIFY(watched->shows("load average"));
    const qsizetype first = watched->arrived.size();
    QTRY_VERIFY_WITH_TIMEOUT(watched->arrived.size() > first, patience); // it goes on
    watched->run.write("q");

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->how, RunEnd::How::Done);
    QCOMPARE(watched->end->status.code, std::optional(0));
}

void CommandRunTest::endOfInputIsTheRemedyOfCat()
{
    const auto watched = run({.command = "cat", .input = Input::Later});

    QTRY_COMPARE_WITH_TIMEOUT(watched->run.diagnosis(),
                              std::optional(commands::Diagnosis::InputOpen), patience);
    QVERIFY(!watched->run.isOver());
    watched->run.sendEof();

    QVERIFY(watched->ends());
    QCOMPARE(watched->end->status.code, std::optional(0));
}

// More than a window of one stream, before the other one says anything.
void CommandRunTest::muchOnStandardErrorBlocksNothing()
{
    const auto watched = run({.command = "head -c 10000000 /dev/zero >&2; echo out"});

    QVERIFY(watched->ends());
    QCOMPARE(watched->run.errorOutput().size(), 10'000'000);
    QCOMPARE(watched->output(), "out\n");
}

void CommandRunTest::onlySessionIsTakenByTurns()
{
    tests::SshServer narrow(tests::SshServerOptions()
                                .withAuthorizedKey(m_fixture.userKey().publicLine)
                                .withMaxSessions(1));
    const auto started = narrow.start();
    QVERIFY2(started, tests::reason(started).constData());
    tests::ConnectionFixture fixture;
    QVERIFY(fixture.setUp());
    ssh::ConnectionSettings settings = fixture.settingsWithKey(narrow);
    settings.identityFiles = m_fixture.settingsWithKey(*m_server).identityFiles;
    tests::ConnectionProbe probe(settings);
    QVERIFY(probe.connectAndWait());
    Watched first({.command = "echo ready; exec sleep 1000"}, probe.connection());
    QVERIFY(first.shows("ready"));

    Watched second({.command = "true"}, probe.connection());
    QVERIFY(second.ends());
    QCOMPARE(second.end->how, RunEnd::How::Failed);
    QCOMPARE(second.end->error.kind, base::ErrorKind::PermissionDenied);
    QVERIFY(!first.run.isOver());

    first.run.sendSignal("TERM");
    QVERIFY(first.ends());
    Watched third({.command = "echo free"}, probe.connection());
    QVERIFY(third.ends());
    QCOMPARE(third.output(), "free\n");
}

QTEST_GUILESS_MAIN(CommandRunTest)

#include "CommandRunTest.moc"
