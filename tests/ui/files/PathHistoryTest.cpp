#include "ui/files/PathHistory.h"

#include <QTest>

using files::FilePath;
using ui::PathHistory;
using Step = ui::PathHistory::Step;

// What is expected is what web browsers do.
class PathHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void stepsLeadBackAndForward();
    void anotherWayEndsTheWayForward();
    void listedAnewIsNoVisit();
    void placeChangesOnlyWhenShown();
    void droppedStepIsLedPast();
    void droppedStepLeavesNoDouble();
    void oldestAreForgotten();
};

namespace {

const FilePath a("/a");
const FilePath b("/b");
const FilePath c("/c");

PathHistory visited(const QList<FilePath> &directories)
{
    PathHistory history;
    for (const FilePath &directory : directories) {
        history.shown(directory);
    }
    return history;
}

// Takes the step and arrives.
std::optional<FilePath> walk(PathHistory &history, Step step)
{
    const auto directory = history.take(step);
    if (directory) {
        history.shown(*directory);
    }
    return directory;
}

} // namespace

void PathHistoryTest::stepsLeadBackAndForward()
{
    PathHistory history = visited({a, b, c});
    QVERIFY(!history.can(Step::Forward));

    QCOMPARE(walk(history, Step::Back), b);
    QCOMPARE(walk(history, Step::Back), a);
    QVERIFY(!history.can(Step::Back));
    QCOMPARE(walk(history, Step::Back), std::nullopt);
    QCOMPARE(walk(history, Step::Forward), b);
    QCOMPARE(walk(history, Step::Forward), c);
    QVERIFY(!history.can(Step::Forward));
}

void PathHistoryTest::anotherWayEndsTheWayForward()
{
    PathHistory history = visited({a, b});
    QCOMPARE(walk(history, Step::Back), a);

    history.shown(c);

    QVERIFY(!history.can(Step::Forward));
    QCOMPARE(walk(history, Step::Back), a);
    QCOMPARE(walk(history, Step::Forward), c);
}

void PathHistoryTest::listedAnewIsNoVisit()
{
    PathHistory history = visited({a, b, b, b});

    QCOMPARE(walk(history, Step::Back), a);
    QVERIFY(!history.can(Step::Back));
}

void PathHistoryTest::placeChangesOnlyWhenShown()
{
    PathHistory history = visited({a, b});

    QCOMPARE(history.take(Step::Back), a);
    history.forgetStep();
    QVERIFY(!history.can(Step::Forward));
    history.shown(a); // by another way: a visit

    QCOMPARE(walk(history, Step::Back), b);
    QVERIFY(history.can(Step::Forward));
}

void PathHistoryTest::droppedStepIsLedPast()
{
    PathHistory history = visited({a, b, c});

    QCOMPARE(history.take(Step::Back), b);
    history.dropStep();

    QCOMPARE(walk(history, Step::Back), a);
    QCOMPARE(history.take(Step::Forward), c);
    history.dropStep();
    history.dropStep(); // none is under way
    QVERIFY(!history.can(Step::Forward));
    QVERIFY(!history.can(Step::Back));
}

void PathHistoryTest::droppedStepLeavesNoDouble()
{
    PathHistory history = visited({c, a, b, a});

    QCOMPARE(history.take(Step::Back), b);
    history.dropStep();

    QCOMPARE(walk(history, Step::Back), c);
    QCOMPARE(walk(history, Step::Forward), a);
    QVERIFY(!history.can(Step::Forward));
}

void PathHistoryTest::oldestAreForgotten()
{
    PathHistory history;
    for (int number = 0; number < 1000; ++number) {
        history.shown(FilePath(QByteArray::number(number)));
    }

    int steps = 0;
    while (walk(history, Step::Back)) {
        ++steps;
    }

    QVERIFY2(steps >= 100 && steps < 1000, qPrintable(QString::number(steps)));
}

QTEST_GUILESS_MAIN(PathHistoryTest)

#include "PathHistoryTest.moc"
