#include "transfer/FlightWindow.h"

#include <QTest>

#include <deque>

using namespace std::chrono_literals;
using transfer::FlightWindow;

// A line that carries so many bytes a second and keeps what does not fit in a queue without end.
class FlightWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void lineIsFullAndItsQueueShort_data();
    void lineIsFullAndItsQueueShort();
    void shortLinkIsGivenLittle();
    void oneLateAnswerIsNoQueue();
    void oldRequestsTellNothing();
    void slowLineGetsSmallRequests();
    void slowServerIsAskedForMuch();
};

namespace {

constexpr double mebibyte = 1024 * 1024;
constexpr quint32 largestRequest = 255 * 1024;
const FlightWindow::Time start{1000s};

struct Run
{
    double queueSeconds = 0; // that a keystroke would wait at the end
    double share = 0; // of what the line could have carried
};

// Carries for ten seconds; the first half of it does not count.
Run carry(FlightWindow &window, std::chrono::milliseconds roundTrip, double bytesPerSecond)
{
    struct Request
    {
        FlightWindow::Time sent;
        double answered = 0;
        quint64 bytes = 0;
    };
    std::deque<Request> requests;
    const double delay = std::chrono::duration<double>(roundTrip).count();
    double lineIsFree = 0;
    double bytesInFlight = 0;
    double carried = 0;
    double now = 0;
    const auto at = [](double seconds) {
        return start
            + std::chrono::duration_cast<FlightWindow::Duration>(
                   std::chrono::duration<double>(seconds));
    };
    while (now < 10) {
        while (requests.empty()
               || bytesInFlight + window.requestBytes(largestRequest)
                   <= static_cast<double>(window.bytes())) {
            const quint64 bytes = window.requestBytes(largestRequest);
            lineIsFree = std::max(lineIsFree, now) + static_cast<double>(bytes) / bytesPerSecond;
            requests.push_back({at(now), lineIsFree + delay, bytes});
            bytesInFlight += static_cast<double>(bytes);
        }
        const Request answered = requests.front();
        requests.pop_front();
        now = answered.answered;
        bytesInFlight -= static_cast<double>(answered.bytes);
        carried += now > 5 ? static_cast<double>(answered.bytes) : 0;
        window.note(answered.sent, at(now));
    }
    return {std::max(0.0, lineIsFree - now), carried / (bytesPerSecond * (now - 5))};
}

} // namespace

void FlightWindowTest::lineIsFullAndItsQueueShort_data()
{
    QTest::addColumn<std::chrono::milliseconds>("roundTrip");
    QTest::addColumn<double>("bytesPerSecond");

    QTest::newRow("100 Mbit/s, 20 ms") << 20ms << 12.5e6;
    QTest::newRow("240 Mbit/s, 20 ms") << 20ms << 30e6;
    QTest::newRow("50 Mbit/s, 40 ms") << 40ms << 6.25e6;
    QTest::newRow("16 Mbit/s, 30 ms") << 30ms << 2e6;
}

void FlightWindowTest::lineIsFullAndItsQueueShort()
{
    QFETCH(std::chrono::milliseconds, roundTrip);
    QFETCH(double, bytesPerSecond);
    FlightWindow window(roundTrip);

    const Run run = carry(window, roundTrip, bytesPerSecond);

    QCOMPARE_GE(run.share, 0.9);
    QCOMPARE_LE(run.queueSeconds, 0.055);
}

// Where the answers come at once, much in flight would only lie in buffers.
void FlightWindowTest::shortLinkIsGivenLittle()
{
    FlightWindow window(0ms);
    QCOMPARE(window.bytes(), quint64(2 * mebibyte));

    const Run run = carry(window, 0ms, 500e6);

    QCOMPARE(window.bytes(), quint64(2 * mebibyte));
    QCOMPARE_GE(run.share, 0.9);
}

void FlightWindowTest::oneLateAnswerIsNoQueue()
{
    FlightWindow window(20ms);
    const quint64 before = window.bytes();
    for (int i = 0; i < 100; ++i) {
        const auto now = start + i * 100ms;
        window.note(now, now + (i % 4 == 0 ? 80ms : 22ms));
    }
    QCOMPARE_GE(window.bytes(), before);
}

void FlightWindowTest::oldRequestsTellNothing()
{
    FlightWindow window(20ms);
    for (int i = 0; i < 4; ++i) {
        window.note(start, start + 90ms);
    }
    const quint64 once = window.bytes();
    QCOMPARE_LT(once, quint64(2 * mebibyte));
    for (int i = 0; i < 40; ++i) {
        window.note(start + 10ms, start + 100ms); // on its way when the window became smaller
    }
    QCOMPARE(window.bytes(), once);
}

void FlightWindowTest::slowLineGetsSmallRequests()
{
    FlightWindow window(20ms);
    QCOMPARE(window.requestBytes(largestRequest), largestRequest);

    const Run run = carry(window, 20ms, 2e6);

    QCOMPARE_LE(window.requestBytes(largestRequest), 64U * 1024);
    QCOMPARE_GE(run.share, 0.9);
    QCOMPARE_LE(run.queueSeconds, 0.1);
}

// One that stores each piece somewhere far away, say: it answers late, however little is under way.
void FlightWindowTest::slowServerIsAskedForMuch()
{
    FlightWindow window(2ms);
    for (int i = 0; i < 400; ++i) {
        const auto now = start + i * 1s;
        window.note(now, now + 150ms);
    }
    QCOMPARE(window.bytes(), quint64(2 * mebibyte));
}

QTEST_APPLESS_MAIN(FlightWindowTest)

#include "FlightWindowTest.moc"
