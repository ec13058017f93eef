#include "transfer/TransferRun.h"

#include "tests/core/sftp/SftpPeers.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTestEventLoop>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using tests::ProcessPeer;
using tests::ScriptedPeer;
using tests::SftpRequestType;
using transfer::AnswerScope;
using transfer::Conflict;
using transfer::ConflictAnswer;
using transfer::Direction;
using transfer::Summary;
using transfer::TransferFeed;
using transfer::TransferRequest;
using transfer::TransferRun;

// Good days against OpenSSH's sftp-server, on two directories of this computer; bad ones against
// the scripted server. What is expected is what the disks hold.
class TransferRunTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void treeArrivesByteForByte_data();
    void treeArrivesByteForByte();
    void largeFileArrives_data();
    void largeFileArrives();
    void modeAndTimeAreKept_data();
    void modeAndTimeAreKept();
    void conflictIsAnswered_data();
    void conflictIsAnswered();
    void answerForAllIsRemembered();
    void othersGoOnWhileOneIsAsked();
    void interruptedOverwriteLeavesOldFile_data();
    void interruptedOverwriteLeavesOldFile();
    void linksStayWithinTheCopy_data();
    void linksStayWithinTheCopy();
    void specialFilesAreToldOf_data();
    void specialFilesAreToldOf();
    void plantedLinkIsNotFollowed();
    void hostileNamesStayOut();
    void shortReadsAreAskedAgain();
    void badDataAreRefused_data();
    void badDataAreRefused();
    void endlessEmptyDataAreRefused();
    void fullDiskLeavesNothing();
    void failingCloseCounts();
    void replacesWithoutPosixRename();
    void missingSourceIsToldOf();
    void lostConnectionEndsIt();

private:
    enum class End { Source, Target };

    QString path(End end, const QString &name = {}) const;
    void put(End end, const QByteArray &name, const QByteArray &data) const;
    QByteArray get(End end, const QByteArray &name) const;
    QStringList namesIn(End end) const; // hidden ones too, sorted

    TransferRequest request(Direction direction, const QList<QByteArray> &names) const;
    void start(sftp::Engine &engine, const TransferRequest &request);
    Result<Summary> finish();
    Result<Summary> copy(Direction direction, const QList<QByteArray> &names);
    // The scripted server's /home/tester/`name` to the target directory, or the other way round.
    Result<Summary> copyScripted(ScriptedPeer &peer, Direction direction, const QByteArray &name);
    static void addDirections();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ProcessPeer> m_peer;
    std::shared_ptr<TransferFeed> m_feed;
    std::shared_ptr<TransferRun::Slot> m_slot;
    std::optional<Result<Summary>> m_result;
    QList<Conflict> m_conflicts;
};

namespace {

QByteArray pattern(qsizetype size)
{
    QByteArray data(size, Qt::Uninitialized);
    quint32 state = 1; // each byte differs from that of a neighboring chunk
    for (char &byte : data) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return data;
}

const QList<QByteArray> oddNames{" a b ",       "new\nline", "'\"`$(id)", "-rf",
                                 "caf\xe9\xff", "*?[\\",     "..."};

} // namespace

void TransferRunTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_directory->path()).mkdir(u"source"_s));
    QVERIFY(QDir(m_directory->path()).mkdir(u"target"_s));
    m_peer = std::make_unique<ProcessPeer>();
}

void TransferRunTest::cleanup()
{
    m_peer.reset();
    m_slot.reset();
    // QTemporaryDir can not remove names that are not UTF-8.
    QCOMPARE(QProcess::execute(u"rm"_s, {u"-r"_s, m_directory->path()}), 0);
    m_directory.reset();
}

QString TransferRunTest::path(End end, const QString &name) const
{
    const QString directory = m_directory->filePath(end == End::Source ? u"source"_s : u"target"_s);
    return name.isEmpty() ? directory : directory + u'/' + name;
}

// Through descriptors, because QFile takes names for text.
void TransferRunTest::put(End end, const QByteArray &name, const QByteArray &data) const
{
    const QByteArray file = path(end).toUtf8() + '/' + name;
    const int descriptor = ::open(file.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    QVERIFY(descriptor >= 0);
    QCOMPARE(::write(descriptor, data.constData(), static_cast<size_t>(data.size())), data.size());
    ::close(descriptor);
}

QByteArray TransferRunTest::get(End end, const QByteArray &name) const
{
    const QByteArray path = this->path(end).toUtf8() + '/' + name;
    const int descriptor = ::open(path.constData(), O_RDONLY | O_NOFOLLOW);
    QFile file;
    return descriptor >= 0
            && file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)
        ? file.readAll()
        : QByteArray("can not be read");
}

