#include "commands/HangDoctor.h"

#include <QTest>

using commands::Diagnosis;
using commands::RunFacts;
using namespace std::chrono_literals;

class HangDoctorTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatIsWaitedFor_data();
    void tellsWhatIsWaitedFor();
};

void HangDoctorTest::tellsWhatIsWaitedFor_data()
{
    using Found = std::optional<Diagnosis>;
    QTest::addColumn<RunFacts>("facts");
    QTest::addColumn<Found>("expected");

    QTest::newRow("just begun") << RunFacts{.silence = 1s} << Found();
    QTest::newRow("no answer") << RunFacts{.silence = 3s} << Found(Diagnosis::ChannelNotOpen);
    QTest::newRow("a short silence") << RunFacts{.isStarted = true, .silence = 4s} << Found();
    QTest::newRow("input open") << RunFacts{.isStarted = true, .silence = 6s}
                                << Found(Diagnosis::InputOpen);
    QTest::newRow("input ended") << RunFacts{.isStarted = true, .isEofSent = true, .silence = 6s}
                                 << Found(Diagnosis::Silent);
    QTest::newRow("input not read")
        << RunFacts{.isStarted = true, .hasUnsentInput = true, .silence = 6s}
        << Found(Diagnosis::InputNotRead);
    QTest::newRow("a question") << RunFacts{.isStarted = true, .isLineOpen = true, .silence = 6s}
                                << Found(Diagnosis::Asks);
    QTest::newRow("a question that nobody can answer")
        << RunFacts{.isStarted = true, .isEofSent = true, .isLineOpen = true, .silence = 6s}
        << Found(Diagnosis::Silent);
    QTest::newRow("a question in a terminal") << RunFacts{.isStarted = true,
                                                          .isEofSent = true,
                                                          .hasTerminal = true,
                                                          .isLineOpen = true,
                                                          .silence = 6s}
                                              << Found(Diagnosis::Asks);
}

void HangDoctorTest::tellsWhatIsWaitedFor()
{
    QFETCH(RunFacts, facts);
    QFETCH(std::optional<Diagnosis>, expected);

    QCOMPARE(commands::diagnose(facts), expected);
}

QTEST_GUILESS_MAIN(HangDoctorTest)

#include "HangDoctorTest.moc"
