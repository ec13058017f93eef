#include "tests/integration/forward/ForwardFixture.h"
#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using tests::exchange;
using tests::ToolResult;

// Exit statuses: 255 for the connection, 1 for a forward, 2 for wrong usage.
class ForwardVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void everyKindListensUntilInterrupted();
    void refusalIsTold();
    void failedForwardIs1();
    void failedForwardLeavesTheOthers();
    void lostConnectionIs255();
    void refusedConnectionIs255();
    void nonsenseIs2_data();
    void nonsenseIs2();

private:
    std::unique_ptr<QProcess> start(const QStringList &arguments) const;

    tests::VerbFixture m_fixture;
    tests::EchoServer m_echo;
};

void ForwardVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
}

std::unique_ptr<QProcess> ForwardVerbTest::start(const QStringList &arguments) const
{
    return m_fixture.start(
        m_fixture.commandLine(u"tunnel"_s, QStringList{m_fixture.target()} + arguments));
}

void ForwardVerbTest::everyKindListensUntilInterrupted()
{
    const QString target = u"0:127.0.0.1:%1"_s.arg(m_echo.port());
    const auto process = start({u"-L"_s, target, u"-R"_s, target, u"-D"_s, u"127.0.0.1:0"_s});
    QHash<QByteArray, quint16> ports;
    const auto readPorts = [&] {
        while (process->canReadLine()) {
            const QByteArray line = process->readLine().trimmed();
            // "local 127.0.0.1:8080", and "remote 8080"
            const QByteArrayList words = line.split(' ');
            ports.insert(words[0], words[1].sliced(words[1].lastIndexOf(':') + 1).toUShort());
        }
        return ports.size() == 3;
    };
    QTRY_VERIFY(readPorts());

    QCOMPARE(exchange(ports.value("local"), "there"), QByteArray("there"));
    QCOMPARE(exchange(ports.value("remote"), "back"), QByteArray("back"));

    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 0);
    QCOMPARE(process->readAllStandardError(), QByteArray());
}

void ForwardVerbTest::refusalIsTold()
{
    const auto process = start({u"-L"_s, u"127.0.0.1:0:127.0.0.1:1"_s}); // tcpmux: nobody there
    QTRY_VERIFY(process->canReadLine());
    const QByteArray line = process->readLine().trimmed();

    QCOMPARE(exchange(line.sliced(line.lastIndexOf(':') + 1).toUShort(), "x"), QByteArray());

    QByteArray errors;
    const auto isTold = [&] {
        errors += process->readAllStandardError();
        return errors.contains("did not reach 127.0.0.1:1");
    };
    QTRY_VERIFY2(isTold(), errors.constData());
    ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 128 + SIGTERM);
}

void ForwardVerbTest::failedForwardIs1()
{
    const ToolResult result = m_fixture.run(m_fixture.commandLine(
        u"tunnel"_s,
        {m_fixture.target(), u"-L"_s, u"127.0.0.1:%1:127.0.0.1:22"_s.arg(m_echo.port())}));

    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains("Another program listens on port"), result.errors.constData());
    QVERIFY2(result.errors.contains("is free"), result.errors.constData());
}

void ForwardVerbTest::failedForwardLeavesTheOthers()
{
    const auto process = start({u"-L"_s, u"127.0.0.1:%1:127.0.0.1:22"_s.arg(m_echo.port()), u"-L"_s,
                                u"127.0.0.1:0:127.0.0.1:%1"_s.arg(m_echo.port())});
    QTRY_VERIFY(process->canReadLine());
    const QByteArray line = process->readLine().trimmed();

    QCOMPARE(exchange(line.sliced(line.lastIndexOf(':') + 1).toUShort(), "x"), QByteArray("x"));

    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 1);
}

void ForwardVerbTest::lostConnectionIs255()
{
    const auto process = start({u"-D"_s, u"0"_s});
    QTRY_VERIFY(process->canReadLine());

    m_fixture.server().killSessions();

    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 255);
}

void ForwardVerbTest::refusedConnectionIs255()
{
    const ToolResult result
        = m_fixture.run(m_fixture.commandLine(u"tunnel"_s, {u"127.0.0.1:1"_s, u"-D"_s, u"0"_s}));

    QCOMPARE(result.exitStatus, 255);
}

void ForwardVerbTest::nonsenseIs2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("reason");

    QTest::newRow("the other word") << QStringList{u"forward"_s} << QByteArray("needs one server");
    QTest::newRow("no server") << QStringList{u"tunnel"_s} << QByteArray("needs one server");
    QTest::newRow("no target") << QStringList{u"tunnel"_s, u"host"_s, u"-L"_s, u"8080"_s}
                               << QByteArray("The target");
    QTest::newRow("nothing to forward")
        << QStringList{u"tunnel"_s, u"host"_s} << QByteArray("nothing to forward");
    QTest::newRow("other verb") << QStringList{u"exec"_s, u"host"_s, u"-D"_s,
                                               u"1"_s,    u"--"_s,   u"true"_s}
                                << QByteArray("for tunnel only");
}

void ForwardVerbTest::nonsenseIs2()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, reason);

    const ToolResult result = m_fixture.run(arguments);

    QCOMPARE(result.exitStatus, 2);
    QVERIFY2(result.errors.contains(reason), result.errors.constData());
}

QTEST_GUILESS_MAIN(ForwardVerbTest)

#include "ForwardVerbTest.moc"