QStringList TransferRunTest::namesIn(End end) const
{
    return QDir(path(end)).entryList(
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

TransferRequest TransferRunTest::request(Direction direction, const QList<QByteArray> &names) const
{
    TransferRequest request;
    request.direction = direction;
    request.targetDirectory = FilePath(path(End::Target).toUtf8());
    for (const QByteArray &name : names) {
        request.sources.append(FilePath(path(End::Source).toUtf8()).child(name));
    }
    return request;
}

void TransferRunTest::start(sftp::Engine &engine, const TransferRequest &request)
{
    m_result.reset();
    m_conflicts.clear();
    m_feed = std::make_shared<TransferFeed>();
    m_slot = std::make_shared<TransferRun::Slot>();
    connect(m_feed.get(), &TransferFeed::finished, this,
            [this](const Result<Summary> &result) { m_result = result; });
    connect(m_feed.get(), &TransferFeed::conflictRaised, this,
            [this](const Conflict &conflict) { m_conflicts.append(conflict); });
    engine.whenReady([this, &engine, request] {
        auto run = std::make_unique<TransferRun>(engine, request, m_feed, m_slot);
        TransferRun &started = *run;
        engine.adopt(std::move(run));
        started.start();
    });
}

Result<Summary> TransferRunTest::finish()
{
    QTestEventLoop loop; // QTRY_ macros sleep between turns: too slow for large files
    connect(m_feed.get(), &TransferFeed::finished, &loop, &QTestEventLoop::exitLoop);
    if (!m_result) {
        loop.enterLoop(std::chrono::seconds(30));
    }
    const bool isFinished = m_result && QTest::qWaitFor([this] { return !m_slot->run; });
    return isFinished ? *m_result : base::Failure(base::Error{ErrorKind::TimedOut});
}

Result<Summary> TransferRunTest::copy(Direction direction, const QList<QByteArray> &names)
{
    start(m_peer->engine, request(direction, names));
    return finish();
}

Result<Summary> TransferRunTest::copyScripted(ScriptedPeer &peer, Direction direction,
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

void TransferRunTest::addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("upload") << Direction::Upload;
}

void TransferRunTest::treeArrivesByteForByte_data()
{
    addDirections();
}

void TransferRunTest::treeArrivesByteForByte()
{
    QFETCH(Direction, direction);
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/empty"_s));
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/a/b/c"_s));
    put(End::Source, "tree/nothing", {});
    for (const QByteArray &name : oddNames) {
        put(End::Source, "tree/" + name, name);
        put(End::Source, "tree/a/b/c/" + name, name + name);
    }
    for (int i = 0; i < 100; ++i) {
        put(End::Source, "tree/a/" + QByteArray::number(i), pattern(i * 100));
    }

    const auto result = copy(direction, {"tree"});

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 0);
    QCOMPARE(result->filesCopied, 101 + 2 * oddNames.size());
    QCOMPARE(QProcess::execute(u"diff"_s, {u"-r"_s, path(End::Source), path(End::Target)}), 0);
}

void TransferRunTest::largeFileArrives_data()
{
    addDirections();
}

void TransferRunTest::largeFileArrives()
{
    QFETCH(Direction, direction);
    const QByteArray data = pattern(33 * 1024 * 1024 + 1);
    put(End::Source, "large", data);

    const auto result = copy(direction, {"large"});

    QVERIFY(result);
    QCOMPARE(result->bytesCopied, static_cast<quint64>(data.size()));
    QVERIFY(get(End::Target, "large") == data);
}

void TransferRunTest::modeAndTimeAreKept_data()
{
    addDirections();
}

void TransferRunTest::modeAndTimeAreKept()
{
    QFETCH(Direction, direction);
    put(End::Source, "file", "x");
    const QByteArray source = path(End::Source, u"file"_s).toUtf8();
    QCOMPARE(::chmod(source.constData(), 0751), 0);
    const std::array times{timespec{1'000'000'000, 0}, timespec{1'100'000'000, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, source.constData(), times.data(), 0), 0);

    QVERIFY(copy(direction, {"file"}));

    struct stat status = {};
    QCOMPARE(::stat(qPrintable(path(End::Target, u"file"_s)), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0751U);
    QCOMPARE(status.st_mtim.tv_sec, 1'100'000'000);
}

void TransferRunTest::conflictIsAnswered_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<ConflictAnswer>("answer");
    QTest::addColumn<QByteArray>("old");
    QTest::addColumn<QByteArray>("second");

    for (const auto &[name, direction] :
         {std::pair("down", Direction::Download), std::pair("up", Direction::Upload)}) {
        QTest::addRow("overwrite %s", name) << direction << ConflictAnswer::Overwrite
                                            << QByteArray("new") << QByteArray("can not be read");
        QTest::addRow("skip %s", name) << direction << ConflictAnswer::Skip << QByteArray("old")
                                       << QByteArray("can not be read");
        QTest::addRow("keep both %s", name)
            << direction << ConflictAnswer::KeepBoth << QByteArray("old") << QByteArray("new");
    }
}

void TransferRunTest::conflictIsAnswered()
{
    QFETCH(Direction, direction);
    QFETCH(ConflictAnswer, answer);
    QFETCH(QByteArray, old);
    QFETCH(QByteArray, second);
    put(End::Source, "file.txt", "new");
    put(End::Target, "file.txt", "old");
    QCOMPARE(::chmod(qPrintable(path(End::Target, u"file.txt"_s)), 0600), 0);
    start(m_peer->engine, request(direction, {"file.txt"}));
    QTRY_COMPARE(m_conflicts.size(), 1);
    QCOMPARE(m_conflicts[0].target.name(), "file.txt");
    QCOMPARE(m_conflicts[0].targetEntry.attributes.size, 3U);

    m_slot->run->answer(m_conflicts[0].id, answer, AnswerScope::ThisFile);

    QVERIFY(finish());
    QCOMPARE(get(End::Target, "file.txt"), old);
    QCOMPARE(get(End::Target, "file (2).txt"), second);
    QCOMPARE(namesIn(End::Target).size(), answer == ConflictAnswer::KeepBoth ? 2 : 1);
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(path(End::Target, u"file.txt"_s)), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U); // the replaced file's mode stays
}

void TransferRunTest::answerForAllIsRemembered()
{
    const QList<QByteArray> names{"a", "b", "c", "d"};
    for (const QByteArray &name : names) {
        put(End::Source, name, "new");
        put(End::Target, name, "old");
    }
    start(m_peer->engine, request(Direction::Download, names));
    QTRY_COMPARE(m_conflicts.size(), 1);

    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::AllFiles);

    const auto result = finish();
    QCOMPARE(result->filesCopied, 4);
    QCOMPARE(m_conflicts.size(), 1);
    QCOMPARE(get(End::Target, "d"), "new");
}

