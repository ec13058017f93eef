// What runs in channels of a real connection: commands with their three streams, and shells with a
// terminal.

#include "ssh/ExecProcess.h"
#include "ssh/Shell.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QSignalSpy>
#include <QTest>
#include <QTestEventLoop>

#include <memory>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::ConnectionProbe;
using tests::reason;

class ChannelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void streamsStayApart();
    void exitStatusIsPassedOn();
    void signalIsPassedOn();
    void inputIsEchoedByteForByte();
    void answersDoNotWaitForOtherNews();
    void outputWaitsForCredit();
    void lastBytesComeBeforeTheEnd();
    void manyChannelsAtOnce();
    void refusedSessionIsPermissionDenied();
    void channelOpenedBeforeReady();
    void channelFailsWithItsConnection();
    void signalCanBeSent();
    void shellEchoesAndEnds();
    void shellFollowsItsSize();
    void startupCommandTakesThePlaceOfTheShell();
    void shellIsInterruptedUnderFlood();
    void destroyedShellEndsOnTheServer();

private:
    std::unique_ptr<tests::SshServer> m_server;
    tests::ConnectionFixture m_fixture;
    std::unique_ptr<ConnectionProbe> m_probe;
};

namespace {

// A shell whose output is kept and consumed at once.
struct ReadShell
{
    explicit ReadShell(std::unique_ptr<ssh::Shell> opened)
        : shell(std::move(opened))
    {
        QObject::connect(shell.get(), &ssh::Shell::received, shell.get(),
                         [this](const QByteArray &data) {
                             output += data;
                             shell->consumed(data.size());
                         });
        QObject::connect(shell.get(), &ssh::Shell::finished, shell.get(),
                         [this](const base::Result<int> &status) { end = status; });
    }

    std::unique_ptr<ssh::Shell> shell;
    QByteArray output;
    std::optional<base::Result<int>> end;
};

} // namespace

void ChannelTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions()
            .withMaxSessions(8)
            .withConfigLines({u"AcceptEnv FARM"_s})
            .withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
}

void ChannelTest::init()
{
    m_probe = std::make_unique<ConnectionProbe>(m_fixture.settingsWithKey(*m_server));
    QVERIFY2(m_probe->connectAndWait(), qPrintable(m_probe->error().detail));
}

void ChannelTest::cleanup()
{
    m_probe.reset();
}

void ChannelTest::streamsStayApart()
{
    const auto output = m_probe->run("echo out; echo err >&2");

    QCOMPARE(output.standard, QByteArray("out\n"));
    QCOMPARE(output.error, QByteArray("err\n"));
    QCOMPARE(output.end->code, 0);
}

void ChannelTest::exitStatusIsPassedOn()
{
    QCOMPARE(m_probe->run("exit 42").end->code, 42);
    QCOMPARE(m_probe->run("nonexistent-command").end->code, 127);
}

void ChannelTest::signalIsPassedOn()
{
    const auto output = m_probe->run("kill -KILL $$");

    QCOMPARE(output.end->signal, QByteArray("KILL"));
    QVERIFY(!output.end->code);
}

void ChannelTest::inputIsEchoedByteForByte()
{
    QByteArray sent(5'000'000, '\0');
    for (qsizetype i = 0; i < sent.size(); ++i) {
        sent[i] = static_cast<char>((i * 7 + i / 251) & 0xFF);
    }
    const auto process = m_probe->connection().start({.command = "cat"});
    QByteArray received;
    connect(process.get(), &ssh::ExecProcess::received, this, [&](const QByteArray &data) {
        received += data;
        process->consumed(data.size());
    });
    qsizetype offset = 0;
    const auto feed = [&] {
        offset += process->write(QByteArrayView(sent).sliced(offset));
        if (offset == sent.size()) {
            process->sendEof();
        }
    };
    connect(process.get(), &ssh::ExecProcess::writable, this, feed);
    QSignalSpy finished(process.get(), &ssh::ExecProcess::finished);
    feed();
    QVERIFY(offset <= 1024 * 1024);

    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QVERIFY(received == sent);
}

