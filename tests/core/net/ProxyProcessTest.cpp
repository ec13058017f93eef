#include "net/ProxyProcess.h"

#include "tests/support/Reason.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

using namespace Qt::StringLiterals;
using net::ProxyCommand;
using net::ProxyProcess;

class ProxyProcessTest : public QObject
{
    Q_OBJECT

private slots:
    void tokensAreReplacedAfterSplitting_data();
    void tokensAreReplacedAfterSplitting();
    void typedNameAndAliasAreTold();
    void refuses_data();
    void refuses();
    void shellRunsTheUsersOwnTextOnly();
    void carriesBytesBothWays();
    void errorOutputIsTold();
    void endlessErrorOutputIsBounded();
    void missingProgramIsTold();
    void exitStatusIsTold();
    void killsAndReapsAtTheEnd();
};

namespace {

const net::ProxyCommandTarget target{u"host.example"_s, 2222, u"ada"_s};

QByteArray readSome(const base::UniqueFd &fd, qsizetype wanted)
{
    QByteArray read;
    const auto more = [&] {
        std::array<char, 4096> bytes;
        const ssize_t count = ::read(fd.get(), bytes.data(), bytes.size());
        read.append(bytes.data(), std::max<ssize_t>(count, 0));
        return read.size() >= wanted;
    };
    static_cast<void>(QTest::qWaitFor(more, 5000));
    return read;
}

bool exists(pid_t process)
{
    return ::kill(process, 0) == 0 || errno != ESRCH;
}

} // namespace

void ProxyProcessTest::tokensAreReplacedAfterSplitting_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");

    QTest::newRow("all") << u"nc -x %r@%h:%p %n 100%%"_s
                         << QStringList{u"nc"_s, u"-x"_s, u"ada@host.example:2222"_s,
                                        u"host.example"_s, u"100%"_s};
    QTest::newRow("quoted") << u"prog '%h %p'"_s << QStringList{u"prog"_s, u"host.example 2222"_s};
    QTest::newRow("in a shell") << u"nc %h %p 2>/dev/null"_s
                                << QStringList{u"/bin/sh"_s, u"-c"_s,
                                               u"nc host.example 2222 2>/dev/null"_s};
}

// As ssh_config(5) has them for ProxyCommand.
void ProxyProcessTest::typedNameAndAliasAreTold()
{
    auto named = target;
    named.typedHost = u"web"_s;
    QCOMPARE(net::proxyCommandLine({u"%h %n %k"_s}, named),
             QStringList({u"host.example"_s, u"web"_s, u"web"_s}));
    named.hostKeyAlias = u"farm"_s;
    QCOMPARE(net::proxyCommandLine({u"%h %n %k"_s}, named),
             QStringList({u"host.example"_s, u"web"_s, u"farm"_s}));
    named.typedHost = u"$(id)"_s;
    QVERIFY(!net::proxyCommandLine({u"%n"_s}, named));
}

void ProxyProcessTest::tokensAreReplacedAfterSplitting()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);

    const auto result = net::proxyCommandLine({text}, target);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(*result, words);
}

// Names as in CVE-2023-51385 and CVE-2023-6004, and what OpenSSH calls unknown tokens.
void ProxyProcessTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("user");
    const QString ok = u"host.example"_s;
    const QString ada = u"ada"_s;

    QTest::newRow("empty") << u" "_s << ok << ada;
    QTest::newRow("open quote") << u"nc '%h"_s << ok << ada;
    QTest::newRow("unknown token") << u"nc %d"_s << ok << ada;
    QTest::newRow("percent at the end") << u"nc %"_s << ok << ada;
    QTest::newRow("empty user") << u"nc %r"_s << ok << QString();
    for (const QString &name : {u"a;b"_s, u"`id`"_s, u"$(id)"_s, u"a b"_s, u"-oProxyCommand=x"_s,
                                u"a\nb"_s, u"a\\b"_s, u"a'b"_s, u"a\"b"_s, u"${IFS}"_s}) {
        QTest::addRow("host %s", qPrintable(name)) << u"nc %h"_s << name << ada;
        QTest::addRow("host %s in a shell", qPrintable(name)) << u"nc %h | cat"_s << name << ada;
        QTest::addRow("user %s", qPrintable(name)) << u"nc %r"_s << ok << name;
    }
}

void ProxyProcessTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(QString, user);

    const auto result = net::proxyCommandLine({text}, {host, 22, user});

    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::ProxyCommandFailed);
    QVERIFY(!result.error().detail.isEmpty());
}

void ProxyProcessTest::shellRunsTheUsersOwnTextOnly()
{
    const auto foreign = ProxyCommand::Origin::Foreign;

    QVERIFY(!net::proxyCommandLine({u"nc %h %p | cat"_s, foreign}, target));
    QVERIFY(net::proxyCommandLine({u"nc %h %p"_s, foreign}, target));
}

void ProxyProcessTest::carriesBytesBothWays()
{
    ProxyProcess process;
    const auto socket = process.start({u"cat"_s}, target);
    QVERIFY2(socket, tests::reason(socket).constData());

    QCOMPARE(::write(socket->get(), "SSH-2.0-x", 9), 9);

    QCOMPARE(readSome(*socket, 9), "SSH-2.0-x");
    QVERIFY(!process.hasEnded());
}

void ProxyProcessTest::errorOutputIsTold()
{
    ProxyProcess process;
    QSignalSpy lines(&process, &ProxyProcess::errorOutput);
    const auto socket = process.start({u"sh -c 'echo one >&2; printf two >&2; exit 3'"_s}, target);
    QVERIFY(socket);

    QTRY_VERIFY(process.hasEnded());

    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0][0].toString(), u"one"_s);
    QCOMPARE(process.error().detail, u"It ended with status 3\none\ntwo"_s);
}

void ProxyProcessTest::endlessErrorOutputIsBounded()
{
    ProxyProcess process;
    QSignalSpy lines(&process, &ProxyProcess::errorOutput);
    const auto socket = process.start({u"sh -c 'yes x | head -c 4000000 >&2'"_s}, target);
    QVERIFY(socket);

    QTRY_VERIFY(process.hasEnded());

    QCOMPARE(lines.size(), 200);
    QVERIFY(process.error().detail.size() < 1000);
}

void ProxyProcessTest::missingProgramIsTold()
{
    ProxyProcess process;
    QSignalSpy ended(&process, &ProxyProcess::ended);
    const auto socket = process.start({u"/nonexistent/program %h"_s}, target);
    QVERIFY(socket);

    QTRY_COMPARE(ended.size(), 1);

    QCOMPARE(process.error().kind, base::ErrorKind::ProxyCommandFailed);
    QCOMPARE(process.error().subject, u"/nonexistent/program"_s);
    QVERIFY2(process.error().detail.contains(u"No such file"_s),
             qPrintable(process.error().detail));
}

void ProxyProcessTest::exitStatusIsTold()
{
    ProxyProcess process;
    const auto socket = process.start({u"sh -c 'kill -9 $$'"_s}, target);
    QVERIFY(socket);

    QTRY_VERIFY(process.hasEnded());

    QCOMPARE(process.error().detail, u"It was killed by signal 9"_s);
}

// A program that ignores the end of its input and the polite signals, with a child.
void ProxyProcessTest::killsAndReapsAtTheEnd()
{
    auto process = std::make_unique<ProxyProcess>();
    const auto socket = process->start(
        {u"sh -c \"trap '' HUP TERM INT; sleep 1000 & echo \\$\\$ \\$!; wait\""_s}, target);
    QVERIFY(socket);
    const QList<QByteArray> numbers = readSome(*socket, 4).simplified().split(' ');
    QCOMPARE(numbers.size(), 2);
    const pid_t shell = numbers[0].toInt();
    const pid_t child = numbers[1].toInt();
    QVERIFY(exists(shell) && exists(child));

    process.reset();

    QVERIFY(!exists(shell)); // reaped
    const auto isGone = [child] { // killed; whoever adopts it reaps it in its own time
        QFile status(u"/proc/%1/stat"_s.arg(child));
        return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
    };
    QTRY_VERIFY(isGone());
}

QTEST_GUILESS_MAIN(ProxyProcessTest)

#include "ProxyProcessTest.moc"
