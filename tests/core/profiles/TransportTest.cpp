#include "profiles/Transport.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using profiles::AlgorithmList;
using profiles::AlgorithmPreset;
using profiles::Transport;

class TransportTest : public QObject
{
    Q_OBJECT

private slots:
    void defaultsLeaveNothingBehind();
    void everyFieldComesBack();
    void unknownFieldsStay();
    void nonsenseIsLeftAtTheDefault_data();
    void nonsenseIsLeftAtTheDefault();
};

void TransportTest::defaultsLeaveNothingBehind()
{
    QCOMPARE(Transport().toJson(), QJsonObject());
    QCOMPARE(Transport::fromJson({}), Transport());
}

void TransportTest::everyFieldComesBack()
{
    Transport transport;
    transport.preset = AlgorithmPreset::OldDevices;
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        transport.list(list) = {u"b"_s, u"a@%1"_s.arg(static_cast<int>(list))};
    }
    transport.compress = true;
    transport.keepAliveInterval = 0s;
    transport.keepAliveCount = 7;
    transport.rekeyBytes = quint64(5) << 32;
    transport.rekeyTime = 90s;
    transport.tcpKeepAlive = false;
    transport.reconnects = false;
    transport.transferConnections = 8;
    QCOMPARE(Transport::fromJson(transport.toJson()), transport);
}

void TransportTest::unknownFieldsStay()
{
    const QJsonObject object{{u"future"_s, 1}};
    QCOMPARE(Transport().toJson(object), object);
}

void TransportTest::nonsenseIsLeftAtTheDefault_data()
{
    QTest::addColumn<QJsonObject>("object");

    QTest::newRow("unknown preset") << QJsonObject{{u"preset"_s, u"none"_s}};
    QTest::newRow("names with commas and blanks")
        << QJsonObject{{u"ciphers"_s, QJsonArray{u"a,b"_s, u"a b"_s, u""_s, 5}}};
    QTest::newRow("a list that is none") << QJsonObject{{u"macs"_s, u"hmac-sha2-256"_s}};
    QTest::newRow("negative interval") << QJsonObject{{u"keepAliveSeconds"_s, -1}};
    QTest::newRow("endless interval") << QJsonObject{{u"keepAliveSeconds"_s, 1e9}};
    QTest::newRow("no question at all") << QJsonObject{{u"keepAliveCount"_s, 0}};
    QTest::newRow("rekeying all the time")
        << QJsonObject{{u"rekeyBytes"_s, 1}, {u"rekeySeconds"_s, 1}};
    QTest::newRow("too many connections") << QJsonObject{{u"transferConnections"_s, 9}};
    QTest::newRow("text for a switch") << QJsonObject{{u"compress"_s, u"yes"_s}};
}

void TransportTest::nonsenseIsLeftAtTheDefault()
{
    QFETCH(QJsonObject, object);
    QCOMPARE(Transport::fromJson(object), Transport());
}

QTEST_GUILESS_MAIN(TransportTest)
#include "TransportTest.moc"
