#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using tests::ToolResult;

class ListVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void tellsWhatLsTells();
    void namesStayBytes();
    void fileGetsOneLine();
    void urlNamesThePath();
    void missingFileIs1();
    void serverWithoutSftpIs1();

private:
    ToolResult list(const QString &path);

    tests::VerbFixture m_fixture;
    QByteArray m_directory;
};

// With what file names may hold on Unix: anything but a slash and a zero byte.
void ListVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    m_directory = m_fixture.server().home().toUtf8() + "/listed";
    QCOMPARE(::mkdir(m_directory.constData(), 0755), 0);
    for (const QByteArray name :
         {"b", "a b", ".hidden", "-l", "two\nlines", "caf\xe9", "\x1b[2J"}) {
        const int fd = ::open((m_directory + '/' + name).constData(), O_CREAT | O_WRONLY, 0640);
        QVERIFY(fd >= 0);
        QCOMPARE(::write(fd, "12345", 5), 5);
        ::close(fd);
    }
    QCOMPARE(::mkdir((m_directory + "/dir").constData(), 0700), 0);
    QCOMPARE(::symlink("a b", (m_directory + "/link").constData()), 0);
}

ToolResult ListVerbTest::list(const QString &path)
{
    return m_fixture.run(m_fixture.commandLine(u"ls"_s, {m_fixture.target() + u':' + path}));
}

// Mode, size, time, name and where a link leads, as GNU ls prints them (in the C locale, which
// sorts by bytes), but for the mark of an access list behind the mode. The program runs without TZ
// here, and so must ls.
void ListVerbTest::tellsWhatLsTells()
{
    const ToolResult result = list(QString::fromUtf8(m_directory));
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.errors, "");
    const QString simplified
        = u"s/^([^ ]+) +[^ ]+ +[^ ]+ +([0-9]+) ([0-9-]+ [0-9:]+) (.*)$/\\1 \\2 \\3 \\4/"_s;
    const QString ls
        = u"env -u TZ LC_ALL=C ls -lAN --time-style='+%Y-%m-%d %H:%M' '%1' | tail -n +2 "
          "| LC_ALL=C sed -E 's/^([^ ]{10})[.+@]? +[0-9]+ +/\\1 /'"_s.arg(
              QString::fromUtf8(m_directory));
    const auto filtered = [&](const QString &command, const QByteArray &input) {
        return tests::runTool(
                   {.program = u"sh"_s,
                    .arguments
                    = {u"-c"_s, command + u" | LC_ALL=C sed -E '"_s + simplified + u"'"_s},
                    .input = input})
            .output;
    };
    QCOMPARE(filtered(u"cat"_s, result.output), filtered(ls, {}));
}

void ListVerbTest::namesStayBytes()
{
    const QByteArray output = list(QString::fromUtf8(m_directory)).output;
    QVERIFY(output.contains(" caf\xe9\n"));
    QVERIFY(output.contains(" two\nlines\n"));
}

void ListVerbTest::fileGetsOneLine()
{
    const ToolResult result = list(QString::fromUtf8(m_directory) + u"/a b"_s);
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output.count('\n'), 1);
    QVERIFY(result.output.startsWith("-rw-r----- "));
    QVERIFY(result.output.endsWith(' ' + m_directory + "/a b\n"));
}

void ListVerbTest::urlNamesThePath()
{
    const QString url = u"sftp://%1@%2:%3%4/dir/.."_s
                            .arg(m_fixture.server().userName(), m_fixture.server().address())
                            .arg(m_fixture.server().port())
                            .arg(QString::fromUtf8(m_directory));
    const ToolResult result = m_fixture.run(m_fixture.commandLine(u"ls"_s, {url}));
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(result.output.contains(" .hidden\n"));
}

void ListVerbTest::missingFileIs1()
{
    const ToolResult result = list(u"no such file"_s);
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(result.output, "");
    QVERIFY2(result.errors.contains("no such file"), result.errors.constData());
}

void ListVerbTest::serverWithoutSftpIs1()
{
    tests::VerbFixture fixture;
    const auto ready = fixture.setUp(tests::SshServerOptions().withoutSftp());
    QVERIFY2(ready, tests::reason(ready).constData());
    const ToolResult result
        = fixture.run(fixture.commandLine(u"ls"_s, {fixture.target() + u":/"_s}));
    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.startsWith("ponto: "), result.errors.constData());
}

QTEST_GUILESS_MAIN(ListVerbTest)
#include "ListVerbTest.moc"
