#include "sftp/RequestTable.h"

#include <QTest>

using sftp::Answer;
using sftp::PendingRequest;
using sftp::RequestTable;

class RequestTableTest : public QObject
{
    Q_OBJECT

private slots:
    void idsAreDistinct();
    void takenOnlyOnce();
    void abandonedKeepsItsId();
    void allAreTakenInOrder();
};

namespace {

PendingRequest request(const char *operation)
{
    return {sftp::AnswerKind::Status, operation, {}, [](const base::Result<Answer> &) { }};
}

} // namespace

void RequestTableTest::idsAreDistinct()
{
    RequestTable table;
    const auto first = table.add(request("a"));
    const auto second = table.add(request("b"));

    QVERIFY(first != 0);
    QVERIFY(first != second);
    QCOMPARE(table.take(second)->operation, "b");
    QCOMPARE(table.take(first)->operation, "a");
}

void RequestTableTest::takenOnlyOnce()
{
    RequestTable table;
    const auto id = table.add(request("a"));

    QVERIFY(table.take(id));
    QVERIFY(!table.take(id));
    QVERIFY(table.isEmpty());
}

void RequestTableTest::abandonedKeepsItsId()
{
    RequestTable table;
    const auto id = table.add(request("a"));

    table.abandon(id);

    QVERIFY(!table.isEmpty());
    QVERIFY(table.take(id)->isAbandoned());
}

void RequestTableTest::allAreTakenInOrder()
{
    RequestTable table;
    table.add(request("a"));
    table.add(request("b"));

    const auto all = table.takeAll();

    QCOMPARE(all.size(), 2U);
    QCOMPARE(all[0].operation, "a");
    QCOMPARE(all[1].operation, "b");
    QVERIFY(table.isEmpty());
}

QTEST_APPLESS_MAIN(RequestTableTest)

#include "RequestTableTest.moc"