void TransferRunTest::othersGoOnWhileOneIsAsked()
{
    put(End::Source, "asked", "new");
    put(End::Target, "asked", "old");
    put(End::Source, "free", "new");
    start(m_peer->engine, request(Direction::Download, {"asked", "free"}));
    QTRY_COMPARE(m_conflicts.size(), 1);

    QTRY_COMPARE(get(End::Target, "free"), "new");

    QVERIFY(!m_result);
    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Skip, AnswerScope::ThisFile);
    QCOMPARE(finish()->filesSkipped, 1);
}

void TransferRunTest::interruptedOverwriteLeavesOldFile_data()
{
    addDirections();
}

void TransferRunTest::interruptedOverwriteLeavesOldFile()
{
    QFETCH(Direction, direction);
    put(End::Source, "file", pattern(64 * 1024 * 1024));
    put(End::Target, "file", "old");
    start(m_peer->engine, request(direction, {"file"}));
    quint64 bytesDone = 0;
    connect(m_feed.get(), &TransferFeed::progressed, this,
            [&bytesDone](const transfer::Progress &progress) { bytesDone = progress.bytesDone; });
    QTRY_COMPARE(m_conflicts.size(), 1);
    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);
    QTRY_COMPARE(namesIn(End::Target).size(), 2); // the temporary file is there

    m_slot->run->cancel();

    QCOMPARE(finish().error().kind, ErrorKind::Cancelled);
    QVERIFY(bytesDone < 64 * 1024 * 1024);
    QTRY_COMPARE(namesIn(End::Target), QStringList{u"file"_s});
    QCOMPARE(get(End::Target, "file"), "old");
}

void TransferRunTest::linksStayWithinTheCopy_data()
{
    addDirections();
}

