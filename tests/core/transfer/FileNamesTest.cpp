#include "transfer/FileNames.h"

#include "files/FilePath.h"

#include <QTest>

class FileNamesTest : public QObject
{
    Q_OBJECT

private slots:
    void partNamesAreHidden();
    void longPartNamesAreHashed();
    void unfinishedFilesAreKnown();
    void numbersGoBeforeTheEnding_data();
    void numbersGoBeforeTheEnding();
    void linksAreJudged_data();
    void linksAreJudged();
};

void FileNamesTest::partNamesAreHidden()
{
    QCOMPARE(transfer::partName("report.txt", 1), ".report.txt.ponto-part");
    QCOMPARE(transfer::partName("report.txt", 2), ".report.txt.ponto-part-2");
    QCOMPARE(transfer::partName(QByteArray(242, 'n'), 1).size(), 254);
    QCOMPARE(transfer::partName(QByteArray(243, 'n'), 1),
             '.' + QByteArray(243, 'n') + ".ponto-part");
}

// No name is cut in the middle of a character, and two long names stay two.
void FileNamesTest::longPartNamesAreHashed()
{
    const QByteArray common(250, 'n');
    const QByteArray one = transfer::partName(common + 'a', 1);

    QVERIFY(one.size() < 60);
    QVERIFY(one.endsWith(".ponto-part"));
    QCOMPARE(one, transfer::partName(common + 'a', 1));
    QVERIFY(one != transfer::partName(common + 'b', 1));
}

void FileNamesTest::unfinishedFilesAreKnown()
{
    for (const QByteArray &name : {QByteArray("report.txt"), QByteArray("caf\xe9\nnew"),
                                   QByteArray(250, 'n'), QByteArray("ponto-part")}) {
        QVERIFY(transfer::isUnfinishedName(transfer::partName(name, 1)));
        QVERIFY(transfer::isUnfinishedName(transfer::partName(name, 2)));
        QVERIFY(
            transfer::isUnfinishedName(transfer::partName(name, QByteArray("3f9a6c21d5e80b47"))));
        QVERIFY(transfer::isUnfinishedName(files::temporaryName(name)));
        QVERIFY(!transfer::isUnfinishedName(name));
    }
    for (const char *name : {"report.ponto-part", ".report.ponto-part.txt", ".report.ponto-part-",
                             ".report.ponto-part-2\n", ".report.ponto-12.part", ".report.part"}) {
        QVERIFY2(!transfer::isUnfinishedName(name), name); // somebody else's
    }
}

void FileNamesTest::numbersGoBeforeTheEnding_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("numbered");

    QTest::newRow("with ending") << QByteArray("report.txt") << QByteArray("report (2).txt");
    QTest::newRow("without") << QByteArray("report") << QByteArray("report (2)");
    QTest::newRow("hidden") << QByteArray(".profile") << QByteArray(".profile (2)");
    QTest::newRow("dots alone") << QByteArray("...") << QByteArray("... (2)");
    QTest::newRow("long") << QByteArray(251, 'n') + ".txt" << QByteArray(247, 'n') + " (2).txt";
}

void FileNamesTest::numbersGoBeforeTheEnding()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, numbered);

    QCOMPARE(transfer::numberedName(name, 2), numbered);
}

void FileNamesTest::linksAreJudged_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("isContained");

    QTest::newRow("neighbor") << QByteArray("file") << 0 << true;
    QTest::newRow("below") << QByteArray("a/./b") << 1 << true;
    QTest::newRow("up within the folder") << QByteArray("../file") << 2 << true;
    QTest::newRow("out of the folder") << QByteArray("../file") << 1 << false;
    QTest::newRow("out of the target directory") << QByteArray("..") << 0 << false;
    QTest::newRow("absolute") << QByteArray("/etc") << 3 << false;
    QTest::newRow("up again after a name") << QByteArray("a/../file") << 3 << false;
    QTest::newRow("empty") << QByteArray() << 1 << false;
    QTest::newRow("with a zero byte") << QByteArray("a\0b", 3) << 1 << false;
}

void FileNamesTest::linksAreJudged()
{
    QFETCH(QByteArray, target);
    QFETCH(int, depth);
    QFETCH(bool, isContained);

    QCOMPARE(transfer::isContainedLink(target, depth), isContained);
}

QTEST_APPLESS_MAIN(FileNamesTest)

#include "FileNamesTest.moc"
