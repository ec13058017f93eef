#include "sftp/PacketAssembler.h"

#include "sftp/Packets.h"

#include <QTest>

using sftp::PacketAssembler;

class PacketAssemblerTest : public QObject
{
    Q_OBJECT

private slots:
    void bytesMayComeOneByOne();
    void severalMayComeAtOnce();
    void impossibleLengthIsRefused_data();
    void impossibleLengthIsRefused();
};

void PacketAssemblerTest::bytesMayComeOneByOne()
{
    const QByteArray stream = QByteArray::fromHex("00000003 616263 00000001 64");
    PacketAssembler assembler;
    QByteArrayList packets;

    for (const char byte : stream) {
        QByteArrayView data(&byte, 1);
        const auto packet = assembler.take(data);
        QVERIFY(packet);
        QVERIFY(data.isEmpty());
        if (*packet) {
            packets.append(**packet);
        }
    }

    QCOMPARE(packets, QByteArrayList({"abc", "d"}));
}

void PacketAssemblerTest::severalMayComeAtOnce()
{
    const QByteArray stream = QByteArray::fromHex("00000001 61 00000002 6263 0000");
    PacketAssembler assembler;
    QByteArrayView data(stream);

    QCOMPARE(assembler.take(data).value(), QByteArray("a"));
    QCOMPARE(assembler.take(data).value(), QByteArray("bc"));
    QCOMPARE(assembler.take(data).value(), std::nullopt);
    QVERIFY(data.isEmpty());
}

void PacketAssemblerTest::impossibleLengthIsRefused_data()
{
    QTest::addColumn<QByteArray>("stream");

    QTest::newRow("nothing") << QByteArray::fromHex("00000000");
    QTest::newRow("over the limit") << QByteArray::fromHex("00040401");
    QTest::newRow("all bits") << QByteArray::fromHex("ffffffff");
    QTest::newRow("text") << QByteArray("Welcome");
}

void PacketAssemblerTest::impossibleLengthIsRefused()
{
    QFETCH(QByteArray, stream);
    PacketAssembler assembler;
    QByteArrayView data(stream);

    QCOMPARE(assembler.take(data).error().kind, base::ErrorKind::ProtocolViolation);
}

QTEST_APPLESS_MAIN(PacketAssemblerTest)

#include "PacketAssemblerTest.moc"
