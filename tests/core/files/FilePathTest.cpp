#include "files/FilePath.h"

#include <QTest>

using files::FilePath;

class FilePathTest : public QObject
{
    Q_OBJECT

private slots:
    void nameAndParent_data();
    void nameAndParent();
    void normalizes_data();
    void normalizes();
    void childrenAreJoinedByOneSlash();
    void containsIsByWholeComponents();
    void unsafeNamesAreRefused_data();
    void unsafeNamesAreRefused();
    void oddNamesAreSafe_data();
    void oddNamesAreSafe();
    void temporaryNamesAreHiddenAndDistinct();
    void namesAreCutBetweenCharacters();
};

void FilePathTest::nameAndParent_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("parent");

    // What basename(1) and dirname(1) print.
    QTest::newRow("usual") << QByteArray("/srv/www") << QByteArray("www") << QByteArray("/srv");
    QTest::newRow("top") << QByteArray("/srv") << QByteArray("srv") << QByteArray("/");
    QTest::newRow("root") << QByteArray("/") << QByteArray("/") << QByteArray("/");
    QTest::newRow("slash at the end")
        << QByteArray("/srv/www/") << QByteArray("www") << QByteArray("/srv");
    QTest::newRow("bare name") << QByteArray("www") << QByteArray("www") << QByteArray(".");
    QTest::newRow("repeated name") << QByteArray("/a/a") << QByteArray("a") << QByteArray("/a");
    QTest::newRow("several slashes")
        << QByteArray("/srv//www") << QByteArray("www") << QByteArray("/srv");
}

void FilePathTest::nameAndParent()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, parent);

    QCOMPARE(FilePath(path).name(), name);
    QCOMPARE(FilePath(path).parent().bytes(), parent);
}

void FilePathTest::normalizes_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("as it is") << QByteArray("/a/b") << QByteArray("/a/b");
    QTest::newRow("slashes") << QByteArray("//a///b/") << QByteArray("/a/b");
    QTest::newRow("dots") << QByteArray("/a/./b/../c") << QByteArray("/a/c");
    QTest::newRow("above the root") << QByteArray("/../a") << QByteArray("/a");
    QTest::newRow("relative") << QByteArray("a/../../b") << QByteArray("../b");
    QTest::newRow("nothing left") << QByteArray("a/..") << QByteArray(".");
    QTest::newRow("three dots are a name") << QByteArray("/a/...") << QByteArray("/a/...");
}

void FilePathTest::normalizes()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, expected);

    QCOMPARE(FilePath(path).normalized().bytes(), expected);
}

void FilePathTest::childrenAreJoinedByOneSlash()
{
    QCOMPARE(FilePath("/").child("a").bytes(), QByteArray("/a"));
    QCOMPARE(FilePath("/a").child("b").bytes(), QByteArray("/a/b"));
    QCOMPARE(FilePath("/a/").child("b").bytes(), QByteArray("/a/b"));
    QCOMPARE(FilePath().child("b").bytes(), QByteArray("b"));
}

void FilePathTest::containsIsByWholeComponents()
{
    QVERIFY(FilePath("/a").contains(FilePath("/a/b/c")));
    QVERIFY(FilePath("/a").contains(FilePath("/a")));
    QVERIFY(FilePath("/").contains(FilePath("/a")));
    QVERIFY(!FilePath("/a").contains(FilePath("/ab")));
    QVERIFY(!FilePath("/a/b").contains(FilePath("/a")));
}

void FilePathTest::unsafeNamesAreRefused_data()
{
    QTest::addColumn<QByteArray>("name");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("this directory") << QByteArray(".");
    QTest::newRow("parent") << QByteArray("..");
    QTest::newRow("path") << QByteArray("a/b");
    QTest::newRow("escape") << QByteArray("../../.ssh/authorized_keys");
    QTest::newRow("absolute") << QByteArray("/etc/passwd");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
}

void FilePathTest::unsafeNamesAreRefused()
{
    QFETCH(QByteArray, name);

    const auto safe = files::safeLocalName(name);

    QVERIFY(!safe);
    QCOMPARE(safe.error().kind, base::ErrorKind::InvalidName);
}

void FilePathTest::oddNamesAreSafe_data()
{
    QTest::addColumn<QByteArray>("name");

    QTest::newRow("not UTF-8") << QByteArray("caf\xe9");
    QTest::newRow("newline") << QByteArray("a\nb");
    QTest::newRow("leading dash") << QByteArray("-rf");
    QTest::newRow("three dots") << QByteArray("...");
    QTest::newRow("backslash") << QByteArray("..\\a");
    QTest::newRow("spaces") << QByteArray(" a ");
}

void FilePathTest::oddNamesAreSafe()
{
    QFETCH(QByteArray, name);

    QCOMPARE(files::safeLocalName(name).value_or(QByteArray()), name);
}

void FilePathTest::temporaryNamesAreHiddenAndDistinct()
{
    const QByteArray first = files::temporaryName("report.txt");

    QVERIFY(first.startsWith(".report.txt.ponto-"));
    QVERIFY(first.endsWith(".part"));
    QVERIFY(first != files::temporaryName("report.txt"));
    QCOMPARE(files::temporaryName(QByteArray(255, 'n')).size(), 255);
}

void FilePathTest::namesAreCutBetweenCharacters()
{
    QCOMPARE(files::cutName("a\u00e9b", 3), "a\u00e9");
    QCOMPARE(files::cutName("a\u00e9b", 2), "a");
    QCOMPARE(files::cutName("a\xff\xfe", 2), "a\xff");
    QCOMPARE(files::cutName("ab", 5), "ab");
    QCOMPARE(files::cutName("ab", -5), "");
}

QTEST_GUILESS_MAIN(FilePathTest)

#include "FilePathTest.moc"
