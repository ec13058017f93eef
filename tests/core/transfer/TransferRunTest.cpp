#include "transfer/TransferRun.h"

#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
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
using tests::pattern;
using transfer::AnswerScope;
using transfer::ConflictAnswer;
using transfer::Direction;
using transfer::Summary;
using transfer::TransferFeed;
using transfer::TransferRun;

// Copies with OpenSSH's sftp-server. What is expected is what the disk holds.
class TransferRunTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void treeArrivesByteForByte_data();
    void treeArrivesByteForByte();
    void largeFileArrives_data();
    void largeFileArrives();
    void smallFilesGoBesideLargeOnes();
    void modeAndTimeAreKept_data();
    void modeAndTimeAreKept();
    void replacedLinkHandsNoModeOn_data();
    void replacedLinkHandsNoModeOn();
    void conflictIsAnswered_data();
    void conflictIsAnswered();
    void rulesGivenBeforehandDecide_data();
    void rulesGivenBeforehandDecide();
    void answerForAllIsRemembered();
    void othersGoOnWhileOneIsAsked();
    void interruptedOverwriteLeavesOldFile_data();
    void interruptedOverwriteLeavesOldFile();
    void linksStayWithinTheCopy_data();
    void linksStayWithinTheCopy();
    void specialFilesAreToldOf_data();
    void specialFilesAreToldOf();
    void plantedLinkIsNotFollowed();
    void missingSourceIsToldOf();
    void fileThatDoesNotFitIsNotBegun_data();
    void fileThatDoesNotFitIsNotBegun();
    void limitHolds_data();
    void limitHolds();
    void lostConnectionEndsIt();

private:
    Result<Summary> copy(Direction direction, const QList<QByteArray> &names);
    static void addDirections();
};

namespace {

const QList<QByteArray> oddNames{" a b ",       "new\nline", "'\"`$(id)", "-rf",
                                 "caf\xe9\xff", "*?[\\",     "..."};

} // namespace

