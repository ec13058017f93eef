#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QFile>
#include <QSemaphore>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using files::FilePath;
using tests::pattern;
using tests::ScriptedPeer;
using tests::SftpRequestType;
using transfer::AnswerScope;
using transfer::ConflictAnswer;
using transfer::CopyNote;
using transfer::Direction;
using transfer::TransferRequest;

// Copies with a server that fails, lies or is less able than OpenSSH's: no half file may stay.
class TransferFaultsTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void hostileNamesStayOut_data();
    void hostileNamesStayOut();
    void shortReadsAreAskedAgain_data();
    void shortReadsAreAskedAgain();
    void badDataAreRefused_data();
    void badDataAreRefused();
    void endlessEmptyDataAreRefused_data();
    void endlessEmptyDataAreRefused();
    void fullDiskLeavesNothing();
    void lostDirectoryIsToldForAnEmptyFile();
    void failingCloseCounts();
    void replacesWithoutPosixRename();
    void foreignPartStays();
    void writesInPlaceWhereItMust_data();
    void writesInPlaceWhereItMust();

private:
    static void bothWaysHere();
};

// From a server to this computer, or to another server.
void TransferFaultsTest::bothWaysHere()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("between servers") << Direction::Relay;
}

void TransferFaultsTest::hostileNamesStayOut_data()
{
    bothWaysHere();
}

void TransferFaultsTest::hostileNamesStayOut()
{
    QFETCH(Direction, direction);
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/tree", {.mode = 040755});
    peer.server.tree.put("/home/tester/tree/fine", {.data = "x"});
    peer.server.faults.extraNames = {"../escape", "/etc/evil", "", "a/b", QByteArray("nul\0", 4)};

    const auto result = copyScripted(peer, direction, "tree");

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 5);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::InvalidName);
    QCOMPARE(namesIn(End::Target), QStringList{u"tree"_s});
    QCOMPARE(QDir(path(End::Target, u"tree"_s)).entryList(QDir::Files), QStringList{u"fine"_s});
}

void TransferFaultsTest::shortReadsAreAskedAgain_data()
{
    bothWaysHere();
}

void TransferFaultsTest::shortReadsAreAskedAgain()
{
    QFETCH(Direction, direction);
    ScriptedPeer peer;
    const QByteArray data = pattern(300'000);
    peer.server.tree.put("/home/tester/file", {.data = data});
    peer.server.faults.maxReadBytes = 1000;

    const auto result = copyScripted(peer, direction, "file");

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QVERIFY(get(End::Target, "file") == data);
}

void TransferFaultsTest::badDataAreRefused_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<SftpRequestType>("failing");
    QTest::addColumn<quint32>("status");
    QTest::addColumn<ErrorKind>("kind");

    for (const Direction direction : {Direction::Download, Direction::Relay}) {
        const char *suffix = direction == Direction::Relay ? ", between servers" : "";
        const auto row = [suffix](const char *name) -> QTestData & {
            return QTest::newRow(QByteArray(name).append(suffix).constData());
        };
        row("end of file at once")
            << direction << SftpRequestType::Read << 1U << ErrorKind::Internal;
        row("read error") << direction << SftpRequestType::Read << 4U << ErrorKind::ServerFailure;
        row("not allowed") << direction << SftpRequestType::Open << 3U
                           << ErrorKind::PermissionDenied;
    }
}

void TransferFaultsTest::badDataAreRefused()
{
    QFETCH(Direction, direction);
    QFETCH(SftpRequestType, failing);
    QFETCH(quint32, status);
    QFETCH(ErrorKind, kind);
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/file", {.data = "some bytes"});
    peer.server.faults.statuses[failing] = status;

    const auto result = copyScripted(peer, direction, "file");

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, kind);
    QCOMPARE(namesIn(End::Target), QStringList());
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

void TransferFaultsTest::endlessEmptyDataAreRefused_data()
{
    bothWaysHere();
}

