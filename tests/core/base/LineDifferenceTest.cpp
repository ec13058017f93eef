#include "base/LineDifference.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

class LineDifferenceTest : public QObject
{
    Q_OBJECT

private slots:
    void runsAreCommonAndInOrder();
    void textsWithNothingInCommonTakeNoTime();
};

void LineDifferenceTest::runsAreCommonAndInOrder()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        QStringList first;
        QStringList second;
        for (int line = 0; line < 30; ++line) {
            first.append(QString::number(random.bounded(6)));
            second.append(QString::number(random.bounded(6)));
        }
        qsizetype firstEnd = 0;
        qsizetype secondEnd = 0;
        for (const base::LineRun &run : base::commonRuns(first, second)) {
            QVERIFY(run.length > 0);
            QVERIFY(run.first >= firstEnd && run.second >= secondEnd);
            firstEnd = run.first + run.length;
            secondEnd = run.second + run.length;
            QVERIFY(firstEnd <= first.size() && secondEnd <= second.size());
            QCOMPARE(first.sliced(run.first, run.length), second.sliced(run.second, run.length));
        }
    }
}

// 100,000 lines each: by Myers' way alone this would take gigabytes.
void LineDifferenceTest::textsWithNothingInCommonTakeNoTime()
{
    QStringList first;
    QStringList second;
    for (int line = 0; line < 100'000; ++line) {
        first.append(u"a%1\n"_s.arg(line));
        second.append(line % 2 == 0 ? u"b%1\n"_s.arg(line) : u"a%1\n"_s.arg(line));
    }
    const auto runs = base::commonRuns(first, second);
    qsizetype common = 0;
    for (const base::LineRun &run : runs) {
        common += run.length;
    }
    QCOMPARE(common, 50'000);
}

QTEST_APPLESS_MAIN(LineDifferenceTest)

#include "LineDifferenceTest.moc"
