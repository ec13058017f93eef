#include "base/WireReader.h"

#include <QTest>

using base::WireReader;

class WireReaderTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTheExamplesOfTheRfc();
    void readsFieldsInTurn();
    void stringMayHoldAnyByte();
    void neverPassesTheEnd_data();
    void neverPassesTheEnd();
    void failedReadKeepsThePosition();
};

// RFC 4251 section 5: uint32 699921578 is 29 b7 f4 aa, "testing" is 00 00 00 07 and its letters,
// and any non-zero byte is true.
void WireReaderTest::readsTheExamplesOfTheRfc()
{
    const QByteArray bytes = QByteArray::fromHex("29b7f4aa"
                                                 "0000000774657374696e67"
                                                 "0700");
    WireReader reader(bytes);

    QCOMPARE(reader.uint32(), 699921578U);
    QCOMPARE(reader.string(), QByteArrayView("testing"));
    QCOMPARE(reader.boolean(), true);
    QCOMPARE(reader.boolean(), false);
    QVERIFY(reader.isAtEnd());
}

void WireReaderTest::readsFieldsInTurn()
{
    const QByteArray bytes = QByteArray::fromHex("ff"
                                                 "fedcba9876543210"
                                                 "aabb"
                                                 "01");
    WireReader reader(bytes);

    QCOMPARE(reader.byte(), quint8(0xff));
    QCOMPARE(reader.uint64(), 0xfedcba9876543210ULL);
    QCOMPARE(reader.bytes(2), QByteArrayView("\xaa\xbb"));
    QCOMPARE(reader.rest(), QByteArrayView("\x01"));
    QVERIFY(!reader.isAtEnd());
}

void WireReaderTest::stringMayHoldAnyByte()
{
    const QByteArray bytes = QByteArray::fromHex("00000003"
                                                 "00ff0a"
                                                 "00000000");
    WireReader reader(bytes);

    QCOMPARE(reader.string(), QByteArrayView("\x00\xff\x0a", 3));
    QCOMPARE(reader.string(), QByteArrayView());
    QVERIFY(reader.isAtEnd());
}

void WireReaderTest::neverPassesTheEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a length") << QByteArray::fromHex("0000");
    QTest::newRow("length without bytes") << QByteArray::fromHex("00000001");
    QTest::newRow("one byte short") << QByteArray::fromHex("000000036162");
    QTest::newRow("length of 2 GiB") << QByteArray::fromHex("7fffffff61");
    QTest::newRow("length negative as int") << QByteArray::fromHex("8000000061");
    QTest::newRow("length of 4 GiB") << QByteArray::fromHex("ffffffff61");
}

void WireReaderTest::neverPassesTheEnd()
{
    QFETCH(QByteArray, bytes);

    QVERIFY(!WireReader(bytes).string());
    QVERIFY(!WireReader(bytes).uint64());
    QVERIFY(!WireReader(bytes).bytes(bytes.size() + 1));
    QVERIFY(!WireReader(bytes).bytes(-1));
}

void WireReaderTest::failedReadKeepsThePosition()
{
    const QByteArray bytes = QByteArray::fromHex("0000000a6162");
    WireReader reader(bytes);

    QVERIFY(!reader.string());
    QVERIFY(!reader.uint64());
    QCOMPARE(reader.rest(), QByteArrayView(bytes));
    QCOMPARE(reader.uint32(), 10U);
}

QTEST_APPLESS_MAIN(WireReaderTest)

#include "WireReaderTest.moc"
