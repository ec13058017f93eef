#include "ui/transfers/RateGraph.h"

#include <QTest>

using namespace Qt::StringLiterals;

class RateGraphTest : public QObject
{
    Q_OBJECT

private slots:
    void peakDoesNotReadLikeALimit();
};

void RateGraphTest::peakDoesNotReadLikeALimit()
{
    constexpr quint64 mebibyte = 1024 * 1024;
    ui::RateGraph graph;

    graph.setRates({mebibyte, 172 * mebibyte, mebibyte});

    QCOMPARE(graph.toolTip(), u"Peak of the last two minutes: 172.0 MB/s"_s);
    QCOMPARE(graph.accessibleDescription(), graph.toolTip());
}

QTEST_MAIN(RateGraphTest)

#include "RateGraphTest.moc"
