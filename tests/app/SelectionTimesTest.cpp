#include "app/SelectionTimes.h"

#include <QtEndian>
#include <QTest>

#include <array>

// Events as the X server sends them, in the byte order of this computer: 32 bytes, of which the
// X Window System Protocol, appendix B, tells where the time is.
class SelectionTimesTest : public QObject
{
    Q_OBJECT

private slots:
    void timeThatIsToComeIsNow_data();
    void timeThatIsToComeIsNow();

private:
    using Event = std::array<uchar, 32>;

    static Event event(quint8 code, qsizetype offset, quint32 time)
    {
        Event event{};
        event[0] = code;
        qToUnaligned(time, event.data() + offset);
        return event;
    }
};

void SelectionTimesTest::timeThatIsToComeIsNow_data()
{
    QTest::addColumn<quint32>("now");
    QTest::addColumn<quint32>("asked");
    QTest::addColumn<quint32>("taken");

    QTest::newRow("as it should be") << 56'095'366U << 56'095'000U << 56'095'000U;
    QTest::newRow("just sent") << 56'095'366U << 56'095'400U << 56'095'400U;
    QTest::newRow("seconds since 1970") << 56'095'366U << 1'795'858'136U << 0U;
    QTest::newRow("after the wrap") << 100U << 0xffff'ff00U << 0xffff'ff00U;
}

void SelectionTimesTest::timeThatIsToComeIsNow()
{
    QFETCH(quint32, now);
    QFETCH(quint32, asked);
    QFETCH(quint32, taken);
    app::SelectionTimes times;
    Event change = event(28, 12, now);
    Event request = event(30, 4, asked);

    QVERIFY(!times.nativeEventFilter("xcb_generic_event_t", change.data(), nullptr));
    QVERIFY(!times.nativeEventFilter("xcb_generic_event_t", request.data(), nullptr));

    QCOMPARE(qFromUnaligned<quint32>(request.data() + 4), taken);
}

QTEST_GUILESS_MAIN(SelectionTimesTest)

#include "SelectionTimesTest.moc"
