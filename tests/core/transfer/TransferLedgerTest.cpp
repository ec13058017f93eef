#include "transfer/TransferLedger.h"

#include <QTest>

#include <sys/stat.h>

using base::ErrorKind;
using files::FileEntry;
using files::FilePath;
using transfer::DirectoryState;
using transfer::PlannedItem;
using transfer::TransferLedger;
using transfer::TransferRequest;

class TransferLedgerTest : public QObject
{
    Q_OBJECT

private slots:
    void countsWhatIsDone();
    void whatWasUnderWayIsBegunAnew();
    void unlookedSourcesAreKept();
    void busyServerIsTriedOnceMore();
    void failuresAloneAreRetried();
};

namespace {

FileEntry entry(const QByteArray &name, quint32 type, quint64 size = 0)
{
    FileEntry entry;
    entry.name = name;
    entry.attributes.permissions = type | 0644U;
    entry.attributes.size = size;
    return entry;
}

// A ledger about /src/tree with these files in it, of 10 bytes each, listed already.
TransferLedger ledgerOf(const QList<QByteArray> &names)
{
    TransferRequest request;
    request.sources = {FilePath("/src/tree")};
    TransferLedger ledger(request);
    const auto source = ledger.takeSource();
    ledger.found(*source, entry("tree", S_IFDIR));
    sftp::DirectoryContents contents;
    for (const QByteArray &name : names) {
        contents.entries.append(entry(name, S_IFREG, 10));
    }
    const auto directory = ledger.takeDirectory();
    ledger.listed(*directory, DirectoryState::Created, contents);
    return ledger;
}

base::Error serverFailure()
{
    return base::Error::fromSftpStatus(4, {}, QStringLiteral("open"), QStringLiteral("x"));
}

} // namespace

void TransferLedgerTest::countsWhatIsDone()
{
    TransferLedger ledger = ledgerOf({"a", "b", "c"});
    const auto a = ledger.takeFile();
    const auto b = ledger.takeFile();
    const auto c = ledger.takeFile();
    QCOMPARE(ledger.busyFiles().small, 3);
    QCOMPARE(ledger.busyFiles().smallBytes, 30U);
    ledger.pause(*c);
    QCOMPARE(ledger.busyFiles().small, 2);

    ledger.moved(*a, 10);
    ledger.copied(*a);
    ledger.failed(*b, base::Error{ErrorKind::PermissionDenied});
    ledger.proceed(*c);
    ledger.skipped(*c);

    QVERIFY(ledger.isIdle());
    QCOMPARE(ledger.busyFiles().smallBytes, 0U);
    QCOMPARE(ledger.summary().filesCopied, 1);
    QCOMPARE(ledger.summary().bytesCopied, 10U);
    QCOMPARE(ledger.summary().filesSkipped, 1);
    QCOMPARE(ledger.summary().failures.size(), 1);
    QCOMPARE(ledger.summary().failures[0].target, (QByteArrayList{"tree", "b"}));
    QCOMPARE(ledger.progress().filesDone, 3);
    QCOMPARE(ledger.progress().filesTotal, 3);
    QVERIFY(!ledger.progress().counting);
}

void TransferLedgerTest::whatWasUnderWayIsBegunAnew()
{
    TransferLedger ledger = ledgerOf({"a", "b", "c"});
    const auto a = ledger.takeFile();
    ledger.moved(*a, 10);
    ledger.copied(*a);
    PlannedItem b = *ledger.takeFile();
    ledger.moved(b, 4);
    b.decided = transfer::Existing::Replace;
    ledger.update(b);

    ledger.putBack();

    QVERIFY(ledger.isIdle());
    QCOMPARE(ledger.progress().bytesDone, 10U);
    QCOMPARE(ledger.summary().filesCopied, 1);
    const auto again = ledger.takeFile();
    QCOMPARE(again->entry.name, "b");
    QVERIFY(again->wasBegun);
    QCOMPARE(again->parentState, DirectoryState::ExistedBefore);
    QCOMPARE(again->decided, transfer::Existing::Replace); // the user is not asked twice
    const auto next = ledger.takeFile();
    QCOMPARE(next->entry.name, "c");
    ledger.putBack();
    QVERIFY(ledger.takeFile()->wasBegun);
    QVERIFY(!ledger.takeFile()->wasBegun); // the user was asked about it, say
}

void TransferLedgerTest::unlookedSourcesAreKept()
{
    TransferRequest request;
    request.sources = {FilePath("/a"), FilePath("/b")};
    request.targetNames = {{"other", "name"}};
    TransferLedger ledger(request);
    QCOMPARE(ledger.takeSource()->target, (QByteArrayList{"other", "name"}));

    ledger.putBack();

    QVERIFY(ledger.isCounting());
    QCOMPARE(ledger.takeSource()->source, FilePath("/a"));
    QCOMPARE(ledger.takeSource()->target, QByteArrayList{"b"});
    QVERIFY(!ledger.takeSource());
}

void TransferLedgerTest::busyServerIsTriedOnceMore()
{
    TransferLedger ledger = ledgerOf({"a"});
    const auto first = ledger.takeFile();
    ledger.moved(*first, 3);
    ledger.failed(*first, serverFailure());
    QCOMPARE(ledger.summary().failures.size(), 0);
    QCOMPARE(ledger.progress().bytesDone, 0U);
    QVERIFY(!ledger.takeFile());

    QVERIFY(ledger.releasePostponed());
    const auto second = ledger.takeFile();
    ledger.failed(*second, serverFailure());

    QCOMPARE(ledger.summary().failures.size(), 1);
    QVERIFY(!ledger.releasePostponed());
}

void TransferLedgerTest::failuresAloneAreRetried()
{
    TransferRequest request;
    request.sources = {FilePath("/src/tree")};
    request.targetDirectory = FilePath("/to");
    request.links = transfer::LinkChoice::Follow;
    transfer::Summary summary;
    summary.failures = {{FilePath("/src/tree/b"), base::Error(), {"tree", "b"}}};

    const TransferRequest retry = transfer::retryOf(request, summary);

    QCOMPARE(retry.sources, QList{FilePath("/src/tree/b")});
    QCOMPARE(retry.targetNames, (QList<QByteArrayList>{{"tree", "b"}}));
    QCOMPARE(retry.targetDirectory, FilePath("/to"));
    QCOMPARE(retry.links, transfer::LinkChoice::Follow);
}

QTEST_APPLESS_MAIN(TransferLedgerTest)

#include "TransferLedgerTest.moc"
