#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using tests::ToolResult;

// What was copied is compared by diff(1), which looks at every byte of every file of a tree.
class TransferVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void treeWithHostileNamesComesBackWhole();
    void fileGetsTheNameThatIsAsked();
    void summaryIsJson();
    void relativePathsBeginAtHome();
    void existingFilesAreReplaced();
    void severalSourcesNeedADirectory();
    void failuresAre1();
    void interruptRemovesWhatIsIncomplete();
    void refusedConnectionIs255();
    void lostConnectionIs255();
    void lostConnectionIsMadeAgain();
    void linksAreFollowed();
    void attributesArePreserved();

private:
    ToolResult get(const QStringList &arguments);
    ToolResult put(const QStringList &arguments);
    QString remote(const QString &path) const { return m_fixture.target() + u':' + path; }
    QString serverPath(const QString &name) const
    {
        return m_fixture.server().home() + u'/' + name;
    }
    static ToolResult diff(const QString &one, const QString &other);
    static void write(const QString &path, const QByteArray &bytes);
    static QByteArray read(const QString &path);

    tests::VerbFixture m_fixture;
};

void TransferVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
}

ToolResult TransferVerbTest::get(const QStringList &arguments)
{
    return m_fixture.run(m_fixture.commandLine(u"get"_s, arguments));
}

ToolResult TransferVerbTest::put(const QStringList &arguments)
{
    return m_fixture.run(m_fixture.commandLine(u"put"_s, arguments));
}

ToolResult TransferVerbTest::diff(const QString &one, const QString &other)
{
    return tests::runTool({.program = u"diff"_s, .arguments = {u"-r"_s, one, other}});
}

void TransferVerbTest::write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray TransferVerbTest::read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TransferVerbTest::treeWithHostileNamesComesBackWhole()
{
    const QString tree = m_fixture.path(u"tree"_s);
    QVERIFY(QDir().mkpath(tree + u"/sub dir/deep"_s));
    const QByteArray base = tree.toUtf8() + "/sub dir/";
    for (const QByteArray name : {"a b", "-rf", "two\nlines", "caf\xe9", "'\"$(id)", "\x1b[2J"}) {
        const int fd = ::open((base + name).constData(), O_CREAT | O_WRONLY, 0600);
        QVERIFY(fd >= 0);
        QCOMPARE(::write(fd, name.constData(), static_cast<size_t>(name.size())), name.size());
        ::close(fd);
    }
    write(tree + u"/empty"_s, {});
    write(tree + u"/sub dir/deep/big"_s, tests::VerbFixture::distinctBytes(3 * 1024 * 1024 + 7));

    const ToolResult up = put({tree, remote(serverPath(u"copy"_s))});
    QCOMPARE(up.errors, "");
    QCOMPARE(up.exitStatus, 0);
    QCOMPARE(diff(tree, serverPath(u"copy"_s)).exitStatus, 0);

    const ToolResult down = get({remote(serverPath(u"copy"_s)), m_fixture.path(u"back"_s)});
    QCOMPARE(down.errors, "");
    QCOMPARE(down.exitStatus, 0);
    const ToolResult same = diff(tree, m_fixture.path(u"back"_s));
    QVERIFY2(same.exitStatus == 0, same.output.constData());
}

void TransferVerbTest::fileGetsTheNameThatIsAsked()
{
    write(m_fixture.path(u"one"_s), "one");
    QVERIFY(QDir().mkpath(serverPath(u"into"_s)));
    QCOMPARE(put({m_fixture.path(u"one"_s), remote(serverPath(u"into"_s))}).exitStatus, 0);
    QCOMPARE(put({m_fixture.path(u"one"_s), remote(serverPath(u"into/two"_s))}).exitStatus, 0);
    QCOMPARE(read(serverPath(u"into/one"_s)), "one");
    QCOMPARE(read(serverPath(u"into/two"_s)), "one");
    QCOMPARE(get({remote(serverPath(u"into/two"_s)), m_fixture.path(u"three"_s)}).exitStatus, 0);
    QCOMPARE(read(m_fixture.path(u"three"_s)), "one");
}

void TransferVerbTest::summaryIsJson()
{
    write(m_fixture.path(u"here"_s), "four");

    const ToolResult result
        = put({u"--json"_s, m_fixture.path(u"here"_s), m_fixture.path(u"missing"_s),
               remote(m_fixture.server().home())});

    QCOMPARE(result.exitStatus, 1);
    const QJsonObject summary = QJsonDocument::fromJson(result.output).object();
    QCOMPARE(summary[u"filesCopied"_s], 1);
    QCOMPARE(summary[u"filesSkipped"_s], 0);
    QCOMPARE(summary[u"bytesCopied"_s], 4);
    const QJsonArray failures = summary[u"failures"_s].toArray();
    QCOMPARE(failures.size(), 1);
    QCOMPARE(failures[0][u"path"_s], m_fixture.path(u"missing"_s));
    QVERIFY(!failures[0][u"reason"_s].toString().isEmpty());
}