void TransferRunTest::linksStayWithinTheCopy()
{
    QFETCH(Direction, direction);
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/sub"_s));
    put(End::Source, "tree/file", "x");
    const auto link = [this](const QByteArray &target, const QString &name) {
        return ::symlink(target.constData(), qPrintable(path(End::Source, name)));
    };
    QCOMPARE(link("../file", u"tree/sub/good"_s), 0);
    QCOMPARE(link("../../outside", u"tree/sub/escaping"_s), 0);
    QCOMPARE(link("/etc/passwd", u"tree/absolute"_s), 0);

    const auto result = copy(direction, {"tree"});

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 2);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::Unsupported);
    QCOMPARE(QFile::symLinkTarget(path(End::Target, u"tree/sub/good"_s)),
             path(End::Target, u"tree/file"_s));
    QVERIFY(!QFileInfo(path(End::Target, u"tree/sub/escaping"_s)).isSymLink());
    QVERIFY(!QFileInfo(path(End::Target, u"tree/absolute"_s)).isSymLink());
}

void TransferRunTest::specialFilesAreToldOf_data()
{
    addDirections();
}

void TransferRunTest::specialFilesAreToldOf()
{
    QFETCH(Direction, direction);
    QVERIFY(QDir(path(End::Source)).mkdir(u"tree"_s));
    QCOMPARE(::mkfifo(qPrintable(path(End::Source, u"tree/fifo"_s)), 0600), 0);
    put(End::Source, "tree/file", "x");

    const auto result = copy(direction, {"tree"});

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].path.name(), "fifo");
    QCOMPARE(result->failures[0].error.kind, ErrorKind::Unsupported);
}

void TransferRunTest::plantedLinkIsNotFollowed()
{
    QVERIFY(QDir(path(End::Source)).mkdir(u"tree"_s));
    put(End::Source, "tree/authorized_keys", "evil");
    QVERIFY(QDir(m_directory->path()).mkdir(u"elsewhere"_s));
    QVERIFY(QFile::link(m_directory->filePath(u"elsewhere"_s), path(End::Target, u"tree"_s)));

    const auto result = copy(Direction::Download, {"tree"});

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::NotADirectory);
    QVERIFY(QDir(m_directory->filePath(u"elsewhere"_s)).isEmpty());
}

void TransferRunTest::hostileNamesStayOut()
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

void TransferRunTest::shortReadsAreAskedAgain()
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

void TransferRunTest::badDataAreRefused_data()
{
    QTest::addColumn<SftpRequestType>("failing");
    QTest::addColumn<quint32>("status");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("end of file at once") << SftpRequestType::Read << 1U << ErrorKind::ServerFailure;
    QTest::newRow("read error") << SftpRequestType::Read << 4U << ErrorKind::ServerFailure;
    QTest::newRow("not allowed") << SftpRequestType::Open << 3U << ErrorKind::PermissionDenied;
}

void TransferRunTest::badDataAreRefused()
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

void TransferRunTest::endlessEmptyDataAreRefused()
{
    ScriptedPeer peer;
    peer.server.tree.put("/home/tester/file", {.data = "x"});
    peer.server.faults.emptyData = true;

    const auto result = copyScripted(peer, Direction::Download, "file");

    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::ProtocolViolation);
    QCOMPARE(namesIn(End::Target), QStringList());
}

void TransferRunTest::fullDiskLeavesNothing()
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

void TransferRunTest::failingCloseCounts()
{
    ScriptedPeer peer;
    put(End::Source, "file", "x");
    peer.server.faults.statuses[SftpRequestType::Close] = 4;

    const auto result = copyScripted(peer, Direction::Upload, "file");

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QVERIFY(!peer.server.tree.find("/home/tester/file"));
}

void TransferRunTest::replacesWithoutPosixRename()
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

void TransferRunTest::missingSourceIsToldOf()
{
    put(End::Source, "there", "x");

    const auto result = copy(Direction::Download, {"missing", "there"});

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::NotFound);
}

void TransferRunTest::lostConnectionEndsIt()
{
    put(End::Source, "file", pattern(64 * 1024 * 1024));
    start(m_peer->engine, request(Direction::Download, {"file"}));
    QTRY_COMPARE(namesIn(End::Target).size(), 1);

    m_peer->kill();

    QCOMPARE(finish().error().kind, ErrorKind::ConnectionLost);
    QTRY_COMPARE(namesIn(End::Target), QStringList());
}

QTEST_GUILESS_MAIN(TransferRunTest)

#include "TransferRunTest.moc"
