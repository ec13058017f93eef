#include "transfer/TransferRecord.h"

#include <QTest>

using base::Error;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using namespace transfer;
using namespace Qt::StringLiterals;

class TransferRecordTest : public QObject
{
    Q_OBJECT

private slots:
    void requestSurvives();
    void sourceServerSurvives();
    void resultSurvives();
    void failureSurvives();
    void otherBytesAreRefused();
};

namespace {

TransferRequest someRequest()
{
    TransferRequest request;
    request.direction = Direction::Upload;
    request.sources = {FilePath("/a/\xff\n name"), FilePath("/b")};
    request.targetDirectory = FilePath("/there/\xfe");
    request.targetNames = {{"x", "y"}, {}};
    request.options = {.resume = true, .verify = true, .preserve = true};
    request.links = LinkChoice::Follow;
    request.answers = {ConflictAnswer::OverwriteOlder, ConflictAnswer::KeepBoth};
    request.memory = TransferMemory{"0123abcd", false, {}};
    return request;
}

} // namespace

void TransferRecordTest::requestSurvives()
{
    const TransferRequest before = someRequest();

    const auto after = requestFrom(toBytes(before));

    QVERIFY(after);
    QCOMPARE(after->direction, before.direction);
    QCOMPARE(after->sources, before.sources);
    QCOMPARE(after->targetDirectory, before.targetDirectory);
    QCOMPARE(after->targetNames, before.targetNames);
    QVERIFY(after->options == before.options);
    QCOMPARE(after->links, before.links);
    QVERIFY(after->answers == before.answers);
    QVERIFY(after->memory == before.memory);
}

void TransferRecordTest::sourceServerSurvives()
{
    TransferRequest before = someRequest();
    before.direction = Direction::Relay;
    before.source = TransferServer{u"me@alpha:22"_s, u"Alpha"_s, u"id"_s, u"me@alpha"_s};

    const auto after = requestFrom(toBytes(before));

    QVERIFY(after);
    QCOMPARE(after->direction, Direction::Relay);
    QVERIFY(after->source == before.source);
    QVERIFY(after->memory == before.memory);
    before.source.reset();
    QVERIFY(!requestFrom(toBytes(before))); // where it comes from is not known
}

void TransferRecordTest::resultSurvives()
{
    Summary summary;
    summary.filesCopied = 12;
    summary.filesSkipped = 3;
    summary.bytesCopied = quint64{1} << 40;
    summary.failures = {{FilePath("/a/\xff"),
                         Error::fromErrno(28, u"write"_s, u"/a"_s),
                         {"d", "a"},
                         CopyObstacle::NamesAlike}};
    summary.failures.first().error.server = u"Alpha"_s;
    summary.notes = {{CopyNote::Kind::Resumed, FilePath("/b"), 17}};

    const auto after = resultFrom(toBytes(Result<Summary>(summary)));

    QVERIFY(after && *after);
    QVERIFY(**after == summary);
}

void TransferRecordTest::failureSurvives()
{
    const Error error{.kind = ErrorKind::ConnectionLost, .detail = u"said nothing"_s};

    const auto after = resultFrom(toBytes(Result<Summary>(base::Failure(error))));

    QVERIFY(after && !*after);
    QVERIFY(after->error() == error);
}

// Whatever is in the file: a newer Ponto's, half a row, nonsense.
void TransferRecordTest::otherBytesAreRefused()
{
    const QByteArray request = toBytes(someRequest());
    for (qsizetype length = 0; length < request.size(); ++length) {
        QVERIFY(!requestFrom(request.first(length)));
    }
    QByteArray newer = request;
    newer[3] = 99;
    QVERIFY(!requestFrom(newer));
    QByteArray strange = request;
    strange[7] = 77; // the direction
    QVERIFY(!requestFrom(strange));
    QVERIFY(!resultFrom(QByteArray("nothing of ours")));
    QVERIFY(!resultFrom(QByteArray()));
}

QTEST_GUILESS_MAIN(TransferRecordTest)

#include "TransferRecordTest.moc"
