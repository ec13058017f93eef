#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"
#include "transfer/TransferRequest.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

using namespace Qt::StringLiterals;
using tests::ToolResult;
using transfer::Direction;

// Two directories, one of them behind a real sshd. What they hold is told by find(1) and diff(1).
class SyncVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void directoriesBecomeEqual_data();
    void directoriesBecomeEqual();
    void dryRunTellsAndChangesNothing_data();
    void dryRunTellsAndChangesNothing();
    void extraIsRemovedOnlyWhenAsked_data();
    void extraIsRemovedOnlyWhenAsked();
    void removalDoesNotFollowLinks_data();
    void removalDoesNotFollowLinks();
    void nothingIsRemovedAfterAFailure();
    void whatAppearsMeanwhileStays();
    void bothWaysExchange();
    void excludedStaysOnBothSides();
    void contentsAreCompared();
    void watchGoesOn();
    void sourceMustBeADirectory();
    void serversBecomeEqual_data();
    void serversBecomeEqual();
    void serversExchange();
    void directoriesOfOneServerMustBeApart();

private:
    ToolResult syncServers(const QStringList &options, const QString &from,
                           const QString &to) const;
    ToolResult sync(Direction direction, const QStringList &options = {});
    QString source(Direction direction) const { return place(direction == Direction::Download); }
    QString target(Direction direction) const { return place(direction == Direction::Upload); }
    QString place(bool isOnServer) const;
    void makeTree(const QString &path) const;
    static void write(const QByteArray &path, const QByteArray &bytes);
    static QByteArray listing(const QString &path);
    static QByteArray run(const QString &program, const QStringList &arguments);
    static void addDirections();

    tests::VerbFixture m_fixture;
    int m_number = 0; // of the test: each has its own directories
};

void SyncVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    const auto added = m_fixture.addServer();
    QVERIFY2(added, tests::reason(added).constData());
}

void SyncVerbTest::init()
{
    ++m_number;
}

QString SyncVerbTest::place(bool isOnServer) const
{
    const QString name = u"tree %1"_s.arg(m_number);
    return isOnServer ? m_fixture.server().home() + u'/' + name : m_fixture.path(name);
}

ToolResult SyncVerbTest::sync(Direction direction, const QStringList &options)
{
    const bool isUpload = direction == Direction::Upload;
    const QString here = isUpload ? source(direction) : target(direction);
    const QString there
        = m_fixture.target() + u':' + (isUpload ? target(direction) : source(direction));
    return m_fixture.run(m_fixture.commandLine(
        u"sync"_s, options + (isUpload ? QStringList{here, there} : QStringList{there, here})));
}

void SyncVerbTest::write(const QByteArray &path, const QByteArray &bytes)
{
    const int file = ::open(path.constData(), O_CREAT | O_WRONLY | O_TRUNC, 0644);
    QVERIFY(file >= 0);
    QCOMPARE(::write(file, bytes.constData(), static_cast<size_t>(bytes.size())), bytes.size());
    ::close(file);
}

