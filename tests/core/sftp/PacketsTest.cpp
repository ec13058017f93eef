#include "sftp/Packets.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using sftp::DataAnswer;
using sftp::HandleAnswer;
using sftp::NameAnswer;
using sftp::PacketType;
using sftp::StatusAnswer;

// The bytes are laid out by hand after draft-ietf-secsh-filexfer-02.
class PacketsTest : public QObject
{
    Q_OBJECT

private slots:
    void initAsksForVersionThree();
    void requestCountsWhatFollows();
    void versionTellsExtensions();
    void brokenVersionIsRefused_data();
    void brokenVersionIsRefused();
    void statusMayLackItsMessage();
    void longMessageIsCut();
    void dataAndHandleAreTaken();
    void namesAreBytes();
    void brokenAnswerIsRefused_data();
    void brokenAnswerIsRefused();
};

namespace {

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

} // namespace

void PacketsTest::initAsksForVersionThree()
{
    QCOMPARE(sftp::initPacket(), hex("00000005 01 00000003"));
}

void PacketsTest::requestCountsWhatFollows()
{
    QCOMPARE(sftp::requestPacket(PacketType::Write, 7, "abc", 2),
             hex("0000000a 06 00000007 616263"));
}

void PacketsTest::versionTellsExtensions()
{
    const auto server = sftp::parseVersion(hex("02 00000003 00000001 61 00000002 0031"));

    QVERIFY(server);
    QCOMPARE(server->version, 3U);
    QCOMPARE(server->extensions,
             (QHash<QByteArray, QByteArray>{{"a",
                                             QByteArray("\0"
                                                        "1",
                                                        2)}}));
}

void PacketsTest::brokenVersionIsRefused_data()
{
    QTest::addColumn<QByteArray>("packet");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("of another type") << hex("65 00000003");
    QTest::newRow("without number") << hex("02 0000");
    QTest::newRow("extension without data") << hex("02 00000003 00000001 61");
    QTest::newRow("extension longer than the packet") << hex("02 00000003 ffffffff 61");
}

void PacketsTest::brokenVersionIsRefused()
{
    QFETCH(QByteArray, packet);

    QCOMPARE(sftp::parseVersion(packet).error().kind, ErrorKind::ProtocolViolation);
}

void PacketsTest::statusMayLackItsMessage()
{
    const auto answer = sftp::parseAnswer(hex("65 00000009 00000002"));

    QVERIFY(answer);
    QCOMPARE(answer->id, 9U);
    QCOMPARE(std::get<StatusAnswer>(answer->answer).code, 2U);
    QCOMPARE(std::get<StatusAnswer>(answer->answer).message, QString());
}

void PacketsTest::longMessageIsCut()
{
    const auto answer
        = sftp::parseAnswer(hex("65 00000009 00000002 00010000") + QByteArray(65536, 'x'));

    QVERIFY(answer);
    QCOMPARE(std::get<StatusAnswer>(answer->answer).message, QString(1024, u'x'));
}

void PacketsTest::dataAndHandleAreTaken()
{
    const auto data = sftp::parseAnswer(hex("67 00000001 00000003 610062"));
    const auto handle = sftp::parseAnswer(hex("66 00000002 00000001 00"));

    QCOMPARE(std::get<DataAnswer>(data->answer).data, QByteArray("a\0b", 3));
    QCOMPARE(std::get<HandleAnswer>(handle->answer).handle, QByteArray("\0", 1));
}

void PacketsTest::namesAreBytes()
{
    const auto answer = sftp::parseAnswer(hex("68 00000001 00000002"
                                              "00000003 612fff 00000001 6c 00000000"
                                              "00000000 00000000 00000004 000041ed"));

    const auto &names = std::get<NameAnswer>(answer->answer).names;
    QCOMPARE(names.size(), 2);
    QCOMPARE(names[0].name, QByteArray("a/\xff"));
    QCOMPARE(names[0].longName, QByteArray("l"));
    QCOMPARE(names[1].attributes.permissions, 040755U);
}

void PacketsTest::brokenAnswerIsRefused_data()
{
    QTest::addColumn<QByteArray>("packet");

    QTest::newRow("type alone") << hex("65");
    QTest::newRow("id cut") << hex("65 000000");
    QTest::newRow("unknown type") << hex("6a 00000001");
    QTest::newRow("a request") << hex("05 00000001 00000000");
    QTest::newRow("status without code") << hex("65 00000001");
    QTest::newRow("handle longer than the packet") << hex("66 00000001 00000002 00");
    QTest::newRow("handle over 256 bytes") << hex("66 00000001 00000101") + QByteArray(257, 'h');
    QTest::newRow("data without length") << hex("67 00000001 0000");
    QTest::newRow("more names than bytes") << hex("68 00000001 ffffffff");
    QTest::newRow("one name too few")
        << hex("68 00000001 00000002 00000001 61 00000000 00000000 00000000 0000");
    QTest::newRow("attributes cut") << hex("69 00000001 00000001 000000");
}

void PacketsTest::brokenAnswerIsRefused()
{
    QFETCH(QByteArray, packet);

    QCOMPARE(sftp::parseAnswer(packet).error().kind, ErrorKind::ProtocolViolation);
}

QTEST_APPLESS_MAIN(PacketsTest)

#include "PacketsTest.moc"
