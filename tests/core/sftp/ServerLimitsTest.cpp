#include "sftp/ServerLimits.h"

#include "base/WireWriter.h"

#include <QTest>

using sftp::ServerLimits;

class ServerLimitsTest : public QObject
{
    Q_OBJECT

private slots:
    void toldLimitsAreBroughtIntoRange_data();
    void toldLimitsAreBroughtIntoRange();
    void cutReplyIsRefused();
};

void ServerLimitsTest::toldLimitsAreBroughtIntoRange_data()
{
    QTest::addColumn<quint64>("told");
    QTest::addColumn<quint32>("dataBytes");
    QTest::addColumn<int>("handles");

    QTest::newRow("unknown") << quint64{0} << 32768U << 64;
    QTest::newRow("tiny") << quint64{1} << 4096U << 1;
    QTest::newRow("OpenSSH 10.0's for data") << quint64{261120} << 261120U << 1024;
    QTest::newRow("beyond any packet") << (quint64{1} << 63U) << 261120U << 1024;
}

void ServerLimitsTest::toldLimitsAreBroughtIntoRange()
{
    QFETCH(quint64, told);
    QFETCH(quint32, dataBytes);
    QFETCH(int, handles);

    const auto limits = ServerLimits::fromReply(
        base::WireWriter().uint64(told).uint64(told).uint64(told).uint64(told).take());

    QVERIFY(limits);
    QCOMPARE(limits->readBytes, dataBytes);
    QCOMPARE(limits->writeBytes, dataBytes);
    QCOMPARE(limits->openHandles, handles);
}

void ServerLimitsTest::cutReplyIsRefused()
{
    QVERIFY(!ServerLimits::fromReply(QByteArray(31, '\1')));
}

QTEST_APPLESS_MAIN(ServerLimitsTest)

#include "ServerLimitsTest.moc"
