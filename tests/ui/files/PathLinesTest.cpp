#include "ui/files/PathLines.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using files::FilePath;
using ui::PaneAddress;

class PathLinesTest : public QObject
{
    Q_OBJECT

private slots:
    void urlsAreReadBack();
    void noNameAddsALine();
    void noNameBringsControlCharacters();
    void scpLineIsOneWordForEachFile();
    void scpLineIsExact_data();
    void scpLineIsExact();
    void scpLineNamesTheJumpHosts();
    void checksumLineIsThatOfTheTool();
};

namespace {

// What bash(1) makes of the words after "scp".
QByteArray words(const QString &line)
{
    QProcess shell;
    shell.start(u"bash"_s, {u"-c"_s, u"scp() { printf '[%s]' \"$@\"; }; "_s + line});
    return shell.waitForFinished() ? shell.readAllStandardOutput() : QByteArray();
}

} // namespace

void PathLinesTest::urlsAreReadBack()
{
    const FilePath path("/srv/it's 100% new");
    const QUrl remote(ui::urlLines(PaneAddress{u"me@x"_s, u"fe80::1"_s, 2222, {}}, {path}));
    QVERIFY2(remote.isValid(), qPrintable(remote.errorString()));
    QCOMPARE(remote.scheme(), u"sftp"_s);
    QCOMPARE(remote.userName(QUrl::FullyDecoded), u"me@x"_s);
    QCOMPARE(remote.host(), u"fe80::1"_s);
    QCOMPARE(remote.port(), 2222);
    QCOMPARE(remote.path(QUrl::FullyDecoded), u"/srv/it's 100% new"_s);
    QCOMPARE(QUrl(ui::urlLines({}, {path})).toLocalFile(), u"/srv/it's 100% new"_s);
    QCOMPARE(ui::urlLines(PaneAddress{{}, u"web01"_s, 22, {}}, {FilePath("/a\xff")}),
             u"sftp://web01/a%FF"_s);
}

void PathLinesTest::noNameAddsALine()
{
    QCOMPARE(ui::pathLines({FilePath("/a\nrm -rf x"), FilePath("/b")}), u"/a\\x0Arm -rf x\n/b"_s);
    QCOMPARE(ui::nameLines({FilePath("/x/a"), FilePath("/x/b")}), u"a\nb"_s);
}

void PathLinesTest::scpLineIsOneWordForEachFile()
{
    const QString line = ui::scpLine(PaneAddress{u"me"_s, u"web01"_s, 2222, {}},
                                     {FilePath("/it's; rm -rf"), FilePath("/b")});
    QCOMPARE(words(line), QByteArray("[-rp][-P][2222][me@web01:/it's; rm -rf][me@web01:/b][.]"));
}

// A carriage return is Enter to a shell that knows nothing of bracketed paste.
void PathLinesTest::noNameBringsControlCharacters()
{
    QCOMPARE(
        ui::pathLines({FilePath("/a\rrm -rf x"), FilePath("/\x1b[201~b"), FilePath("/\xc2\x85")}),
        u"/a\\x0Drm -rf x\n/\\x1B[201~b\n/\\u{85}"_s);
    QCOMPARE(ui::nameLines({FilePath("/caf\xc3\xa9 \xe2\x80\x8d")}),
             QString(u"caf\u00e9 \u200d"_s));
}

void PathLinesTest::scpLineIsExact_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("word"); // that scp gets
    const auto row = [](const char *name, const QByteArray &path, const QByteArray &word) {
        QTest::newRow(name) << path << word;
    };
    row("wildcards", "/a*b?c[d]", "/a\\*b\\?c\\[d]");
    row("backslash", "/a\\b", "/a\\\\b");
    row("not UTF-8", "/caf\xe9 1", "/caf\xe9 1");
    row("newline and quote", "/it's\n1", "/it's\n1");
    row("escape", "/\x1b[31m*", "/\x1b\\[31m\\*");
}

void PathLinesTest::scpLineIsExact()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, word);
    const QString line = ui::scpLine(PaneAddress{{}, u"web01"_s, 22, {}}, {FilePath(path)});
    QCOMPARE(words(line), "[-rp][web01:" + word + "][.]");
    for (const QChar character : line) {
        QVERIFY(character.isPrint());
    }
}

void PathLinesTest::scpLineNamesTheJumpHosts()
{
    const PaneAddress address{u"me"_s, u"db"_s, 22, u"ann@gate:2222,inner"_s};
    QCOMPARE(words(ui::scpLine(address, {FilePath("/x")})),
             QByteArray("[-rp][-J][ann@gate:2222,inner][me@db:/x][.]"));
}

void PathLinesTest::checksumLineIsThatOfTheTool()
{
    const QTemporaryDir scratch;
    for (const QByteArray name : {"-a", "new\nline", "back\\slash", "cr\r", "\\"}) {
        QFile file(scratch.filePath(QString::fromUtf8(name)));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        QProcess tool;
        tool.setWorkingDirectory(scratch.path());
        tool.start(u"sha256sum"_s, {u"--"_s, QString::fromUtf8(name)});
        QVERIFY(tool.waitForFinished());
        const QByteArray empty = QCryptographicHash::hash({}, QCryptographicHash::Sha256);
        QCOMPARE(ui::checksumLine(name, empty) + u'\n', QString::fromUtf8(tool.readAll()));
    }
    QCOMPARE(ui::checksumLine("\x1b\xff", "\x01"), u"01  \\x1B\\xff"_s);
}

QTEST_GUILESS_MAIN(PathLinesTest)

#include "PathLinesTest.moc"
