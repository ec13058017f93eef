#include "transfer/RateMeter.h"

#include <QTest>

using namespace std::chrono_literals;
using transfer::RateMeter;

class RateMeterTest : public QObject
{
    Q_OBJECT

private slots:
    void firstSecondIsUnknown();
    void steadyRateIsTold();
    void oldSpeedIsForgotten();
    void stallBecomesZero();
};

namespace {

const RateMeter::Time start{1000s};

} // namespace

void RateMeterTest::firstSecondIsUnknown()
{
    RateMeter meter;
    QCOMPARE(meter.bytesPerSecond(), 0U);
    meter.note(start, 0);
    meter.note(start + 900ms, 9000);

    QCOMPARE(meter.bytesPerSecond(), 0U);
    QCOMPARE(meter.timeFor(100), std::nullopt);
}

void RateMeterTest::steadyRateIsTold()
{
    RateMeter meter;
    for (int i = 0; i <= 100; ++i) {
        meter.note(start + i * 100ms, static_cast<quint64>(i) * 1000);
    }

    QCOMPARE(meter.bytesPerSecond(), 10'000U);
    QCOMPARE(meter.timeFor(25'000), std::optional(2s));
}

void RateMeterTest::oldSpeedIsForgotten()
{
    RateMeter meter;
    meter.note(start, 0);
    meter.note(start + 1s, 1'000'000);
    for (int i = 2; i <= 10; ++i) {
        meter.note(start + i * 1s, 1'000'000 + static_cast<quint64>(i) * 100);
    }

    QCOMPARE(meter.bytesPerSecond(), 100U);
}

void RateMeterTest::stallBecomesZero()
{
    RateMeter meter;
    for (int i = 0; i <= 20; ++i) {
        meter.note(start + i * 1s, 5000);
    }

    QCOMPARE(meter.bytesPerSecond(), 0U);
    QCOMPARE(meter.timeFor(1), std::nullopt);
}

QTEST_APPLESS_MAIN(RateMeterTest)

#include "RateMeterTest.moc"
