#include "files/NameFilter.h"

#include <QTest>

using files::FileEntry;
using files::Hidden;
using files::NameFilter;

class NameFilterTest : public QObject
{
    Q_OBJECT

private slots:
    void passes_data();
    void passes();
    void hiddenFilesAreLeftOutUnlessWanted();
};

namespace {

FileEntry named(const QByteArray &name)
{
    FileEntry entry;
    entry.name = name;
    return entry;
}

} // namespace

void NameFilterTest::passes_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("expected");

    QTest::newRow("no pattern") << "" << QByteArray("anything") << true;
    QTest::newRow("part of the name") << "port" << QByteArray("report.txt") << true;
    QTest::newRow("other case") << "REPORT" << QByteArray("report.txt") << true;
    QTest::newRow("not a part") << "xyz" << QByteArray("report.txt") << false;
    QTest::newRow("star") << "*.txt" << QByteArray("report.txt") << true;
    QTest::newRow("star is for the whole name") << "*.txt" << QByteArray("report.txt.gz") << false;
    QTest::newRow("question mark") << "?.c" << QByteArray("ab.c") << false;
    QTest::newRow("a dot is a dot") << "a.b" << QByteArray("axb") << false;
    QTest::newRow("newline in the name") << "*b" << QByteArray("a\nb") << true;
    QTest::newRow("name that is not UTF-8") << "caf*" << QByteArray("caf\xe9") << true;
}

void NameFilterTest::passes()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArray, name);
    QFETCH(bool, expected);

    QCOMPARE(NameFilter(Hidden::Exclude, pattern).passes(named(name)), expected);
}

void NameFilterTest::hiddenFilesAreLeftOutUnlessWanted()
{
    QVERIFY(!NameFilter(Hidden::Exclude).passes(named(".profile")));
    QVERIFY(NameFilter(Hidden::Include).passes(named(".profile")));
}

QTEST_GUILESS_MAIN(NameFilterTest)

#include "NameFilterTest.moc"