void TransferVerbTest::relativePathsBeginAtHome()
{
    if (!tests::SshServer::whyNoPasswords().isEmpty()) {
        QSKIP("The home directory of the login is a real one here.");
    }
    write(m_fixture.path(u"at home"_s), "x");
    QCOMPARE(put({m_fixture.path(u"at home"_s), remote({})}).exitStatus, 0);
    QCOMPARE(read(serverPath(u"at home"_s)), "x");
    QCOMPARE(get({remote(u"at home"_s), m_fixture.path(u"from home"_s)}).exitStatus, 0);
    QCOMPARE(read(m_fixture.path(u"from home"_s)), "x");
}

void TransferVerbTest::existingFilesAreReplaced()
{
    write(m_fixture.path(u"new"_s), "new");
    write(serverPath(u"old"_s), "a longer old one");
    QCOMPARE(put({m_fixture.path(u"new"_s), remote(serverPath(u"old"_s))}).exitStatus, 0);
    QCOMPARE(read(serverPath(u"old"_s)), "new");
    write(m_fixture.path(u"old here"_s), "a longer old one");
    QCOMPARE(get({remote(serverPath(u"old"_s)), m_fixture.path(u"old here"_s)}).exitStatus, 0);
    QCOMPARE(read(m_fixture.path(u"old here"_s)), "new");
}

void TransferVerbTest::severalSourcesNeedADirectory()
{
    write(serverPath(u"s1"_s), "1");
    write(serverPath(u"s2"_s), "2");
    const QStringList sources{remote(serverPath(u"s1"_s)), remote(serverPath(u"s2"_s))};
    const ToolResult refused = get(sources + QStringList{m_fixture.path(u"nowhere"_s)});
    QCOMPARE(refused.exitStatus, 1);
    QVERIFY(!QFileInfo::exists(m_fixture.path(u"nowhere"_s)));
    QVERIFY(QDir().mkpath(m_fixture.path(u"somewhere"_s)));
    QCOMPARE(get(sources + QStringList{m_fixture.path(u"somewhere"_s)}).exitStatus, 0);
    QCOMPARE(read(m_fixture.path(u"somewhere/s2"_s)), "2");
}

void TransferVerbTest::failuresAre1()
{
    write(serverPath(u"there"_s), "1");
    QVERIFY(QDir().mkpath(m_fixture.path(u"partly"_s)));
    const ToolResult partly = get({remote(serverPath(u"missing"_s)), remote(serverPath(u"there"_s)),
                                   m_fixture.path(u"partly"_s)});
    QCOMPARE(partly.exitStatus, 1);
    QVERIFY2(partly.errors.contains("missing"), partly.errors.constData());
    QCOMPARE(read(m_fixture.path(u"partly/there"_s)), "1");
    QCOMPARE(put({m_fixture.path(u"no such file"_s), remote(serverPath(u"x"_s))}).exitStatus, 1);
}

void TransferVerbTest::interruptRemovesWhatIsIncomplete()
{
    // Sparse: too much to be copied before the signal comes.
    const QString source = serverPath(u"huge"_s);
    write(source, {});
    QVERIFY(QFile::resize(source, qint64(16) * 1024 * 1024 * 1024));
    const QString directory = m_fixture.path(u"interrupted"_s);
    QVERIFY(QDir().mkpath(directory));
    const auto process
        = m_fixture.start(m_fixture.commandLine(u"get"_s, {remote(source), directory}));
    const auto entries
        = [&directory] { return QDir(directory).entryList(QDir::Files | QDir::Hidden); };
    QTRY_VERIFY(!entries().isEmpty());
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 128 + SIGINT);
    QCOMPARE(entries(), QStringList());
}

void TransferVerbTest::refusedConnectionIs255()
{
    const ToolResult result = get({u"-l"_s, u"nobody-here"_s, remote(u"x"_s), u"."_s});
    QCOMPARE(result.exitStatus, 255);
}

void TransferVerbTest::lostConnectionIs255()
{
    const QString source = serverPath(u"huge"_s);
    write(source, {});
    QVERIFY(QFile::resize(source, qint64(16) * 1024 * 1024 * 1024));
    const QString directory = m_fixture.path(u"lost"_s);
    QVERIFY(QDir().mkpath(directory));
    const auto process = m_fixture.start(
        m_fixture.commandLine(u"get"_s, {u"--retries"_s, u"0"_s, remote(source), directory}));
    QTRY_VERIFY(!QDir(directory).entryList(QDir::Files | QDir::Hidden).isEmpty());
    m_fixture.server().killSessions();
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(process->exitCode(), 255);
    QVERIFY(process->readAllStandardError().startsWith("ponto: "));
}

