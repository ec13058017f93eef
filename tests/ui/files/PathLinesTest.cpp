#include "ui/files/PathLines.h"

#include <QProcess>
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
    void scpLineIsOneWordForEachFile();
};

void PathLinesTest::urlsAreReadBack()
{
    const FilePath path("/srv/it's 100% new");
    const QUrl remote(ui::urlLines(PaneAddress{u"me@x"_s, u"fe80::1"_s, 2222}, {path}));
    QVERIFY2(remote.isValid(), qPrintable(remote.errorString()));
    QCOMPARE(remote.scheme(), u"sftp"_s);
    QCOMPARE(remote.userName(QUrl::FullyDecoded), u"me@x"_s);
    QCOMPARE(remote.host(), u"fe80::1"_s);
    QCOMPARE(remote.port(), 2222);
    QCOMPARE(remote.path(QUrl::FullyDecoded), u"/srv/it's 100% new"_s);
    QCOMPARE(QUrl(ui::urlLines({}, {path})).toLocalFile(), u"/srv/it's 100% new"_s);
    QCOMPARE(ui::urlLines(PaneAddress{{}, u"web01"_s, 22}, {FilePath("/a\xff")}),
             u"sftp://web01/a%FF"_s);
}

void PathLinesTest::noNameAddsALine()
{
    QCOMPARE(ui::pathLines({FilePath("/a\nrm -rf x"), FilePath("/b")}), u"/a\\x0Arm -rf x\n/b"_s);
    QCOMPARE(ui::nameLines({FilePath("/x/a"), FilePath("/x/b")}), u"a\nb"_s);
}

void PathLinesTest::scpLineIsOneWordForEachFile()
{
    const QString line = ui::scpLine(PaneAddress{u"me"_s, u"web01"_s, 2222},
                                     {FilePath("/it's; rm -rf"), FilePath("/b")});
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, u"scp() { printf '[%s]' \"$@\"; }; "_s + line});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(),
             QByteArray("[-rp][-P][2222][me@web01:/it's; rm -rf][me@web01:/b][.]"));
}

QTEST_GUILESS_MAIN(PathLinesTest)

#include "PathLinesTest.moc"