void SyncVerbTest::makeTree(const QString &path) const
{
    QVERIFY(QDir().mkpath(path + u"/sub/deep"_s));
    const QByteArray bytes = path.toUtf8();
    write(bytes + "/plain", "plain");
    write(bytes + "/two\nlines", "newline");
    write(bytes + "/sub/caf\xe9", "not UTF-8");
    write(bytes + "/sub/deep/large", tests::VerbFixture::distinctBytes(300'000));
    QCOMPARE(::symlink("plain", (bytes + "/link").constData()), 0);
    run(u"find"_s,
        {path, u"-type"_s, u"f"_s, u"-exec"_s, u"touch"_s, u"-d"_s, u"@1500000000"_s, u"{}"_s,
         u"+"_s});
}

QByteArray SyncVerbTest::run(const QString &program, const QStringList &arguments)
{
    const ToolResult result = tests::runTool({.program = program, .arguments = arguments});
    return result.output + result.errors;
}

QByteArray SyncVerbTest::listing(const QString &path)
{
    return run(u"find"_s, {path, u"-printf"_s, u"%P %y %s %T@ %l %i\\0"_s});
}

void SyncVerbTest::addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("up") << Direction::Upload;
    QTest::newRow("down") << Direction::Download;
}

void SyncVerbTest::directoriesBecomeEqual_data()
{
    addDirections();
}

void SyncVerbTest::directoriesBecomeEqual()
{
    QFETCH(Direction, direction);
    makeTree(source(direction));

    const ToolResult first = sync(direction, {u"--json"_s});
    QCOMPARE(first.errors, "");
    QCOMPARE(first.exitStatus, 0);
    QCOMPARE(QJsonDocument::fromJson(first.output)[u"filesCopied"_s], 5);
    QCOMPARE(run(u"diff"_s, {u"-r"_s, source(direction), target(direction)}), "");

    // What is equal is left alone, links included.
    const QByteArray before = listing(target(direction));
    const ToolResult second = sync(direction, {u"--json"_s});
    QCOMPARE(second.errors, "");
    QCOMPARE(QJsonDocument::fromJson(second.output)[u"filesCopied"_s], 0);
    QCOMPARE(QJsonDocument::fromJson(second.output)[u"filesSkipped"_s], 5);
    QCOMPARE(listing(target(direction)), before);

    write(source(direction).toUtf8() + "/plain", "as l"); // of another size and time
    write(source(direction).toUtf8() + "/sub/caf\xe9", "not utf-8"); // of another time
    const ToolResult third = sync(direction, {u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(third.output)[u"filesCopied"_s], 2);
    QCOMPARE(run(u"diff"_s, {u"-r"_s, source(direction), target(direction)}), "");
}

void SyncVerbTest::dryRunTellsAndChangesNothing_data()
{
    addDirections();
}

void SyncVerbTest::dryRunTellsAndChangesNothing()
{
    QFETCH(Direction, direction);
    makeTree(source(direction));

    const ToolResult all = sync(direction, {u"--dry-run"_s});
    QCOMPARE(all.errors, "");
    QCOMPARE(all.exitStatus, 0);
    QCOMPARE(all.output,
             "create link\ncreate plain\ncreate sub/\ncreate sub/caf\\xe9\n"
             "create sub/deep/\ncreate sub/deep/large\ncreate two\\x0Alines\n");
    QVERIFY(!QFileInfo::exists(target(direction)));

    QCOMPARE(sync(direction).exitStatus, 0);
    QCOMPARE(sync(direction, {u"--dry-run"_s, u"--delete"_s}).output, "");
    write(source(direction).toUtf8() + "/plain", "changed");
    QCOMPARE(::unlink((source(direction) + u"/link"_s).toUtf8().constData()), 0);
    QCOMPARE(::symlink("sub", (source(direction) + u"/link"_s).toUtf8().constData()), 0);
    QVERIFY(QDir().mkpath(target(direction) + u"/extra/deep"_s));
    write(target(direction).toUtf8() + "/more\x1b", "x");
    const QByteArray before = listing(target(direction));

    QCOMPARE(sync(direction, {u"--dry-run"_s}).output, "replace link\nreplace plain\n");
    QCOMPARE(sync(direction, {u"--dry-run"_s, u"--delete"_s}).output,
             "remove extra/\nremove extra/deep/\nreplace link\nremove more\\x1B\nreplace plain\n");
    const ToolResult json = sync(direction, {u"--dry-run"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(json.output).array()[1][u"action"_s], u"replace"_s);
    QCOMPARE(QJsonDocument::fromJson(json.output).array()[1][u"path"_s], u"plain"_s);
    QCOMPARE(listing(target(direction)), before);
}

void SyncVerbTest::extraIsRemovedOnlyWhenAsked_data()
{
    addDirections();
}

void SyncVerbTest::extraIsRemovedOnlyWhenAsked()
{
    QFETCH(Direction, direction);
    makeTree(source(direction));
    QVERIFY(QDir().mkpath(target(direction) + u"/sub/extra/deep"_s));
    write(target(direction).toUtf8() + "/sub/extra/deep/file", "x");
    write(target(direction).toUtf8() + "/extra\xff", "x");

    QCOMPARE(sync(direction).exitStatus, 0);
    QVERIFY(QFileInfo::exists(target(direction) + u"/sub/extra/deep/file"_s));

    const ToolResult removed = sync(direction, {u"--delete"_s, u"--json"_s});
    QCOMPARE(removed.errors, "");
    QCOMPARE(removed.exitStatus, 0);
    QCOMPARE(QJsonDocument::fromJson(removed.output)[u"removed"_s], 4);
    QCOMPARE(run(u"diff"_s, {u"-r"_s, source(direction), target(direction)}), "");
}

void SyncVerbTest::removalDoesNotFollowLinks_data()
{
    addDirections();
}

void SyncVerbTest::removalDoesNotFollowLinks()
{
    QFETCH(Direction, direction);
    makeTree(source(direction));
    const QString outside = target(direction) + u" outside"_s;
    QVERIFY(QDir().mkpath(outside));
    write(outside.toUtf8() + "/precious", "x");
    QVERIFY(QDir().mkpath(target(direction)));
    QCOMPARE(::symlink(outside.toUtf8().constData(),
                       (target(direction) + u"/extra link"_s).toUtf8().constData()),
             0);

    QCOMPARE(sync(direction, {u"--delete"_s}).exitStatus, 0);

    QVERIFY(QFileInfo::exists(outside + u"/precious"_s));
    QVERIFY(!QFileInfo(target(direction) + u"/extra link"_s).isSymLink());
}

void SyncVerbTest::nothingIsRemovedAfterAFailure()
{
    makeTree(source(Direction::Upload));
    run(u"mkfifo"_s, {source(Direction::Upload) + u"/pipe"_s});
    QVERIFY(QDir().mkpath(target(Direction::Upload)));
    write(target(Direction::Upload).toUtf8() + "/extra", "x");

    const ToolResult result = sync(Direction::Upload, {u"--delete"_s});

    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains("Nothing was removed"), result.errors.constData());
    QVERIFY(QFileInfo::exists(target(Direction::Upload) + u"/extra"_s));
    QVERIFY(QFileInfo::exists(target(Direction::Upload) + u"/sub/deep/large"_s));
}

// It was removed before: the directory went with all that was in it by then.
void SyncVerbTest::whatAppearsMeanwhileStays()
{
    const QString there = target(Direction::Upload);
    makeTree(source(Direction::Upload));
    QVERIFY(QDir().mkpath(there + u"/extra"_s));
    write(there.toUtf8() + "/extra/shown", "x");
    const auto process = m_fixture.start(
        m_fixture.commandLine(u"sync"_s,
                              {u"--delete"_s, u"--limit-rate"_s, u"200K"_s,
                               source(Direction::Upload), m_fixture.target() + u':' + there}));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(there + u"/plain"_s), 20'000); // it is copying

    write(there.toUtf8() + "/extra/new", "precious");
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20'000);

    QCOMPARE(process->exitCode(), 1);
    QVERIFY(process->readAllStandardError().contains("was not shown"));
    QVERIFY(QFileInfo::exists(there + u"/extra/new"_s));
    QVERIFY(!QFileInfo::exists(there + u"/extra/shown"_s));
}

void SyncVerbTest::bothWaysExchange()
{
    const QString here = source(Direction::Upload);
    const QString there = target(Direction::Upload);
    QVERIFY(QDir().mkpath(here + u"/mine"_s));
    QVERIFY(QDir().mkpath(there + u"/theirs"_s));
    write(here.toUtf8() + "/mine/a", "a");
    write(there.toUtf8() + "/theirs/b", "b");
    write(here.toUtf8() + "/both", "one");
    write(there.toUtf8() + "/both", "three");

    QCOMPARE(sync(Direction::Upload,
                  {u"--two-way"_s, u"--dry-run"_s, u"--newer"_s, u"--time-tolerance"_s, u"3600"_s})
                 .output,
             "refuse both\nupload mine/\nupload mine/a\ndownload theirs/\ndownload theirs/b\n");
    const ToolResult planned = sync(Direction::Upload, {u"--two-way"_s, u"--dry-run"_s});
    QVERIFY2(planned.errors.contains("both differs on both sides"), planned.errors.constData());
    QVERIFY2(planned.errors.contains("--newer"), planned.errors.constData()); // what to do
    const ToolResult json = sync(Direction::Upload, {u"--two-way"_s, u"--dry-run"_s, u"--json"_s});
    const QJsonValue refused = QJsonDocument::fromJson(json.output).array()[0];
    QCOMPARE(refused[u"action"_s], u"refuse"_s);
    QVERIFY2(refused[u"reason"_s].toString().contains(u"--newer"_s), json.output.constData());
    QCOMPARE(json.errors, "");
    const ToolResult result = sync(Direction::Upload, {u"--two-way"_s});

    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains("both differs on both sides"), result.errors.constData());
    QVERIFY(QFileInfo::exists(there + u"/mine/a"_s));
    QVERIFY(QFileInfo::exists(here + u"/theirs/b"_s));
    QCOMPARE(QFileInfo(there + u"/both"_s).size(), 5);
    QCOMPARE(QFileInfo(here + u"/both"_s).size(), 3);
}

void SyncVerbTest::excludedStaysOnBothSides()
{
    const QString here = source(Direction::Upload);
    const QString there = target(Direction::Upload);
    makeTree(here);
    write(here.toUtf8() + "/sub/a.tmp", "x");
    QVERIFY(QDir().mkpath(there + u"/old"_s));
    write(there.toUtf8() + "/old/b.tmp", "x");
    write(there.toUtf8() + "/old/c", "x");

    const ToolResult result
        = sync(Direction::Upload, {u"--delete"_s, u"--exclude"_s, u"*.tmp"_s, u"--json"_s});

    QCOMPARE(result.errors, "");
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(QJsonDocument::fromJson(result.output)[u"removed"_s], 1);
    QVERIFY(!QFileInfo::exists(there + u"/sub/a.tmp"_s));
    QVERIFY(QFileInfo::exists(there + u"/old/b.tmp"_s));
    QVERIFY(!QFileInfo::exists(there + u"/old/c"_s));
}

void SyncVerbTest::contentsAreCompared()
{
    const QString here = source(Direction::Upload);
    makeTree(here);
    QCOMPARE(sync(Direction::Upload).exitStatus, 0);
    run(u"touch"_s, {here + u"/plain"_s});
    const QByteArray other = here.toUtf8() + "/sub/caf\xe9";
    write(other, "not utf-8"); // of the same size
    const timespec times[] = {{1'500'000'000, 0}, {1'500'000'000, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, other.constData(), times, 0), 0);

    QCOMPARE(sync(Direction::Upload, {u"--dry-run"_s, u"--checksum"_s}).output,
             "replace sub/caf\\xe9\n");
    QCOMPARE(sync(Direction::Upload, {u"--dry-run"_s, u"--size-only"_s}).output, "");
    QCOMPARE(sync(Direction::Upload, {u"--dry-run"_s}).output, "replace plain\n");
}

void SyncVerbTest::watchGoesOn()
{
    const QString here = source(Direction::Upload);
    const QString there = target(Direction::Upload);
    makeTree(here);
    const auto process = m_fixture.start(m_fixture.commandLine(
        u"sync"_s, {u"--watch"_s, u"--delete"_s, here, m_fixture.target() + u':' + there}));
    QTRY_COMPARE_WITH_TIMEOUT(run(u"diff"_s, {u"-r"_s, here, there}), "", 20'000);

    write(here.toUtf8() + "/plain", "changed");
    QVERIFY(QFile::remove(here + u"/sub/deep/large"_s));
    QTRY_COMPARE_WITH_TIMEOUT(run(u"diff"_s, {u"-r"_s, here, there}), "", 20'000);
    QCOMPARE(process->state(), QProcess::Running);

    process->terminate();
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(process->exitCode(), 128 + SIGTERM);
    QVERIFY(process->readAllStandardOutput().startsWith("copied 5 "));
}

void SyncVerbTest::sourceMustBeADirectory()
{
    write(source(Direction::Upload).toUtf8(), "a file");

    const ToolResult result = sync(Direction::Upload, {u"--delete"_s});

    QCOMPARE(result.exitStatus, 1);
    QVERIFY(!result.errors.isEmpty());
    QVERIFY(!QFileInfo::exists(target(Direction::Upload)));
}

ToolResult SyncVerbTest::syncServers(const QStringList &options, const QString &from,
                                     const QString &to) const
{
    return m_fixture.run(m_fixture.commandLine(u"sync"_s, options + QStringList{from, to}));
}

void SyncVerbTest::serversBecomeEqual_data()
{
    QTest::addColumn<bool>("isOne");
    QTest::newRow("two servers") << false;
    QTest::newRow("one server") << true;
}

void SyncVerbTest::serversBecomeEqual()
{
    QFETCH(bool, isOne);
    const tests::SshServer &other = isOne ? m_fixture.server() : m_fixture.otherServer();
    const QString source = m_fixture.server().home() + u"/from %1"_s.arg(m_number);
    const QString target = other.home() + u"/to %1"_s.arg(m_number);
    const QString from = m_fixture.target() + u":from %1"_s.arg(m_number); // below the home
    const QString to = tests::VerbFixture::targetOf(other) + u':' + target;
    makeTree(source);

    QVERIFY(
        syncServers({u"--dry-run"_s}, from, to).output.startsWith("create link\ncreate plain\n"));
    QVERIFY(!QFileInfo::exists(target));
    const ToolResult first = syncServers({u"--json"_s}, from, to);
    QCOMPARE(first.errors, "");
    QCOMPARE(first.exitStatus, 0);
    QCOMPARE(QJsonDocument::fromJson(first.output)[u"filesCopied"_s], 5);
    QCOMPARE(run(u"diff"_s, {u"-r"_s, source, target}), "");

    write(target.toUtf8() + "/extra", "x");
    write(source.toUtf8() + "/plain", "changed");
    const ToolResult json = syncServers({u"--dry-run"_s, u"--delete"_s, u"--json"_s}, from, to);
    QCOMPARE(QJsonDocument::fromJson(json.output).array()[0][u"to"_s], u"target"_s);
    const ToolResult second = syncServers({u"--delete"_s}, from, to);
    QCOMPARE(second.errors, "");
    QCOMPARE(second.exitStatus, 0);
    QCOMPARE(run(u"diff"_s, {u"-r"_s, source, target}), "");
}

void SyncVerbTest::serversExchange()
{
    const QString one = m_fixture.server().home() + u"/exchange"_s;
    const QString other = m_fixture.otherServer().home() + u"/exchange"_s;
    QVERIFY(QDir().mkpath(one) && QDir().mkpath(other));
    write(one.toUtf8() + "/a", tests::VerbFixture::distinctBytes(100'000));
    write(other.toUtf8() + "/b", "b");
    const QString from = m_fixture.target() + u":exchange"_s;
    const QString to = tests::VerbFixture::targetOf(m_fixture.otherServer()) + u":exchange"_s;

    QCOMPARE(syncServers({u"--two-way"_s, u"--dry-run"_s}, from, to).output,
             "to-target a\nto-source b\n");
    const ToolResult result = syncServers({u"--two-way"_s}, from, to);

    QCOMPARE(result.errors, "");
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(run(u"diff"_s, {u"-r"_s, one, other}), "");
    const ToolResult missing = syncServers({}, from + u"/none"_s, to);
    QCOMPARE(missing.exitStatus, 1);
    QVERIFY2(missing.errors.contains(m_fixture.target().toUtf8()), missing.errors.constData());
}

void SyncVerbTest::directoriesOfOneServerMustBeApart()
{
    const QString inner = m_fixture.server().home() + u"/outer/inner"_s;
    QVERIFY(QDir().mkpath(inner));
    write(inner.toUtf8() + "/precious", "x");

    const ToolResult result = syncServers({u"--delete"_s}, m_fixture.target() + u":outer/inner"_s,
                                          m_fixture.target() + u":outer"_s);

    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains("name two that are apart"), result.errors.constData());
    QVERIFY(QFileInfo::exists(inner + u"/precious"_s));
}

QTEST_GUILESS_MAIN(SyncVerbTest)

#include "SyncVerbTest.moc"
