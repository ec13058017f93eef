// How a file of a real sshd gets another content, looked up on its disk.

#include "sftp/ContentReplacement.h"

#include "files/LocalFileSystem.h"
#include "sftp/Client.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <memory>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;

class ContentReplacementTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void fileIsReplacedByAnother_data() { places(); }
    void fileIsReplacedByAnother();
    void modeIsKept_data() { places(); }
    void modeIsKept();
    void linkIsKeptAndItsTargetReplaced_data() { places(); }
    void linkIsKeptAndItsTargetReplaced();
    void hardLinksStayOneFile_data() { places(); }
    void hardLinksStayOneFile();
    void accessListIsKept_data() { places(); }
    void accessListIsKept();
    void directoryThatTakesNoFileIsWrittenInto_data() { places(); }
    void directoryThatTakesNoFileIsWrittenInto();
    void foreignOwnerIsKept_data() { places(); }
    void foreignOwnerIsKept();
    void goneFileIsMadeAnew_data() { places(); }
    void goneFileIsMadeAnew();
    void otherStateIsNotReplaced_data() { places(); }
    void otherStateIsNotReplaced();
    void directoryIsRefused_data() { places(); }
    void directoryIsRefused();
    void nameThatIsNoTextIsReplaced_data() { places(); }
    void nameThatIsNoTextIsReplaced();
    void largeContentArrivesWhole_data() { places(); }
    void largeContentArrivesWhole();
    void writingIsProbed_data() { places(); }
    void writingIsProbed();
    void linkCountIsRead();
    void accessListIsRead();

private:
    static void places();
    files::FileSystem &fileSystem();
    QByteArray path(const QByteArray &name) const { return m_home + '/' + name; }
    void put(const QByteArray &name, const QByteArray &content) const;
    QByteArray get(const QByteArray &name) const;
    struct stat statusOf(const QByteArray &name) const;
    Result<void> replace(const QByteArray &name, const QByteArray &content,
                         const std::optional<files::FileAttributes> &expected = {});
    bool nothingIsLeft() const;

    template<typename T>
    static Result<T> result(QFuture<Result<T>> future);

    tests::ConnectionFixture m_directory;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    files::LocalFileSystem m_local;
    QByteArray m_home;
};

template<typename T>
Result<T> ContentReplacementTest::result(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return future.result();
}

void ContentReplacementTest::initTestCase()
{
    QVERIFY(m_directory.setUp());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_directory.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_connection = std::make_unique<ssh::Connection>(m_directory.settingsWithKey(*m_server));
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_connection->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_connection->state(), ssh::Connection::State::Ready, 20'000);
}

void ContentReplacementTest::places()
{
    QTest::addColumn<bool>("isLocal");
    QTest::newRow("server") << false;
    QTest::newRow("this computer") << true;
}

void ContentReplacementTest::init()
{
    m_home = (m_server->home() + u"/work"_s).toUtf8();
    ::chmod(path("locked").constData(), 0700);
    QDir(QString::fromUtf8(m_home)).removeRecursively();
    QVERIFY(QDir().mkpath(QString::fromUtf8(m_home)));
}

files::FileSystem &ContentReplacementTest::fileSystem()
{
    const QString row = QString::fromLatin1(QTest::currentDataTag());
    return row == u"server"_s ? static_cast<files::FileSystem &>(*m_client) : m_local;
}

void ContentReplacementTest::put(const QByteArray &name, const QByteArray &content) const
{
    std::unique_ptr<FILE, int (*)(FILE *)> file(::fopen(path(name).constData(), "w"), &::fclose);
    QVERIFY(file);
    QCOMPARE(::fwrite(content.constData(), 1, size_t(content.size()), file.get()),
             size_t(content.size()));
}

QByteArray ContentReplacementTest::get(const QByteArray &name) const
{
    std::unique_ptr<FILE, int (*)(FILE *)> stream(::fopen(path(name).constData(), "r"), &::fclose);
    QFile file;
    return stream && file.open(stream.get(), QIODevice::ReadOnly) ? file.readAll()
                                                                  : QByteArray("(none)");
}

struct stat ContentReplacementTest::statusOf(const QByteArray &name) const
{
    struct stat status = {};
    ::lstat(path(name).constData(), &status);
    return status;
}

