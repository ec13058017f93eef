#include "net/AddressOrder.h"

#include <QTest>

class AddressOrderTest : public QObject
{
    Q_OBJECT

private slots:
    void familiesTakeTurns_data();
    void familiesTakeTurns();
};

// The rule is RFC 8305 section 4 with a "First Address Family Count" of one.
void AddressOrderTest::familiesTakeTurns_data()
{
    QTest::addColumn<QStringList>("resolved");
    QTest::addColumn<QStringList>("order");
    const auto row = [](const char *name, const QStringList &resolved, const QStringList &order) {
        QTest::newRow(name) << resolved << order;
    };

    row("none", {}, {});
    row("one family", {"192.0.2.2", "192.0.2.1"}, {"192.0.2.2", "192.0.2.1"});
    row("IPv6 first", {"2001:db8::2", "2001:db8::1", "192.0.2.1", "192.0.2.2"},
        {"2001:db8::2", "192.0.2.1", "2001:db8::1", "192.0.2.2"});
    row("IPv4 first", {"192.0.2.1", "2001:db8::1"}, {"192.0.2.1", "2001:db8::1"});
    row("more of one", {"2001:db8::1", "192.0.2.1", "192.0.2.2", "192.0.2.3"},
        {"2001:db8::1", "192.0.2.1", "192.0.2.2", "192.0.2.3"});
    row("repeated", {"192.0.2.1", "2001:db8::1", "192.0.2.1", "2001:db8::1", "192.0.2.2"},
        {"192.0.2.1", "2001:db8::1", "192.0.2.2"});
    row("zones differ", {"fe80::1%1", "fe80::1%2"}, {"fe80::1%1", "fe80::1%2"});
}

void AddressOrderTest::familiesTakeTurns()
{
    QFETCH(QStringList, resolved);
    QFETCH(QStringList, order);
    QList<net::IpAddress> addresses;
    for (const QString &address : resolved) {
        addresses.append(net::IpAddress::parse(address).value());
    }

    QStringList result;
    for (const net::IpAddress &address : net::interleavedByFamily(addresses)) {
        result.append(address.toString());
    }

    QCOMPARE(result, order);
}

QTEST_APPLESS_MAIN(AddressOrderTest)

#include "AddressOrderTest.moc"