void TransferFaultsTest::endlessEmptyDataAreRefused()
{
    QFETCH(Direction, direction);
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/file", {.data = "x"});
    peer.server.faults.emptyData = true;

    const auto result = copyScripted(peer, direction, "file");

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

// Its end comes before the answer that there is no place for it: the disk is made to wait for that.
void TransferFaultsTest::lostDirectoryIsToldForAnEmptyFile()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/empty", {.data = ""});
    QThreadPool &disk = *QThreadPool::globalInstance();
    QSemaphore gate;
    bool isClosed = false;
    bool isOpened = false;
    QTimer watch;
    connect(&watch, &QTimer::timeout, this, [&] {
        peer.server.faults.holdAnswers
            = peer.server.count(SftpRequestType::Lstat) > 0 && !isClosed; // that to OPEN is meant
        if (!isClosed && peer.server.count(SftpRequestType::Open) > 0) {
            isClosed = true;
            QVERIFY(QDir(path(End::Target)).removeRecursively());
            for (int i = 0; i < disk.maxThreadCount(); ++i) {
                disk.start([&gate] { gate.acquire(); });
            }
            peer.server.faults.holdAnswers = false;
            peer.release();
        } else if (!isOpened && peer.server.count(SftpRequestType::Fstat) > 0) {
            isOpened = true;
            peer.engine.status(FilePath("/home/tester"), // answered last
                               [&](const auto &) { gate.release(disk.maxThreadCount()); });
        }
    });
    watch.start(0);

    const auto result = copyScripted(peer, Direction::Download, "empty");
    gate.release(disk.maxThreadCount()); // if it is still closed

    QVERIFY(isOpened && result);
    QCOMPARE(result->filesCopied, 0);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::NotFound);
    QVERIFY(disk.waitForDone(30'000));
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

void TransferFaultsTest::foreignPartStays()
{
    ScriptedPeer peer;
    put(End::Source, "file", "mine");
    peer.server.tree.put("/home/tester/.file.ponto-part", {.data = "somebody else's"});

    const auto result = copyScripted(peer, Direction::Upload, "file");

    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(peer.server.tree.find("/home/tester/file")->data, "mine");
    QCOMPARE(peer.server.tree.find("/home/tester/.file.ponto-part")->data, "somebody else's");
    QCOMPARE(peer.server.tree.namesIn("/home/tester").size(), 2);
}

void TransferFaultsTest::writesInPlaceWhereItMust_data()
{
    QTest::addColumn<QByteArray>("forbiddenEnding");
    QTest::addColumn<bool>("mayRename");
    QTest::addColumn<bool>("replaces");

    QTest::newRow("no new names") << QByteArray(".ponto-part") << true << true;
    QTest::newRow("no other names") << QByteArray(".ponto-part") << true << false;
    QTest::newRow("no renaming") << QByteArray() << false << false;
    QTest::newRow("no renaming over another") << QByteArray() << false << true;
}

void TransferFaultsTest::writesInPlaceWhereItMust()
{
    QFETCH(QByteArray, forbiddenEnding);
    QFETCH(bool, mayRename);
    QFETCH(bool, replaces);
    ScriptedPeer peer;
    const QByteArray data = pattern(3'000'000);
    put(End::Source, "file", data);
    if (replaces) {
        peer.server.tree.put("/home/tester/file", {.data = QByteArray(4'000'000, 'x')});
    }
    peer.server.faults.forbiddenEnding = forbiddenEnding;
    if (!mayRename) {
        peer.server.faults.posixRename = false;
        peer.server.faults.statuses[SftpRequestType::Rename] = 3;
    }
    peer.engine.start();
    start(peer.engine, scripted(Direction::Upload, "file"));
    if (replaces) {
        QTRY_COMPARE(m_conflicts.size(), 1);
        m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);
    }

    const auto result = finish();

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 0);
    QCOMPARE(result->notes.size(), 1);
    QCOMPARE(result->notes[0].kind, CopyNote::Kind::WrittenInPlace);
    QVERIFY(peer.server.tree.find("/home/tester/file")->data == data);
    QCOMPARE(peer.server.tree.namesIn("/home/tester"), QByteArrayList{"file"});
    QTRY_COMPARE(peer.server.openHandleCount(), 0);
}

QTEST_GUILESS_MAIN(TransferFaultsTest)

#include "TransferFaultsTest.moc"
