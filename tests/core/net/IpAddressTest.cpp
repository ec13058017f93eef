#include "net/IpAddress.h"

#include <QTest>

using net::IpAddress;

class IpAddressTest : public QObject
{
    Q_OBJECT

private slots:
    void textIsRead_data();
    void textIsRead();
    void otherTextIsNone_data();
    void otherTextIsNone();
    void systemFormKeepsAll_data();
    void systemFormKeepsAll();
    void bytesAreInNetworkOrder();
};

void IpAddressTest::textIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isIpv6");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("shown"); // RFC 5952

    QTest::newRow("IPv4") << "192.0.2.1" << false << "" << "192.0.2.1";
    QTest::newRow("IPv6") << "2001:DB8:0:0:0::1" << true << "" << "2001:db8::1";
    QTest::newRow("any") << "::" << true << "" << "::";
    QTest::newRow("IPv4 in IPv6") << "::ffff:192.0.2.1" << true << "" << "::ffff:192.0.2.1";
    QTest::newRow("named zone") << "fe80::1%nowhere0" << true << "nowhere0" << "fe80::1%nowhere0";
    QTest::newRow("zone with a number") << "fe80::1%2" << true << "2" << "fe80::1%2";
}

void IpAddressTest::textIsRead()
{
    QFETCH(QString, text);
    QFETCH(bool, isIpv6);
    QFETCH(QString, zone);
    QFETCH(QString, shown);

    const auto address = IpAddress::parse(text);

    QVERIFY(address);
    QCOMPARE(address->isIpv6(), isIpv6);
    QCOMPARE(address->zone(), zone);
    QCOMPARE(address->toString(), shown);
    QCOMPARE(IpAddress::parse(shown), address);
}

void IpAddressTest::otherTextIsNone_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("empty") << "";
    QTest::newRow("name") << "example.org";
    QTest::newRow("hexadecimal name") << "beef";
    QTest::newRow("short") << "127.1";
    QTest::newRow("too large") << "192.0.2.256";
    QTest::newRow("brackets") << "[::1]";
    QTest::newRow("two gaps") << "1::2::3";
    QTest::newRow("empty zone") << "fe80::1%";
    QTest::newRow("zone of IPv4") << "192.0.2.1%eth0";
    QTest::newRow("null behind it") << QStringLiteral("::1") + QChar(0) + QLatin1Char('x');
    QTest::newRow("not ASCII") << QStringLiteral("\u0661.0.0.1");
}

void IpAddressTest::otherTextIsNone()
{
    QFETCH(QString, text);

    QVERIFY(!IpAddress::parse(text));
}

void IpAddressTest::systemFormKeepsAll_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("IPv4") << "192.0.2.1";
    QTest::newRow("IPv6") << "2001:db8::1";
    QTest::newRow("zone") << "fe80::1%lo"; // Linux has it everywhere
    QTest::newRow("zone of no interface here") << "fe80::1%4000000000";
}

void IpAddressTest::systemFormKeepsAll()
{
    QFETCH(QString, text);

    const auto socket = IpAddress::parse(text).value().withPort(0x1234);

    QVERIFY(socket);
    QCOMPARE(socket->port(), 0x1234);
    QCOMPARE(IpAddress::from(*socket->get()).value().toString(), text);
}

void IpAddressTest::bytesAreInNetworkOrder()
{
    QCOMPARE(IpAddress::parse(u"1.2.3.4")->bytes(), QByteArray::fromHex("01020304"));
    QCOMPARE(IpAddress::fromBytes(QByteArray::fromHex("7f000001")).toString(), "127.0.0.1");
    QCOMPARE(IpAddress::fromBytes(QByteArray(15, '\0') + '\x01').toString(), "::1");
}

QTEST_APPLESS_MAIN(IpAddressTest)

#include "IpAddressTest.moc"
