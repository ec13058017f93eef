#include "commands/OutputStore.h"

#include <QDir>
#include <QTest>

using commands::OutputStore;

class OutputStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatIsAppended_data();
    void keepsWhatIsAppended();
    void readsFromAnywhere();
    void movesWithItsContents();
    void leavesNoFile();
    void fullDiskIsTold();
};

namespace {

QStringList temporaryFiles()
{
    return QDir::temp().entryList({QStringLiteral("ponto-output-*")}, QDir::Files | QDir::Hidden);
}

} // namespace

void OutputStoreTest::keepsWhatIsAppended_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<int>("count");

    QTest::newRow("nothing") << QByteArray() << 3;
    QTest::newRow("little") << QByteArray("line\n") << 3;
    QTest::newRow("over the limit") << QByteArray(100'000, 'x') + "end" << 10;
    QTest::newRow("one piece over the limit") << QByteArray(1'000'000, '\0') << 1;
}

void OutputStoreTest::keepsWhatIsAppended()
{
    QFETCH(QByteArray, piece);
    QFETCH(int, count);
    OutputStore store;

    for (int i = 0; i < count; ++i) {
        QVERIFY(store.append(piece));
    }

    QCOMPARE(store.size(), piece.size() * count);
    const auto all = store.read(0, store.size());
    QVERIFY(all);
    QVERIFY(*all == piece.repeated(count));
}

void OutputStoreTest::readsFromAnywhere()
{
    OutputStore small;
    QVERIFY(small.append("0123456789"));
    OutputStore large;
    QVERIFY(large.append(QByteArray(OutputStore::mostInMemory, '.')));
    QVERIFY(large.append("0123456789"));

    QCOMPARE(*small.read(3, 4), "3456");
    QCOMPARE(*small.read(8, 10), "89");
    QCOMPARE(*small.read(10, 10), "");
    QCOMPARE(*small.read(99, 10), "");
    QCOMPARE(*large.read(OutputStore::mostInMemory - 2, 4), "..01");
    QCOMPARE(*large.read(OutputStore::mostInMemory + 8, 10), "89");
}

void OutputStoreTest::movesWithItsContents()
{
    OutputStore store;
    QVERIFY(store.append(QByteArray(OutputStore::mostInMemory + 1, 'x')));

    OutputStore moved = std::move(store);

    QCOMPARE(moved.size(), OutputStore::mostInMemory + 1);
    QCOMPARE(moved.read(0, moved.size())->size(), moved.size());
}

void OutputStoreTest::leavesNoFile()
{
    const QStringList before = temporaryFiles();
    {
        OutputStore store;
        QVERIFY(store.append(QByteArray(OutputStore::mostInMemory * 2, 'x')));
    }
    QCOMPARE(temporaryFiles(), before);
}

void OutputStoreTest::fullDiskIsTold()
{
    qputenv("TMPDIR", "/proc"); // where nobody can make a file
    OutputStore store;
    QVERIFY(store.append("first"));

    const auto appended = store.append(QByteArray(OutputStore::mostInMemory, 'x'));

    qunsetenv("TMPDIR");
    QVERIFY(!appended);
    QCOMPARE(appended.error().kind, base::ErrorKind::NotFound);
    QCOMPARE(*store.read(0, 10), "first"); // what was kept stays
}

QTEST_GUILESS_MAIN(OutputStoreTest)

#include "OutputStoreTest.moc"
