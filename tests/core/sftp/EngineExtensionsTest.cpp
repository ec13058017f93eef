#include "tests/core/sftp/SftpPeers.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using files::FileAttributes;
using files::FilePath;
using sftp::FileSystemStatus;
using sftp::Handle;
using sftp::OpenFlag;
using sftp::OwnerNames;
using tests::answerTo;
using tests::ProcessPeer;
using tests::ScriptedPeer;

// What OpenSSH's own sftp-server does, compared with what this computer says of itself.
class EngineExtensionsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void freeSpaceIsThatOfTheDisk();
    void hardLinkIsTheSameFile();
    void linkItselfGetsAttributes();
    void tildeIsExpanded();
    void homeDirectoryIsThatOfTheUser();
    void dataAreCopiedOnTheServer();
    void ownersGetNames();
    void partOfAFileIsHashed();
    void wrongHashIsNoAnswer_data();
    void wrongHashIsNoAnswer();
    void missingExtensionIsUnsupported();

private:
    FilePath path(const char *name) const
    {
        return FilePath(m_directory->path().toUtf8()).child(name);
    }
    Handle open(const char *name, sftp::OpenFlags flags);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ProcessPeer> m_peer;
};

void EngineExtensionsTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_peer = std::make_unique<ProcessPeer>();
    QFile file(m_directory->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write("some bytes"), 10);
    QTRY_VERIFY(m_peer->engine.isReady());
}

Handle EngineExtensionsTest::open(const char *name, sftp::OpenFlags flags)
{
    const auto handle = answerTo<Handle>(
        [&](auto answered) { m_peer->engine.open(path(name), flags, {}, std::move(answered)); });
    return handle.value_or(Handle());
}

void EngineExtensionsTest::freeSpaceIsThatOfTheDisk()
{
    struct statvfs expected = {};
    QCOMPARE(::statvfs(m_directory->path().toUtf8().constData(), &expected), 0);
    const quint64 total = quint64{expected.f_blocks} * expected.f_frsize;

    const auto byPath = answerTo<FileSystemStatus>([this](auto answered) {
        m_peer->engine.fileSystemStatus(path("file"), std::move(answered));
    });
    const Handle handle = open("file", OpenFlag::Read);
    const auto byHandle = answerTo<FileSystemStatus>(
        [&](auto answered) { m_peer->engine.fileSystemStatus(handle, std::move(answered)); });

    QVERIFY2(byPath, tests::reason(byPath).constData());
    QVERIFY2(byHandle, tests::reason(byHandle).constData());
    QCOMPARE(byPath->totalBytes, total);
    QCOMPARE(byHandle->totalBytes, total);
    QVERIFY(byPath->freeBytes > 0 && byPath->freeBytes <= total);
    QCOMPARE(byPath->totalFiles, quint64{expected.f_files});
}

void EngineExtensionsTest::hardLinkIsTheSameFile()
{
    const auto made = answerTo<void>([this](auto answered) {
        m_peer->engine.makeHardLink(path("second"), path("file"), std::move(answered));
    });

    QVERIFY2(made, tests::reason(made).constData());
    struct stat first = {};
    struct stat second = {};
    QCOMPARE(::stat(path("file").bytes().constData(), &first), 0);
    QCOMPARE(::stat(path("second").bytes().constData(), &second), 0);
    QCOMPARE(second.st_ino, first.st_ino);
}

void EngineExtensionsTest::linkItselfGetsAttributes()
{
    QVERIFY(QFile::link(u"nowhere"_s, m_directory->filePath(u"link"_s)));
    FileAttributes attributes;
    attributes.accessTime = 1'000'000'000;
    attributes.modificationTime = 1'000'000'001;

    const auto set = answerTo<void>([&](auto answered) {
        m_peer->engine.setLinkAttributes(path("link"), attributes, std::move(answered));
    });

    QVERIFY2(set, tests::reason(set).constData());
    struct stat status = {};
    QCOMPARE(::lstat(path("link").bytes().constData(), &status), 0);
    QCOMPARE(status.st_mtim.tv_sec, 1'000'000'001);
}

void EngineExtensionsTest::tildeIsExpanded()
{
    const passwd *user = ::getpwuid(::getuid());
    QVERIFY(user != nullptr);

    // "~/" is where the server runs, which is the home directory only after a login.
    const FilePath home(QByteArray("~") + user->pw_name + "/.");

    const auto expanded = answerTo<FilePath>(
        [&](auto answered) { m_peer->engine.expandPath(home, std::move(answered)); });

    QVERIFY2(expanded, tests::reason(expanded).constData());
    QCOMPARE(expanded->bytes(), QDir(QFile::decodeName(user->pw_dir)).canonicalPath().toUtf8());
}

void EngineExtensionsTest::homeDirectoryIsThatOfTheUser()
{
    const passwd *user = ::getpwuid(::getuid());
    QVERIFY(user != nullptr);

    const auto home = answerTo<FilePath>([user, this](auto answered) {
        m_peer->engine.homeDirectory(user->pw_name, std::move(answered));
    });

    QVERIFY2(home, tests::reason(home).constData());
    QCOMPARE(home->bytes(), QByteArray(user->pw_dir));
}

void EngineExtensionsTest::dataAreCopiedOnTheServer()
{
    const Handle from = open("file", OpenFlag::Read);
    const Handle to = open("copy", OpenFlag::Write | OpenFlag::Create);

    const auto copied = answerTo<void>(
        [&](auto answered) { m_peer->engine.copyData(from, 5, 0, to, 2, std::move(answered)); });

    QVERIFY2(copied, tests::reason(copied).constData());
    QFile copy(m_directory->filePath(u"copy"_s));
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), QByteArray("\0\0bytes", 7));
}