Result<void> ContentReplacementTest::replace(const QByteArray &name, const QByteArray &content,
                                             const std::optional<files::FileAttributes> &expected)
{
    return result(fileSystem().replaceContent(FilePath(path(name)), content, expected));
}

bool ContentReplacementTest::nothingIsLeft() const
{
    return QDir(QString::fromUtf8(m_home))
        .entryList({u"*.part"_s}, QDir::Files | QDir::Hidden)
        .isEmpty();
}

void ContentReplacementTest::fileIsReplacedByAnother()
{
    put("report.txt", "before");
    const auto before = statusOf("report.txt");
    const auto replaced = replace("report.txt", "after");
    QVERIFY2(replaced, tests::reason(replaced).constData());
    QCOMPARE(get("report.txt"), QByteArray("after"));
    QVERIFY(statusOf("report.txt").st_ino != before.st_ino); // never half written
    QVERIFY(nothingIsLeft());
}

void ContentReplacementTest::modeIsKept()
{
    for (const mode_t mode : {0640, 0755, 04755, 0600, 0444}) {
        put("tool", "before");
        QCOMPARE(::chmod(path("tool").constData(), mode), 0);
        QVERIFY(replace("tool", "after"));
        QCOMPARE(get("tool"), QByteArray("after"));
        QCOMPARE(statusOf("tool").st_mode & 07777, mode);
        QVERIFY(QFile::remove(QString::fromUtf8(path("tool"))));
    }
}

void ContentReplacementTest::linkIsKeptAndItsTargetReplaced()
{
    put("target", "before");
    QCOMPARE(::symlink("target", path("link").constData()), 0);
    QVERIFY(replace("link", "after"));
    QVERIFY(S_ISLNK(statusOf("link").st_mode));
    QVERIFY(S_ISREG(statusOf("target").st_mode));
    QCOMPARE(get("target"), QByteArray("after"));
}

void ContentReplacementTest::hardLinksStayOneFile()
{
    put("one", "a longer text before");
    QCOMPARE(::link(path("one").constData(), path("two").constData()), 0);
    QVERIFY(replace("one", "after"));
    QCOMPARE(get("one"), QByteArray("after"));
    QCOMPARE(get("two"), QByteArray("after"));
    QCOMPARE(statusOf("one").st_ino, statusOf("two").st_ino);
    QVERIFY(nothingIsLeft());
}

// As setfacl(1) writes it: user 12345 may read. Entries of acl_ea.h: tag, permissions, id.
void ContentReplacementTest::accessListIsKept()
{
    put("it's", "a longer text before");
    const QByteArray list = QByteArray::fromHex("02000000"
                                                "01000600ffffffff"
                                                "0200040039300000"
                                                "04000400ffffffff"
                                                "10000400ffffffff"
                                                "20000000ffffffff");
    const auto size = static_cast<size_t>(list.size());
    const QByteArray name = path("it's");
    if (::setxattr(name.constData(), "system.posix_acl_access", list.constData(), size, 0) != 0) {
        QSKIP("no access lists on this file system");
    }
    const auto replaced = replace("it's", "after");
    QVERIFY2(replaced, tests::reason(replaced).constData());
    QCOMPARE(get("it's"), QByteArray("after"));
    QByteArray kept(list.size(), '\0');
    QCOMPARE(::getxattr(name.constData(), "system.posix_acl_access", kept.data(), size),
             static_cast<ssize_t>(size));
    QCOMPARE(kept, list);
    QVERIFY(nothingIsLeft());
}

void ContentReplacementTest::accessListIsRead()
{
    QVERIFY(sftp::hasAccessList("-rw-rw-r--+ 1 me users 12 Nov 27 12:00 name\n"));
    QVERIFY(!sftp::hasAccessList("-rw-rw-r--. 1 me users 12 Nov 27 12:00 name\n"));
    QVERIFY(!sftp::hasAccessList("-rw-rw-r-- 1 me users 12 Nov 27 12:00 name\n"));
    QVERIFY(!sftp::hasAccessList("Welcome to+ this server"));
    QVERIFY(!sftp::hasAccessList(""));
}

