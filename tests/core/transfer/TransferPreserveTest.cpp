#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;
using base::Result;
using files::FilePath;
using tests::ScriptedPeer;
using tests::SftpRequestType;
using transfer::AnswerScope;
using transfer::ConflictAnswer;
using transfer::CopyNote;
using transfer::Direction;
using transfer::FileFailure;
using transfer::Summary;
using transfer::TransferRequest;

// What CopyOptions::preserve keeps, and what it leaves where that is not allowed.
class TransferPreserveTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void directoriesAreAlike_data();
    void directoriesAreAlike();
    void replacedFileGetsTheModeOfTheSource_data();
    void replacedFileGetsTheModeOfTheSource();
    void ownerIsKept_data();
    void ownerIsKept();
    void refusedOwnerIsToldOnce();
    void directoriesAreAlikeAfterALostConnection();

private:
    QByteArray place(End end, const QString &name) const { return path(end, name).toUtf8(); }
    static struct stat statusOf(const QByteArray &path);
    static void setTime(const QByteArray &path);
    TransferRequest preserving(Direction direction, const QByteArray &name) const;
    Result<Summary> copy(Direction direction, const QByteArray &name);
    static void addDirections();
};

namespace {

constexpr time_t oldTime = 1'100'000'000;

} // namespace

struct stat TransferPreserveTest::statusOf(const QByteArray &path)
{
    struct stat status = {};
    [[maybe_unused]] const int looked = ::lstat(path.constData(), &status);
    return status; // zeros if there is nothing
}

void TransferPreserveTest::setTime(const QByteArray &path)
{
    const std::array times{timespec{oldTime, 0}, timespec{oldTime, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, path.constData(), times.data(), 0), 0);
}

TransferRequest TransferPreserveTest::preserving(Direction direction, const QByteArray &name) const
{
    TransferRequest request = this->request(direction, {name});
    request.options.preserve = true;
    return request;
}

Result<Summary> TransferPreserveTest::copy(Direction direction, const QByteArray &name)
{
    start(m_peer->engine, preserving(direction, name));
    return finish();
}

void TransferPreserveTest::addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("upload") << Direction::Upload;
}

void TransferPreserveTest::directoriesAreAlike_data()
{
    addDirections();
}

// One that nothing may be written to included: it is closed at the end.
void TransferPreserveTest::directoriesAreAlike()
{
    QFETCH(Direction, direction);
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/closed/deep"_s));
    put(End::Source, "tree/closed/deep/file", "x");
    for (const auto &[name, mode] :
         {std::pair(u"tree/closed/deep"_s, 0711U), std::pair(u"tree/closed"_s, 0555U),
          std::pair(u"tree"_s, 01770U)}) {
        QCOMPARE(::chmod(place(End::Source, name).constData(), mode), 0);
        setTime(place(End::Source, name));
    }

    const auto result = copy(direction, "tree");

    QVERIFY(result);
    QCOMPARE(result->failures, QList<FileFailure>());
    QCOMPARE(result->notes, QList<CopyNote>());
    for (const QString &name : {u"tree"_s, u"tree/closed"_s, u"tree/closed/deep"_s}) {
        const struct stat source = statusOf(place(End::Source, name));
        const struct stat target = statusOf(place(End::Target, name));
        QCOMPARE(target.st_mode, source.st_mode);
        QCOMPARE(target.st_mtim.tv_sec, oldTime);
    }
}

void TransferPreserveTest::replacedFileGetsTheModeOfTheSource_data()
{
    addDirections();
}

void TransferPreserveTest::replacedFileGetsTheModeOfTheSource()
{
    QFETCH(Direction, direction);
    put(End::Source, "file", "new");
    put(End::Target, "file", "old");
    QCOMPARE(::chmod(place(End::Source, u"file"_s).constData(), 0640), 0);
    start(m_peer->engine, preserving(direction, "file"));
    QTRY_COMPARE(m_conflicts.size(), 1);
    m_slot->run->answer(m_conflicts[0].id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);

    QVERIFY(finish());

    QCOMPARE(get(End::Target, "file"), "new");
    QCOMPARE(statusOf(place(End::Target, u"file"_s)).st_mode & 07777U, 0640U);
}

void TransferPreserveTest::ownerIsKept_data()
{
    addDirections();
}

// Set-user-ID goes to a server along with the owner, and never comes from one.
void TransferPreserveTest::ownerIsKept()
{
    QFETCH(Direction, direction);
    if (::geteuid() != 0) {
        QSKIP("only root may give files away");
    }
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree"_s));
    put(End::Source, "tree/program", "x");
    for (const QString &name : {u"tree"_s, u"tree/program"_s}) {
        QCOMPARE(::chown(place(End::Source, name).constData(), 12345, 54321), 0);
    }
    QCOMPARE(::chmod(place(End::Source, u"tree/program"_s).constData(), 04755), 0);

    const auto result = copy(direction, "tree");

    QVERIFY(result);
    QCOMPARE(result->failures, QList<FileFailure>());
    QCOMPARE(result->notes, QList<CopyNote>());
    for (const QString &name : {u"tree"_s, u"tree/program"_s}) {
        QCOMPARE(statusOf(place(End::Target, name)).st_uid, 12345U);
        QCOMPARE(statusOf(place(End::Target, name)).st_gid, 54321U);
    }
    const mode_t mode = statusOf(place(End::Target, u"tree/program"_s)).st_mode & 07777U;
    QCOMPARE(mode, direction == Direction::Upload ? 04755U : 0755U);
}

void TransferPreserveTest::refusedOwnerIsToldOnce()
{
    ScriptedPeer peer;
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/sub"_s));
    for (const char *name : {"tree/one", "tree/two", "tree/sub/three"}) {
        put(End::Source, name, name);
    }
    peer.server.faults.statuses[SftpRequestType::Fsetstat] = 3;
    peer.server.faults.statuses[SftpRequestType::Setstat] = 3;
    TransferRequest upload = preserving(Direction::Upload, "tree");
    upload.targetDirectory = FilePath("/home/tester");
    peer.engine.start();

    start(peer.engine, upload);
    const auto result = finish();

    QVERIFY(result);
    QCOMPARE(result->failures, QList<FileFailure>());
    QCOMPARE(result->filesCopied, 3);
    QCOMPARE(result->notes.size(), 1);
    QCOMPARE(result->notes[0].kind, CopyNote::Kind::NotPreserved);
    QCOMPARE(peer.server.tree.find("/home/tester/tree/sub/three")->data, "tree/sub/three");
}

void TransferPreserveTest::directoriesAreAlikeAfterALostConnection()
{
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/sub"_s));
    put(End::Source, "tree/sub/file", "x");
    setTime(place(End::Source, u"tree/sub"_s));
    setTime(place(End::Source, u"tree"_s));
    const TransferRequest wanted = preserving(Direction::Upload, "tree");
    start(m_peer->engine, wanted);
    connect(m_feed.get(), &transfer::TransferFeed::progressed, this, [this] { m_peer->kill(); });
    QTRY_VERIFY(QDir(path(End::Target, u"tree"_s)).exists());
    m_peer->kill();

    if (!finish()) {
        QVERIFY(m_left);
        tests::ProcessPeer second;
        goOn(second.engine, wanted, *m_left);
        QVERIFY(finish());
    }

    for (const QString &name : {u"tree"_s, u"tree/sub"_s}) {
        QCOMPARE(statusOf(place(End::Target, name)).st_mtim.tv_sec, oldTime);
    }
}

QTEST_GUILESS_MAIN(TransferPreserveTest)

#include "TransferPreserveTest.moc"