// libssh reads also when it is asked for the data of one stream or writes. What it takes in then
// for somebody else is told by no notifier; it would wait for the next keep-alive.
void ChannelTest::answersDoNotWaitForOtherNews()
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.timeouts.keepAlive = {};
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    constexpr int rounds = 20'000;
    const QByteArray sent = QByteArray("x\n").repeated(10); // answered one by one
    const auto process
        = probe.connection().start({.command = "while read line; do echo $line; done"});
    qsizetype received = 0;
    QTestEventLoop loop; // QTRY_VERIFY would sleep in each round
    connect(process.get(), &ssh::ExecProcess::received, this, [&](const QByteArray &data) {
        process->consumed(data.size());
        received += data.size();
        if (received == rounds * sent.size()) {
            loop.exitLoop();
        } else if (received % sent.size() == 0) {
            process->write(sent);
        }
    });
    process->write(sent);
    loop.enterLoop(std::chrono::minutes(1));

    QCOMPARE(received, rounds * sent.size());
}

void ChannelTest::outputWaitsForCredit()
{
    const auto process
        = m_probe->connection().start({.command = "head -c 8000000 /dev/zero; echo done >&2"});
    qsizetype received = 0;
    bool isConsuming = false;
    connect(process.get(), &ssh::ExecProcess::received, this, [&](const QByteArray &data) {
        received += data.size();
        if (isConsuming) {
            process->consumed(data.size());
        }
    });
    QSignalSpy finished(process.get(), &ssh::ExecProcess::finished);

    QTRY_COMPARE(received, 256 * 1024);
    // Another channel runs to its end meanwhile: what is not read holds up nobody else.
    QCOMPARE(m_probe->run("echo free").standard, QByteArray("free\n"));
    QCOMPARE(received, 256 * 1024);

    isConsuming = true;
    process->consumed(received);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QCOMPARE(received, 8'000'000 + 5);
}