void ContentReplacementTest::directoryThatTakesNoFileIsWrittenInto()
{
    if (::geteuid() == 0 && m_server->userId() == 0) {
        QSKIP("root may write everywhere");
    }
    QVERIFY(QDir(QString::fromUtf8(m_home)).mkdir(u"locked"_s));
    put("locked/file", "a longer text before");
    QCOMPARE(::chmod(path("locked").constData(), 0555), 0);
    if (::access(path("locked").constData(), W_OK) == 0 && &fileSystem() == &m_local) {
        ::chmod(path("locked").constData(), 0755);
        QSKIP("root may write everywhere");
    }
    const auto before = statusOf("locked/file");
    const auto replaced = replace("locked/file", "after");
    QVERIFY2(replaced, tests::reason(replaced).constData());
    QCOMPARE(get("locked/file"), QByteArray("after"));
    QCOMPARE(statusOf("locked/file").st_ino, before.st_ino);
    ::chmod(path("locked").constData(), 0755); // to be removed
}

// Root gives the new file away; who may not writes into the old one.
void ContentReplacementTest::foreignOwnerIsKept()
{
    put("file", "a longer text before");
    if (::chown(path("file").constData(), 12345, 12346) != 0) {
        QSKIP("only root can make a file of somebody else");
    }
    QCOMPARE(::chmod(path("file").constData(), 0666), 0);
    const auto replaced = replace("file", "after");
    QVERIFY2(replaced, tests::reason(replaced).constData());
    QCOMPARE(get("file"), QByteArray("after"));
    QCOMPARE(statusOf("file").st_uid, 12345U);
    QCOMPARE(statusOf("file").st_gid, 12346U);
    QCOMPARE(statusOf("file").st_mode & 07777, mode_t(0666));
    QVERIFY(nothingIsLeft());
}

void ContentReplacementTest::goneFileIsMadeAnew()
{
    QVERIFY(replace("new", "content"));
    QCOMPARE(get("new"), QByteArray("content"));
}

void ContentReplacementTest::otherStateIsNotReplaced()
{
    put("file", "before");
    files::FileAttributes expected;
    expected.size = 3;
    expected.modificationTime = 1000;
    const auto replaced = replace("file", "after", expected);
    QVERIFY(!replaced);
    QCOMPARE(replaced.error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(get("file"), QByteArray("before"));
    const auto gone = replace("gone", "after", expected);
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
}

void ContentReplacementTest::directoryIsRefused()
{
    QVERIFY(QDir(QString::fromUtf8(m_home)).mkdir(u"folder"_s));
    const auto replaced = replace("folder", "after");
    QVERIFY(!replaced);
    QCOMPARE(replaced.error().kind, ErrorKind::IsADirectory);
}

void ContentReplacementTest::nameThatIsNoTextIsReplaced()
{
    const QByteArray name = "gr\xfc\xdf\n\x1b[31m.txt";
    put(name, "before");
    QVERIFY(replace(name, "after"));
    QCOMPARE(get(name), QByteArray("after"));
    ::unlink(path(name).constData()); // QDir would not find it
}

void ContentReplacementTest::largeContentArrivesWhole()
{
    QByteArray content;
    for (int line = 0; content.size() < 5'000'000; ++line) {
        content += QByteArray::number(line) + '\n';
    }
    put("large", "before");
    QVERIFY(replace("large", content));
    QCOMPARE(get("large"), content);
    QVERIFY(replace("large", ""));
    QCOMPARE(get("large"), QByteArray());
}

void ContentReplacementTest::writingIsProbed()
{
    put("file", "before");
    const auto before = statusOf("file");
    QVERIFY(result(fileSystem().probeWriting(FilePath(path("file")))));
    QCOMPARE(get("file"), QByteArray("before"));
    QCOMPARE(statusOf("file").st_mtim.tv_nsec, before.st_mtim.tv_nsec);
    QVERIFY(!result(fileSystem().probeWriting(FilePath(path("none")))));
}

void ContentReplacementTest::linkCountIsRead()
{
    // As sftp-server of OpenSSH and as ProFTPD write it; a server may write what it likes.
    QCOMPARE(sftp::linkCountIn("-rw-r--r--    2 me       users          12 Nov 27 12:00 a b"), 2);
    QCOMPARE(sftp::linkCountIn("-rw-r--r--   1 1000     1000           12 Nov 27 12:00 x"), 1);
    QVERIFY(!sftp::linkCountIn("x"));
    QVERIFY(!sftp::linkCountIn("-rw-r--r-- ? ? ? 12 x"));
    QVERIFY(!sftp::linkCountIn(""));
}

QTEST_GUILESS_MAIN(ContentReplacementTest)

#include "ContentReplacementTest.moc"