Result<Summary> TransferRunTest::copy(Direction direction, const QList<QByteArray> &names)
{
    start(m_peer->engine, request(direction, names));
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

// The server holds its answers back: what it was asked for by then went at the same time.
void TransferRunTest::smallFilesGoBesideLargeOnes()
{
    constexpr int smallFiles = 20;
    tests::ScriptedPeer peer;
    peer.server.tree.put("/home/tester/tree", {.mode = 040755});
    const QByteArray large(qsizetype{16} * 1024 * 1024, 'x');
    peer.server.tree.put("/home/tester/tree/0-large", {.data = large});
    peer.server.tree.put("/home/tester/tree/1-large", {.data = large});
    for (int i = 0; i < smallFiles; ++i) {
        peer.server.tree.put("/home/tester/tree/small-" + QByteArray::number(i), {.data = "x"});
    }

    const auto result = copyWhile(
        peer, scripted(Direction::Download, "tree"), tests::SftpRequestType::Open, [&peer] {
            peer.server.faults.holdAnswers = true;
            QTRY_COMPARE(peer.server.count(tests::SftpRequestType::Open), smallFiles + 2);
            peer.server.faults.holdAnswers = false;
            peer.release();
        });

    QVERIFY(result);
    QCOMPARE(result->filesCopied, smallFiles + 2);
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

void TransferRunTest::replacedLinkHandsNoModeOn_data()
{
    addDirections();
}

// A link may be used by anybody (symlink(7)): a file of its mode would be everybody's to write.
void TransferRunTest::replacedLinkHandsNoModeOn()
{
    QFETCH(Direction, direction);
    put(End::Source, "file", "x");
    QCOMPARE(::chmod(qPrintable(path(End::Source, u"file"_s)), 0640), 0);
    QVERIFY(QFile::link(u"elsewhere"_s, path(End::Target, u"file"_s)));
    transfer::TransferRequest replacing = request(direction, {"file"});
    replacing.answers.files = ConflictAnswer::Overwrite;

    start(m_peer->engine, replacing);
    QVERIFY(finish());

    struct stat status = {};
    QCOMPARE(::lstat(qPrintable(path(End::Target, u"file"_s)), &status), 0);
    QCOMPARE(status.st_mode, S_IFREG | 0640U);
    QCOMPARE(namesIn(End::Target), QStringList{u"file"_s});
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

void TransferRunTest::rulesGivenBeforehandDecide_data()
{
    QTest::addColumn<ConflictAnswer>("answer");
    QTest::addColumn<QByteArrayList>("overwritten");

    QTest::newRow("older") << ConflictAnswer::OverwriteOlder
                           << QByteArrayList{"newer", "same size"};
    QTest::newRow("other size") << ConflictAnswer::OverwriteOtherSize
                                << QByteArrayList{"newer", "older"};
    QTest::newRow("skip") << ConflictAnswer::Skip << QByteArrayList();
}

void TransferRunTest::rulesGivenBeforehandDecide()
{
    QFETCH(ConflictAnswer, answer);
    QFETCH(QByteArrayList, overwritten);
    const QList<QByteArray> names{"newer", "older", "same size"};
    for (const QByteArray &name : names) {
        put(End::Source, name, "new");
        put(End::Target, name, name == "same size" ? "old" : "was here");
        QFile source(path(End::Source, QString::fromUtf8(name)));
        QVERIFY(source.open(QIODevice::ReadWrite));
        const auto time = QDateTime::currentDateTime().addSecs(name == "older" ? -3600 : 3600);
        QVERIFY(source.setFileTime(time, QFileDevice::FileModificationTime));
    }
    auto wanted = request(Direction::Download, names);
    wanted.answers.files = answer;
    start(m_peer->engine, wanted);

    const auto summary = finish();

    QVERIFY(summary);
    QVERIFY(m_conflicts.isEmpty());
    QCOMPARE(summary->filesSkipped, names.size() - overwritten.size());
    for (const QByteArray &name : names) {
        QCOMPARE(get(End::Target, name) == "new", overwritten.contains(name));
    }
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

void TransferRunTest::missingSourceIsToldOf()
{
    put(End::Source, "there", "x");

    const auto result = copy(Direction::Download, {"missing", "there"});

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::NotFound);
}

void TransferRunTest::fileThatDoesNotFitIsNotBegun_data()
{
    addDirections();
}

void TransferRunTest::fileThatDoesNotFitIsNotBegun()
{
    QFETCH(Direction, direction);
    put(End::Source, "huge", "x");
    put(End::Source, "small", "x");
    constexpr qint64 moreThanAnyDisk = qint64{4} << 40U; // and nothing of it is on the disk: a hole
    QVERIFY(QFile::resize(path(End::Source, u"huge"_s), moreThanAnyDisk));

    const auto result = copy(direction, {"huge", "small"});

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures[0].error.kind, ErrorKind::NoSpace);
    QCOMPARE(namesIn(End::Target), QStringList{u"small"_s});
}

void TransferRunTest::limitHolds_data()
{
    addDirections();
}

void TransferRunTest::limitHolds()
{
    QFETCH(Direction, direction);
    const QByteArray data = pattern(200'000);
    put(End::Source, "large", data);
    for (int i = 0; i < 10; ++i) {
        put(End::Source, "small" + QByteArray::number(i), data.first(20'000));
    }
    QList<QByteArray> names{"large"};
    for (int i = 0; i < 10; ++i) {
        names.append("small" + QByteArray::number(i));
    }
    transfer::TransferRequest limited = request(direction, names);
    limited.bytesPerSecond = 400'000;
    QElapsedTimer timer;
    timer.start();

    start(m_peer->engine, limited);
    const auto result = finish();

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 11);
    QVERIFY(get(End::Target, "large") == data);
    // One second's worth, less what a start with several files in flight may overdraw.
    QVERIFY2(timer.elapsed() > 400, QByteArray::number(timer.elapsed()).constData());
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
