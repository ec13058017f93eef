#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using tests::pattern;
using tests::ScriptedPeer;
using tests::SftpRequestType;
using transfer::AnswerScope;
using transfer::ConflictAnswer;
using transfer::Direction;
using transfer::Summary;
using transfer::TransferRequest;

// Copies with a server that fails, lies or is less able than OpenSSH's: no half file may stay.
class TransferFaultsTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void hostileNamesStayOut();
    void shortReadsAreAskedAgain();
    void badDataAreRefused_data();
    void badDataAreRefused();
    void endlessEmptyDataAreRefused();
    void fullDiskLeavesNothing();
    void failingCloseCounts();
    void replacesWithoutPosixRename();

private:
    // The server's /home/tester/`name` to the target directory, or from the source directory there.
    Result<Summary> copyScripted(ScriptedPeer &peer, Direction direction, const QByteArray &name);
};

Result<Summary> TransferFaultsTest::copyScripted(ScriptedPeer &peer, Direction direction,
                                                 const QByteArray &name)
{
    TransferRequest scripted = request(direction, {name});
    if (direction == Direction::Download) {
        scripted.sources = {FilePath("/home/tester").child(name)};
    } else {
        scripted.targetDirectory = FilePath("/home/tester");
    }
    peer.engine.start();
    start(peer.engine, scripted);
    return finish();
}

void TransferFaultsTest::hostileNamesStayOut()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/tree", {.mode = 040755});
    peer.server.tree.put("/home/tester/tree/fine", {.data = "x"});
    peer.server.faults.extraNames = {"../escape", "/etc/evil", "", "a/b", QByteArray("nul\0", 4)};

    const auto result = copyScripted(peer, Direction::Download, "tree");

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 5);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::InvalidName);
    QCOMPARE(namesIn(End::Target), QStringList{u"tree"_s});
    QCOMPARE(QDir(path(End::Target, u"tree"_s)).entryList(QDir::Files), QStringList{u"fine"_s});
}

void TransferFaultsTest::shortReadsAreAskedAgain()
{
    ScriptedPeer peer;
    const QByteArray data = pattern(300'000);
    peer.server.tree.put("/home/tester/file", {.data = data});
    peer.server.faults.maxReadBytes = 1000;

    const auto result = copyScripted(peer, Direction::Download, "file");

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QVERIFY(get(End::Target, "file") == data);
}

void TransferFaultsTest::badDataAreRefused_data()
{
    QTest::addColumn<SftpRequestType>("failing");
    QTest::addColumn<quint32>("status");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("end of file at once") << SftpRequestType::Read << 1U << ErrorKind::ServerFailure;
    QTest::newRow("read error") << SftpRequestType::Read << 4U << ErrorKind::ServerFailure;
    QTest::newRow("not allowed") << SftpRequestType::Open << 3U << ErrorKind::PermissionDenied;
}

void TransferFaultsTest::badDataAreRefused()
{
    QFETCH(SftpRequestType, failing);
    QFETCH(quint32, status);
    QFETCH(ErrorKind, kind);
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/file", {.data = "some bytes"});
    peer.server.faults.statuses[failing] = status;

    const auto result = copyScripted(peer, Direction::Download, "file");

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, kind);
    QCOMPARE(namesIn(End::Target), QStringList());
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void TransferFaultsTest::endlessEmptyDataAreRefused()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/file", {.data = "x"});
    peer.server.faults.emptyData = true;

    const auto result = copyScripted(peer, Direction::Download, "file");

    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::ProtocolViolation);
    QCOMPARE(namesIn(End::Target), QStringList());
}

void TransferFaultsTest::fullDiskLeavesNothing()
{
    ScriptedPeer peer;
    put(End::Source, "file", pattern(1'000'000));
    peer.server.faults.diskFullAt = 500'000;
    peer.server.faults.diskFullStatus = 14;

    const auto result = copyScripted(peer, Direction::Upload, "file");

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::NoSpace);
    QCOMPARE(peer.server.tree.namesIn("/home/tester"), QByteArrayList());
    QCOMPARE(peer.server.openHandleCount(), 0);
}

void TransferFaultsTest::failingCloseCounts()
{
    ScriptedPeer peer;
    put(End::Source, "file", "x");
    peer.server.faults.statuses[SftpRequestType::Close] = 4;

    const auto result = copyScripted(peer, Direction::Upload, "file");

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QVERIFY(!peer.server.tree.find("/home/tester/file"));
}

void TransferFaultsTest::replacesWithoutPosixRename()
{
    ScriptedPeer peer;
    put(End::Source, "file", "new");
    peer.server.tree.put("/home/tester/file", {.data = "old"});
    peer.server.faults.posixRename = false;
    TransferRequest upload = request(Direction::Upload, {"file"});
    upload.targetDirectory = FilePath("/home/tester");
    peer.engine.start();
    start(peer.engine, upload);
    QTRY_COMPARE(m_conflicts.size(), 1);

    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);

    QCOMPARE(finish()->filesCopied, 1);
    QCOMPARE(peer.server.tree.find("/home/tester/file")->data, "new");
    QTRY_COMPARE(peer.server.tree.namesIn("/home/tester"), QByteArrayList{"file"});
}

QTEST_GUILESS_MAIN(TransferFaultsTest)

#include "TransferFaultsTest.moc"
