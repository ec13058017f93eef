#include "sftp/Client.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FileEntry;
using files::FileMode;
using files::FilePath;
using files::FileType;

// Against a real sshd; what is expected is what the disk of the server says.
class SftpClientTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void loginStartsInHome();
    void listsWhatIsThere();
    void makesRenamesAndRemoves();
    void changesMode();
    void missingSubsystemIsUnsupported();
    void noisyLoginIsQuoted();
    void commandServesFiles();
    void failingCommandIsQuoted();
    void sudoNeverWaitsForAPassword();
    void lostConnectionFailsWhatWaits();
    void destroyedClientAnswersEverything();

private:
    void start(tests::SshServerOptions options = {}, const QString &sftpServer = {});
    FilePath remote(const QByteArray &name) const;
    QString local(const QString &name) const { return m_server->home() + u'/' + name; }

    // Waits for the future; ErrorKind::TimedOut if it takes too long.
    template<typename T>
    static Result<T> result(QFuture<Result<T>> future);

    QTemporaryDir m_directory;
    tests::KeyPair m_key;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
};

template<typename T>
Result<T> SftpClientTest::result(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)
        || future.resultCount() == 0) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return future.result();
}

void SftpClientTest::initTestCase()
{
    const auto key = tests::generateKey(m_directory.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
}

void SftpClientTest::init()
{
    start();
}

void SftpClientTest::cleanup()
{
    m_client.reset();
    m_connection.reset();
    m_server.reset();
}

void SftpClientTest::start(tests::SshServerOptions options, const QString &sftpServer)
{
    cleanup();
    m_server = std::make_unique<tests::SshServer>(options.withAuthorizedKey(m_key.publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    QFile knownHosts(m_directory.filePath(u"known_hosts"_s));
    QVERIFY(knownHosts.open(QIODevice::WriteOnly));
    knownHosts.write(m_server->knownHostsLine(tests::KeyType::Ed25519));
    knownHosts.close();

    ssh::ConnectionSettings settings;
    settings.host = m_server->address();
    settings.port = m_server->port();
    settings.user = m_server->userName();
    settings.identityFiles = {m_key.privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {knownHosts.fileName()};
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    settings.sftpServer = sftpServer;
    m_connection = std::make_unique<ssh::Connection>(settings);
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_connection->open();
}

FilePath SftpClientTest::remote(const QByteArray &name) const
{
    return FilePath(m_server->home().toUtf8()).child(name);
}

void SftpClientTest::loginStartsInHome()
{
    QSignalSpy opened(m_client.get(), &sftp::Client::opened);

    const auto home = result(m_client->canonical({}));

    QVERIFY2(home, tests::reason(home).constData());
    if (tests::SshServer::whyNoPasswords().isEmpty()) {
        QCOMPARE(home->bytes(), QFileInfo(m_server->home()).canonicalFilePath().toUtf8());
    }
    QTRY_COMPARE(opened.size(), 1);
}

void SftpClientTest::listsWhatIsThere()
{
    QFile file(local(u"with space"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("12345") == 5);
    file.close();
    QVERIFY(QDir(m_server->home()).mkdir(u"folder"_s));
    QVERIFY(QFile::link(u"folder"_s, local(u"link"_s)));

    const auto entries = result(m_client->list(remote({})));

    QVERIFY2(entries, tests::reason(entries).constData());
    const auto named = [&entries](const QByteArray &name) {
        const auto found = std::ranges::find(*entries, name, &FileEntry::name);
        return found != entries->end() ? *found : FileEntry();
    };
    QCOMPARE(named("with space").attributes.size, 5U);
    QCOMPARE(named("with space").attributes.type(), FileType::Regular);
    QCOMPARE(named("folder").attributes.type(), FileType::Directory);
    QCOMPARE(named("link").attributes.type(), FileType::SymbolicLink);
    QCOMPARE(named("link").targetType, FileType::Directory);
}

void SftpClientTest::makesRenamesAndRemoves()
{
    QVERIFY(result(m_client->makeDirectory(remote("a"))));
    QVERIFY(result(m_client->makeFile(remote("a/one"))));
    QCOMPARE(result(m_client->makeDirectory(remote("a"))).error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(result(m_client->makeFile(remote("a/one"))).error().kind, ErrorKind::AlreadyExists);

    QVERIFY(result(m_client->makeFile(remote("a/two"))));
    QCOMPARE(result(m_client->rename(remote("a/one"), remote("a/two"))).error().kind,
             ErrorKind::AlreadyExists);
    QVERIFY(result(m_client->rename(remote("a/one"), remote("a/-three\n"))));
    QVERIFY(QFile::exists(local(u"a/-three\n"_s)));

    QVERIFY(result(m_client->removeTree(remote("a"))));
    QVERIFY(!QFile::exists(local(u"a"_s)));
    QCOMPARE(result(m_client->removeTree(remote("a"))).error().kind, ErrorKind::NotFound);
}

void SftpClientTest::changesMode()
{
    QVERIFY(result(m_client->makeFile(remote("file"))));

    QVERIFY(result(m_client->setMode(remote("file"), FileMode(0640))));

    struct stat status = {};
    QCOMPARE(::stat(qPrintable(local(u"file"_s)), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0640U);
    QCOMPARE(result(m_client->status(remote("file")))->attributes.mode(), FileMode(0640));
}

void SftpClientTest::missingSubsystemIsUnsupported()
{
    tests::SshServerOptions options;
    start(options.withoutSftp());
    QSignalSpy closed(m_client.get(), &sftp::Client::closed);

    QCOMPARE(result(m_client->list(remote({}))).error().kind, ErrorKind::Unsupported);
    QTRY_COMPARE(closed.size(), 1);
}

void SftpClientTest::noisyLoginIsQuoted()
{
    tests::SshServerOptions options;
    start(options.withSftpCommand(u"echo Welcome home; /usr/lib/openssh/sftp-server"_s));

    const auto entries = result(m_client->list(remote({})));

    QVERIFY(!entries);
    QCOMPARE(entries.error().kind, ErrorKind::ProtocolViolation);
    QCOMPARE(entries.error().quote, u"Welcome home"_s);
}

void SftpClientTest::commandServesFiles()
{
    start(tests::SshServerOptions().withoutSftp(), u"/usr/lib/openssh/sftp-server -e"_s);
    QVERIFY(QDir(m_server->home()).mkdir(u"folder"_s));

    const auto entry = result(m_client->status(remote("folder")));

    QVERIFY2(entry, tests::reason(entry).constData());
    QCOMPARE(entry->attributes.type(), FileType::Directory);
}

void SftpClientTest::failingCommandIsQuoted()
{
    start({}, u"/nonexistent/sftp-server"_s);

    const auto entries = result(m_client->list(remote({})));

    QVERIFY(!entries);
    QCOMPARE(entries.error().kind, ErrorKind::Unsupported);
    QVERIFY2(entries.error().quote.contains(u"/nonexistent/sftp-server: not found"_s),
             qPrintable(entries.error().quote));
}

// In the place of sudo(8): a program that shows how it was called.
void SftpClientTest::sudoNeverWaitsForAPassword()
{
    const QString programs = m_directory.filePath(u"bin"_s);
    QVERIFY(QDir().mkpath(programs));
    QFile sudo(programs + u"/sudo"_s);
    QVERIFY(sudo.open(QIODevice::WriteOnly));
    sudo.write("#!/bin/sh\n[ \"$1\" = -n ] && shift && exec \"$@\"\n");
    sudo.close();
    const auto mode = QFile::ReadOwner | QFile::ExeOwner;
    QVERIFY(sudo.setPermissions(mode));
    tests::SshServerOptions options;
    options.withConfigLines({u"SetEnv PATH="_s + programs + u":/usr/bin:/bin"_s});
    start(options, u"sudo"_s);

    const auto home = result(m_client->canonical({}));
    QVERIFY2(home, tests::reason(home).constData());

    sudo.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(sudo.open(QIODevice::WriteOnly));
    sudo.write("#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
    sudo.close();
    sudo.setPermissions(mode);
    start(options, u"sudo"_s);
    const auto refused = result(m_client->canonical({}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
    QCOMPARE(refused.error().quote, u"sudo: a password is required"_s);
}

void SftpClientTest::lostConnectionFailsWhatWaits()
{
    QVERIFY(result(m_client->canonical({})));
    QSignalSpy closed(m_client.get(), &sftp::Client::closed);
    m_server->freezeSessions();
    auto waiting = m_client->list(remote({}));

    m_server->killSessions();

    QCOMPARE(result(waiting).error().kind, ErrorKind::ConnectionLost);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(result(m_client->list(remote({}))).error().kind, ErrorKind::ConnectionLost);
}

void SftpClientTest::destroyedClientAnswersEverything()
{
    QVERIFY(result(m_client->canonical({})));
    m_server->freezeSessions();
    auto waiting = m_client->list(remote({}));

    m_client.reset();

    const auto answer = result(waiting);
    m_server->thawSessions();
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(SftpClientTest)

#include "SftpClientTest.moc"