void ChannelTest::lastBytesComeBeforeTheEnd()
{
    for (int i = 0; i < 20; ++i) {
        const auto output = m_probe->run("head -c 700000 /dev/zero");
        QCOMPARE(output.standard.size(), 700'000);
        QCOMPARE(output.end->code, 0);
    }
}

void ChannelTest::manyChannelsAtOnce()
{
    std::vector<std::unique_ptr<ReadShell>> shells;
    for (int i = 0; i < 6; ++i) {
        shells.push_back(std::make_unique<ReadShell>(m_probe->connection().openShell({})));
        const QByteArray line = "echo shell-$((" + QByteArray::number(i) + "+100)); exit\n";
        shells.back()->shell->write(line);
    }
    for (std::size_t i = 0; i < shells.size(); ++i) {
        QTRY_VERIFY(shells[i]->end.has_value());
        QVERIFY(shells[i]->output.contains("shell-" + QByteArray::number(100 + int(i))));
    }
}

void ChannelTest::refusedSessionIsPermissionDenied()
{
    std::vector<std::unique_ptr<ssh::Shell>> shells;
    std::optional<base::Result<int>> refused;
    for (int i = 0; i < 9; ++i) { // MaxSessions is 8
        shells.push_back(m_probe->connection().openShell({}));
        connect(shells.back().get(), &ssh::Shell::finished, this,
                [&](const base::Result<int> &end) { refused = end; });
    }

    QTRY_VERIFY(refused.has_value());
    QVERIFY(!*refused);
    QCOMPARE(refused->error().kind, ErrorKind::PermissionDenied);
    QCOMPARE(m_probe->connection().state(), ssh::Connection::State::Ready);
}

void ChannelTest::channelOpenedBeforeReady()
{
    ConnectionProbe early(m_fixture.settingsWithKey(*m_server));
    ReadShell reader(early.connection().openShell({}));
    reader.shell->write("echo early-$((40+2))\n");
    early.connection().open();

    QTRY_VERIFY(reader.output.contains("early-42"));
}

void ChannelTest::channelFailsWithItsConnection()
{
    ReadShell reader(m_probe->connection().openShell({}));
    reader.shell->write("echo up-$((40+2))\n");
    QTRY_VERIFY(reader.output.contains("up-42"));

    m_server->killSessions();

    QTRY_VERIFY(reader.end.has_value());
    QVERIFY(!*reader.end);
    QCOMPARE(reader.end->error().kind, ErrorKind::ConnectionLost);
    QVERIFY(m_probe->waitForEnd());
}

void ChannelTest::signalCanBeSent()
{
    const auto process = m_probe->connection().start({.command = "echo $$; exec sleep 1000"});
    QSignalSpy received(process.get(), &ssh::ExecProcess::received);
    QSignalSpy finished(process.get(), &ssh::ExecProcess::finished);
    QTRY_VERIFY(!received.isEmpty());

    process->sendSignal("TERM");

    QTRY_COMPARE(finished.size(), 1);
    const auto end = finished.first().first().value<base::Result<ssh::ExitStatus>>();
    QCOMPARE(end->signal, QByteArray("TERM"));
}

void ChannelTest::shellEchoesAndEnds()
{
    ReadShell reader(m_probe->connection().openShell({}));
    reader.shell->write("echo $TERM-$((40+2))\n");
    QTRY_VERIFY(reader.output.contains("xterm-256color-42"));

    reader.shell->write("exit 7\n");

    QTRY_VERIFY(reader.end.has_value());
    QCOMPARE(reader.end->value(), 7);
}

void ChannelTest::shellFollowsItsSize()
{
    ReadShell reader(m_probe->connection().openShell({.columns = 91, .rows = 33}));
    reader.shell->write("stty size\n");
    QTRY_VERIFY(reader.output.contains("33 91"));

    reader.shell->resize(120, 50);
    reader.shell->write("stty size\n");

    QTRY_VERIFY(reader.output.contains("50 120"));
}

// As RemoteCommand and SetEnv of ssh_config(5) have it.
void ChannelTest::startupCommandTakesThePlaceOfTheShell()
{
    auto settings = m_fixture.settingsWithKey(*m_server);
    settings.startupCommand = u"tty; echo \"$FARM\"; echo $TERM; stty size; exit 7"_s;
    settings.terminalType = u"vt220"_s;
    settings.environment = {{"FARM", "two words"}, {"REFUSED", "x"}};
    ConnectionProbe probe(settings);
    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    ReadShell reader(probe.connection().openShell({.columns = 91, .rows = 33}));

    QTRY_VERIFY(reader.end);
    QVERIFY2(reader.output.contains("/dev/pts/"), reader.output.constData());
    QVERIFY(reader.output.contains("two words"));
    QVERIFY(reader.output.contains("vt220"));
    QVERIFY(reader.output.contains("33 91"));
    QCOMPARE(**reader.end, 7);
    QCOMPARE(probe.run("echo $FARM").standard, "two words\n"); // no start-up command there
}

void ChannelTest::shellIsInterruptedUnderFlood()
{
    ReadShell reader(m_probe->connection().openShell({}));
    reader.shell->write("yes\n");
    QTRY_VERIFY(reader.output.size() > 2'000'000);

    reader.shell->write("\x03");
    reader.shell->write("echo after-$((40+2))\n");

    QTRY_VERIFY_WITH_TIMEOUT(reader.output.right(400).contains("after-42"), 5'000);
}

void ChannelTest::destroyedShellEndsOnTheServer()
{
    // A length that no other sleep on this machine has.
    const QByteArray seconds = "98765." + QByteArray::number(m_server->port());
    {
        ReadShell reader(m_probe->connection().openShell({}));
        reader.shell->write("echo ready-$((40+2)); sleep " + seconds + "\n");
        QTRY_VERIFY(reader.output.contains("ready-42"));
    }
    // The shell of a closed channel gets SIGHUP, and with it what it runs. The bracket keeps pgrep
    // from finding the shell that runs it.
    const QByteArray search = "pgrep -fc '[s]leep " + seconds + "' || true";
    QTRY_COMPARE_WITH_TIMEOUT(m_probe->run(search).standard.trimmed(), QByteArray("0"), 10'000);
}

QTEST_GUILESS_MAIN(ChannelTest)

#include "ChannelTest.moc"
