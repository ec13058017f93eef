#include "files/Trash.h"

#include <QTest>

using files::FilePath;
using files::TrashPlace;

class TrashTest : public QObject
{
    Q_OBJECT

private slots:
    void informationIsThatOfTheSpecification();
    void laterNamesDiffer();
    void longestNamesFit();
    void whatIsInATrashIsKnown_data();
    void whatIsInATrashIsKnown();
};

// The example of freedesktop.org's Trash specification 1.0, with a byte that is no text.
void TrashTest::informationIsThatOfTheSpecification()
{
    QCOMPARE(files::trashInfo(FilePath("/home/me/foo bar/meow\xff.bow"),
                              QDateTime(QDate(2004, 8, 31), QTime(22, 32, 8))),
             QByteArray("[Trash Info]\n"
                        "Path=/home/me/foo%20bar/meow%FF.bow\n"
                        "DeletionDate=2004-08-31T22:32:08\n"));
}

void TrashTest::laterNamesDiffer()
{
    const TrashPlace trash = TrashPlace::ofHome(FilePath("/home/me"));
    const auto first = trash.placeFor(FilePath("/srv/www/index.html"), 0);
    QCOMPARE(first.file.bytes(), QByteArray("/home/me/.local/share/Trash/files/index.html"));
    QCOMPARE(first.info.bytes(),
             QByteArray("/home/me/.local/share/Trash/info/index.html.trashinfo"));
    const auto second = trash.placeFor(FilePath("/srv/www/index.html"), 1);
    QCOMPARE(second.file.bytes(), QByteArray("/home/me/.local/share/Trash/files/index.html.2"));
    QCOMPARE(TrashPlace::beside(FilePath("/mnt/data/x")).directory.bytes(),
             QByteArray("/mnt/data/.ponto-trash"));
}

// A name may have 255 bytes on Linux, and what tells of it has that and more.
void TrashTest::longestNamesFit()
{
    const TrashPlace trash = TrashPlace::ofHome(FilePath("/home/me"));
    const FilePath original(QByteArray("/") + QByteArray(255, 'n'));
    for (const int attempt : {0, 1, 99}) {
        const auto place = trash.placeFor(original, attempt);
        QCOMPARE(place.info.name().size(), 255);
        QVERIFY(place.info.name() == place.file.name() + ".trashinfo");
        QCOMPARE(place.original, original);
    }
}

void TrashTest::whatIsInATrashIsKnown_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isIn");
    QTest::newRow("home trash") << QByteArray("/home/me/.local/share/Trash/files/a") << true;
    QTest::newRow("beside") << QByteArray("/mnt/data/.ponto-trash/files/a") << true;
    QTest::newRow("itself") << QByteArray("/mnt/data/.ponto-trash") << true;
    QTest::newRow("a file of this name") << QByteArray("/home/me/Trash") << false;
    QTest::newRow("elsewhere") << QByteArray("/home/me/files/a") << false;
}

void TrashTest::whatIsInATrashIsKnown()
{
    QFETCH(QByteArray, path);
    QTEST(files::isInTrash(FilePath(path)), "isIn");
}

QTEST_GUILESS_MAIN(TrashTest)

#include "TrashTest.moc"
