// Which addresses of a host are tried, and from which of ours.

#include "net/Connector.h"
#include "tests/support/Reason.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <cerrno>

using base::ErrorKind;
using net::Connector;
using namespace std::chrono_literals;

class ConnectorAddressTest : public QObject
{
    Q_OBJECT

private slots:
    void familyIsKept_data();
    void familyIsKept();
    void noAddressOfTheFamily();
    void bindAddressIsTheSource();
    void bindAddressDecidesTheFamily();
    void foreignBindAddressIsAFailure();
    void bindAddressMustBeNumeric();
};

namespace {

Connector::Resolver resolvingTo(const QStringList &numeric)
{
    QList<net::IpAddress> addresses;
    for (const QString &address : numeric) {
        addresses.append(net::IpAddress::parse(address).value());
    }
    return [addresses](const QString &, QObject *, const auto &done) { done(addresses); };
}

base::Result<net::ConnectedSocket> resultOf(Connector &connector)
{
    QSignalSpy finished(&connector, &Connector::finished);
    finished.wait(10s);
    return connector.takeResult();
}

} // namespace

void ConnectorAddressTest::familyIsKept_data()
{
    QTest::addColumn<base::AddressFamily>("family");
    QTest::addColumn<QString>("address");

    QTest::newRow("any") << base::AddressFamily::Any << "::1";
    QTest::newRow("IPv4") << base::AddressFamily::IPv4 << "127.0.0.1";
    QTest::newRow("IPv6") << base::AddressFamily::IPv6 << "::1";
}

void ConnectorAddressTest::familyIsKept()
{
    QFETCH(base::AddressFamily, family);
    QFETCH(QString, address);
    QTcpServer server;
    if (!server.listen(QHostAddress::Any)) { // both families
        QSKIP("this machine lacks IPv6");
    }

    Connector connector(resolvingTo({"::1", "127.0.0.1"}));
    connector.start({QStringLiteral("two.example"), server.serverPort(), family}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QCOMPARE(socket->peerAddress, address);
}

void ConnectorAddressTest::noAddressOfTheFamily()
{
    Connector connector(resolvingTo({"192.0.2.1", "192.0.2.2"}));
    connector.start({QStringLiteral("old.example"), 22, base::AddressFamily::IPv6}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::Unreachable);
    QCOMPARE(socket.error().detail,
             QStringLiteral("192.0.2.1: not tried, because only IPv6 is asked for\n"
                            "192.0.2.2: not tried, because only IPv6 is asked for"));
}

void ConnectorAddressTest::bindAddressIsTheSource()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));

    Connector connector;
    connector.start({QStringLiteral("127.0.0.1"), server.serverPort(), base::AddressFamily::Any,
                     QStringLiteral("127.0.0.9")},
                    5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QTRY_VERIFY(server.hasPendingConnections());
    QCOMPARE(server.nextPendingConnection()->peerAddress(),
             QHostAddress(QStringLiteral("127.0.0.9")));
}

void ConnectorAddressTest::bindAddressDecidesTheFamily()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));

    Connector connector(resolvingTo({"::1", "127.0.0.1"}));
    connector.start({QStringLiteral("two.example"), server.serverPort(), base::AddressFamily::Any,
                     QStringLiteral("127.0.0.1")},
                    5s);
    const auto socket = resultOf(connector);

    QVERIFY2(socket, tests::reason(socket).constData());
    QCOMPARE(socket->peerAddress, QStringLiteral("127.0.0.1"));
}

// 192.0.2.0/24 is for documentation (RFC 5737): no machine has such an address.
void ConnectorAddressTest::foreignBindAddressIsAFailure()
{
    Connector connector;
    connector.start(
        {QStringLiteral("127.0.0.1"), 22, base::AddressFamily::Any, QStringLiteral("192.0.2.9")},
        5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().code, EADDRNOTAVAIL);
    QCOMPARE(socket.error().detail,
             QStringLiteral("127.0.0.1 port 22: not from the address 192.0.2.9: "
                            "Cannot assign requested address"));
}

void ConnectorAddressTest::bindAddressMustBeNumeric()
{
    Connector connector;
    connector.start(
        {QStringLiteral("127.0.0.1"), 22, base::AddressFamily::Any, QStringLiteral("eth0")}, 5s);
    const auto socket = resultOf(connector);

    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::InvalidName);
    QCOMPARE(socket.error().subject, QStringLiteral("eth0"));
}

QTEST_GUILESS_MAIN(ConnectorAddressTest)

#include "ConnectorAddressTest.moc"