void EngineExtensionsTest::ownersGetNames()
{
    const passwd *user = ::getpwuid(::getuid());
    const group *primary = ::getgrgid(::getgid());
    QVERIFY(user != nullptr && primary != nullptr);

    const auto names = answerTo<OwnerNames>([this](auto answered) {
        m_peer->engine.ownerNames({::getuid(), 4'000'000'000}, {::getgid()}, std::move(answered));
    });

    QVERIFY2(names, tests::reason(names).constData());
    QCOMPARE(names->users, (QList<QByteArray>{user->pw_name, ""}));
    QCOMPARE(names->groups, QList<QByteArray>{primary->gr_name});
}

// sftp-server makes no hashes; InteropTest asks a server that does.
void EngineExtensionsTest::partOfAFileIsHashed()
{
    ScriptedPeer peer;
    peer.server.faults.checkFile = true;
    peer.server.tree.put("/home/tester/file", {.data = "some bytes"});
    peer.engine.start();
    QTRY_VERIFY(peer.engine.isReady());
    QVERIFY(peer.engine.offersHashes());
    const auto handle = answerTo<Handle>([&](auto answered) {
        peer.engine.open(FilePath("file"), OpenFlag::Read, {}, std::move(answered));
    });
    QVERIFY2(handle, tests::reason(handle).constData());

    const auto byName = answerTo<QByteArray>([&](auto answered) {
        peer.engine.hash(FilePath("file"), {.offset = 0, .length = 10}, std::move(answered));
    });
    const auto byHandle = answerTo<QByteArray>([&](auto answered) {
        peer.engine.hash(*handle, {.offset = 5, .length = 5}, std::move(answered));
    });

    QVERIFY2(byName, tests::reason(byName).constData());
    QVERIFY2(byHandle, tests::reason(byHandle).constData());
    // As sha256sum(1) tells them.
    QCOMPARE(byName->toHex(), "0d22cdcc10e6d049dbe1af5123d50873fdfc1a4f58306e58cb6241be9472014d");
    QCOMPARE(byHandle->toHex(), "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9");
}

void EngineExtensionsTest::wrongHashIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray hash(32, 'h');
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("an algorithm and no hash") << QByteArray("\0\0\0\6sha256", 10);
    QTest::newRow("a hash too short") << QByteArray("\0\0\0\6sha256", 10) + hash.chopped(1);
    QTest::newRow("two hashes") << QByteArray("\0\0\0\6sha256", 10) + hash + hash;
    QTest::newRow("another algorithm") << QByteArray("\0\0\0\6sha224", 10) + hash;
    QTest::newRow("a name beyond the end") << QByteArray("\xff\xff\xff\xffsha256", 10) + hash;
}

void EngineExtensionsTest::wrongHashIsNoAnswer()
{
    QFETCH(QByteArray, answer);
    ScriptedPeer peer;
    peer.server.faults.checkFile = true;
    peer.server.faults.checkFileAnswer = answer;
    peer.server.tree.put("/home/tester/file", {.data = "some bytes"});
    peer.engine.start();
    QTRY_VERIFY(peer.engine.isReady());

    const auto hash = answerTo<QByteArray>([&](auto answered) {
        peer.engine.hash(FilePath("file"), {.offset = 0, .length = 10}, std::move(answered));
    });

    QVERIFY(!hash);
    QCOMPARE(hash.error().kind, ErrorKind::ProtocolViolation);
}

void EngineExtensionsTest::missingExtensionIsUnsupported()
{
    ScriptedPeer peer;
    peer.engine.start();
    QTRY_VERIFY(peer.engine.isReady());

    const auto status = answerTo<FileSystemStatus>(
        [&](auto answered) { peer.engine.fileSystemStatus(FilePath("/"), std::move(answered)); });

    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::Unsupported);
    QVERIFY(!peer.engine.offersHashes());
    const auto hash = answerTo<QByteArray>([&](auto answered) {
        peer.engine.hash(FilePath("/"), {.offset = 0, .length = 10}, std::move(answered));
    });
    QVERIFY(!hash);
    QCOMPARE(hash.error().kind, ErrorKind::Unsupported);
}

QTEST_GUILESS_MAIN(EngineExtensionsTest)

#include "EngineExtensionsTest.moc"