void TransferVerbTest::lostConnectionIsMadeAgain()
{
    const QString source = serverPath(u"big tree"_s);
    QVERIFY(QDir().mkpath(source));
    for (int i = 0; i < 8; ++i) {
        write(source + u"/file %1"_s.arg(i),
              tests::VerbFixture::distinctBytes(30 * 1024 * 1024 + i));
    }
    const QString directory = m_fixture.path(u"again"_s);
    const auto process = m_fixture.start(
        m_fixture.commandLine(u"get"_s, {u"--json"_s, remote(source), directory}));
    QTRY_VERIFY(!QDir(directory).entryList(QDir::Files | QDir::Hidden).isEmpty());

    m_fixture.server().killSessions();

    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60'000);
    const QByteArray errors = process->readAllStandardError();
    QVERIFY2(errors.contains("Trying again in 1 s (1 of 3)."), errors.constData());
    QCOMPARE(process->exitCode(), 0);
    const auto summary = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
    QCOMPARE(summary[u"filesCopied"_s], 8);
    const ToolResult same = diff(source, directory);
    QVERIFY2(same.exitStatus == 0, same.output.constData());
}

void TransferVerbTest::linksAreFollowed()
{
    QVERIFY(QDir().mkpath(serverPath(u"linked"_s)));
    write(serverPath(u"linked to"_s), "content");
    QCOMPARE(::symlink("../linked to", serverPath(u"linked/link"_s).toUtf8().constData()), 0);

    QCOMPARE(get({remote(serverPath(u"linked"_s)), m_fixture.path(u"l1"_s)}).exitStatus, 1);
    const ToolResult followed = get(
        {u"--links"_s, u"follow"_s, remote(serverPath(u"linked"_s)), m_fixture.path(u"l2"_s)});
    QCOMPARE(
        get({u"--links"_s, u"skip"_s, remote(serverPath(u"linked"_s)), m_fixture.path(u"l3"_s)})
            .exitStatus,
        0);

    QCOMPARE(followed.exitStatus, 0);
    QCOMPARE(read(m_fixture.path(u"l2/link"_s)), "content");
    QVERIFY(!QFileInfo::exists(m_fixture.path(u"l3/link"_s)));
    QCOMPARE(get({u"--links"_s, u"no"_s, remote(serverPath(u"linked"_s)), u"."_s}).exitStatus, 2);
}

// There and back, as find(1) tells it. A server on which we are nobody special keeps no owners.
void TransferVerbTest::attributesArePreserved()
{
    const QString tree = m_fixture.path(u"attributes"_s);
    QVERIFY(QDir().mkpath(tree + u"/closed/deep"_s));
    write(tree + u"/closed/file"_s, "x");
    write(tree + u"/closed/deep/script"_s, "x");
    const auto run = [](const QString &script, const QString &directory) {
        return tests::runTool(
                   {.program = u"sh"_s,
                    .arguments = {u"-c"_s, u"cd \"$1\" && "_s + script, u"sh"_s, directory}})
            .output;
    };
    run(u"chmod 0750 closed/deep/script; chmod 0600 closed/file; chmod 0710 closed/deep; "
        "chmod 0555 closed; find . -depth -exec touch -d @1500000000 {} +"_s,
        tree);
    const QString modes = u"find . -printf '%p %m %Ts\\n' | sort"_s;
    const bool isSameUser = m_fixture.server().userId() == static_cast<int>(::geteuid());

    const ToolResult up = put({u"--preserve"_s, tree, remote(serverPath(u"kept"_s))});
    QCOMPARE(up.exitStatus, 0);
    QCOMPARE(up.errors.count('\n'), isSameUser ? 0 : 1);
    QVERIFY(run(modes, tree).contains("./closed 555 1500000000\n"));
    QCOMPARE(run(modes, serverPath(u"kept"_s)), run(modes, tree));

    const ToolResult down
        = get({u"--preserve"_s, remote(serverPath(u"kept"_s)), m_fixture.path(u"kept"_s)});
    QCOMPARE(down.errors, "");
    QCOMPARE(run(modes, m_fixture.path(u"kept"_s)), run(modes, tree));
    // By the number that the server tells, in whatever name space it lives.
    QCOMPARE(static_cast<int>(QFileInfo(m_fixture.path(u"kept/closed/file"_s)).ownerId()),
             m_fixture.server().userId());
}

QTEST_GUILESS_MAIN(TransferVerbTest)
#include "TransferVerbTest.moc"
