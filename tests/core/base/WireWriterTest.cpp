#include "base/WireWriter.h"

#include <QTest>

using base::WireWriter;

class WireWriterTest : public QObject
{
    Q_OBJECT

private slots:
    void writesTheExamplesOfTheRfc();
    void writesFieldsInTurn();
    void takeEmptiesTheWriter();
};

// RFC 4251 section 5.
void WireWriterTest::writesTheExamplesOfTheRfc()
{
    QCOMPARE(WireWriter().uint32(699921578).take(), QByteArray::fromHex("29b7f4aa"));
    QCOMPARE(WireWriter().string("testing").take(), QByteArray::fromHex("0000000774657374696e67"));
    QCOMPARE(WireWriter().boolean(true).boolean(false).take(), QByteArray::fromHex("0100"));
}

void WireWriterTest::writesFieldsInTurn()
{
    WireWriter writer;
    writer.byte(0xff).uint64(0xfedcba9876543210ULL).bytes("\xaa\xbb").string({});

    QCOMPARE(writer.size(), 15);
    QCOMPARE(writer.take(),
             QByteArray::fromHex("ff"
                                 "fedcba9876543210"
                                 "aabb"
                                 "00000000"));
}

void WireWriterTest::takeEmptiesTheWriter()
{
    WireWriter writer;
    writer.byte(1);

    QCOMPARE(writer.take(), QByteArray("\x01"));
    QCOMPARE(writer.take(), QByteArray());
}

QTEST_APPLESS_MAIN(WireWriterTest)

#include "WireWriterTest.moc"
