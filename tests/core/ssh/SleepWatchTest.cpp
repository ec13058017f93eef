#include "ssh/SleepWatch.h"

#include <QTest>

using namespace std::chrono_literals;

class SleepWatchTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsOfEachSleepOnce();
    void shortPausesDoNotCount();
    void systemIsAwakeDuringTheTest();
};

void SleepWatchTest::tellsOfEachSleepOnce()
{
    std::chrono::milliseconds lead = 1h;
    ssh::SleepWatch watch([&lead] { return lead; });
    QVERIFY(!watch.hasSlept());
    lead += 10min;
    QVERIFY(watch.hasSlept());
    QVERIFY(!watch.hasSlept());
    lead += 5s;
    QVERIFY(watch.hasSlept());
}

void SleepWatchTest::shortPausesDoNotCount()
{
    std::chrono::milliseconds lead = 0ms;
    ssh::SleepWatch watch([&lead] { return lead; });
    for (int i = 0; i < 10; ++i) {
        lead += 4s;
        QVERIFY(!watch.hasSlept());
    }
}

void SleepWatchTest::systemIsAwakeDuringTheTest()
{
    ssh::SleepWatch watch;
    QVERIFY(!watch.hasSlept());
}

QTEST_GUILESS_MAIN(SleepWatchTest)
#include "SleepWatchTest.moc"
