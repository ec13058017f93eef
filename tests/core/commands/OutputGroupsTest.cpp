#include "commands/OutputGroups.h"

#include <QTest>

using commands::HostOutput;
using commands::OutputStore;

class OutputGroupsTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingHasNoGroup();
    void equalOutputsAreOneGroup();
    void piecesDoNotMatter();
    void outputInAFileIsCompared();
};

namespace {

OutputStore storeOf(const QList<QByteArray> &pieces)
{
    OutputStore store;
    for (const QByteArray &piece : pieces) {
        if (!store.append(piece)) {
            QTest::qFail("could not keep the output", __FILE__, __LINE__);
        }
    }
    return store;
}

} // namespace

void OutputGroupsTest::nothingHasNoGroup()
{
    QVERIFY(commands::groupedByOutput({}).isEmpty());
}

void OutputGroupsTest::equalOutputsAreOneGroup()
{
    const OutputStore old = storeOf({"6.1.0\n"});
    const OutputStore first = storeOf({"6.12.0\n"});
    const OutputStore second = storeOf({"6.12.0\n"});
    const OutputStore silent = storeOf({});

    const auto groups
        = commands::groupedByOutput({{0, &old}, {3, &first}, {4, &silent}, {7, &second}});

    QCOMPARE(groups.size(), 3);
    QCOMPARE(groups[0].hosts, QList<qsizetype>({3, 7})); // the largest one
    QCOMPARE(groups[0].bytes, 7);
    QCOMPARE(groups[1].hosts, QList<qsizetype>({0}));
    QCOMPARE(groups[2].hosts, QList<qsizetype>({4}));
    QCOMPARE(groups[2].bytes, 0);
}

void OutputGroupsTest::piecesDoNotMatter()
{
    const OutputStore whole = storeOf({"one two"});
    const OutputStore pieces = storeOf({"one", " ", "two"});

    QCOMPARE(commands::groupedByOutput({{0, &whole}, {1, &pieces}}).size(), 1);
}

void OutputGroupsTest::outputInAFileIsCompared()
{
    const QByteArray much(OutputStore::mostInMemory, 'x');
    const OutputStore first = storeOf({much, "a"});
    const OutputStore second = storeOf({much, "b"});
    const OutputStore third = storeOf({much + "a"});

    const auto groups = commands::groupedByOutput({{0, &first}, {1, &second}, {2, &third}});

    QCOMPARE(groups.size(), 2);
    QCOMPARE(groups[0].hosts, QList<qsizetype>({0, 2}));
}

QTEST_GUILESS_MAIN(OutputGroupsTest)
#include "OutputGroupsTest.moc"
