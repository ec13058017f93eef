#include "sftp/Client.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QFutureWatcher>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;

// What a pane does to whole trees of a real sshd; what is expected is what the tools say of its
// disk.
class ServerChangesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void trashedFileComesBack();
    void trashKeepsSeveralOfOneName();
    void whereThereIsNoHomeItStaysBeside();
    void copyIsThatOfCp();
    void copyNeverOverwrites();
    void copyThatFailsLeavesNothing();
    void copyByCommandIsThatOfCp();
    void copyByCommandIsCancelled();
    void withoutAShellTheCopyGoesThroughUs();
    void onlyAnEmptyDirectoryIsRemoved();
    void sizeIsWhatFindCounts();
    void digestIsThatOfSha256sum();
    void partsOfAFileAreRead();
    void changedTreeCanBeSetBack();
    void listingComesInParts();

private:
    // Another server of its own, whose SFTP can not copy.
    struct Plain;
    FilePath remote(const QByteArray &name) const;
    void write(const QString &name, const QByteArray &content) const;
    void makeTree() const;
    QByteArray output(const QString &command) const;

    // Waits for the future; its last result, or ErrorKind::TimedOut if it takes too long.
    template<typename T>
    static Result<T> result(QFuture<Result<T>> future);

    ssh::ConnectionSettings settingsFor(const tests::SshServer &server) const;

    QTemporaryDir m_directory;
    tests::KeyPair m_key;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
};

template<typename T>
Result<T> ServerChangesTest::result(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)
        || future.resultCount() == 0) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return future.resultAt(future.resultCount() - 1);
}

void ServerChangesTest::initTestCase()
{
    const auto key = tests::generateKey(m_directory.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_key.publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_connection = std::make_unique<ssh::Connection>(settingsFor(*m_server));
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_connection->open();
    QTRY_COMPARE(m_connection->state(), ssh::Connection::State::Ready);
}

ssh::ConnectionSettings ServerChangesTest::settingsFor(const tests::SshServer &server) const
{
    QFile knownHosts(m_directory.filePath(u"known_hosts"_s));
    if (knownHosts.open(QIODevice::Append)) {
        knownHosts.write(server.knownHostsLine(tests::KeyType::Ed25519));
        knownHosts.close();
    }
    ssh::ConnectionSettings settings;
    settings.host = server.address();
    settings.port = server.port();
    settings.user = server.userName();
    settings.identityFiles = {m_key.privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {knownHosts.fileName()};
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    return settings;
}

// sftp-server(8) does not offer what -P denies.
struct ServerChangesTest::Plain
{
    Plain(const ServerChangesTest &test, const QStringList &configLines)
        : server(tests::SshServerOptions()
                     .withAuthorizedKey(test.m_key.publicLine)
                     .withSftpCommand(u"internal-sftp -P copy-data"_s)
                     .withConfigLines(configLines))
    {
        const auto started = server.start();
        QVERIFY2(started, tests::reason(started).constData());
        connection = std::make_unique<ssh::Connection>(test.settingsFor(server));
        client = std::make_unique<sftp::Client>(*connection);
        connection->open();
        QTRY_COMPARE(connection->state(), ssh::Connection::State::Ready);
    }

    tests::SshServer server;
    std::unique_ptr<ssh::Connection> connection;
    std::unique_ptr<sftp::Client> client;
};

void ServerChangesTest::init()
{
    QProcess::execute(
        u"sh"_s,
        {u"-c"_s,
         u"chmod -R u+rwX '%1/work' 2>/dev/null; rm -rf '%1/work'"_s.arg(m_server->home())});
    QVERIFY(QDir(m_server->home()).mkdir(u"work"_s));
}

FilePath ServerChangesTest::remote(const QByteArray &name) const
{
    return FilePath(m_server->home().toUtf8() + "/work").child(name);
}

void ServerChangesTest::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_server->home() + u"/work/"_s + name);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

void ServerChangesTest::makeTree() const
{
    QVERIFY(QDir(m_server->home() + u"/work"_s).mkpath(u"tree/closed"_s));
    write(u"tree/large"_s, QByteArray(3'000'000, 'x'));
    write(u"tree/closed/small"_s, "small");
    for (int i = 0; i < 50; ++i) {
        write(u"tree/file%1"_s.arg(i), QByteArray::number(i));
    }
    output(u"cd tree && ln -s closed/small link && touch -d '2020-02-02 02:02:02' large closed && "
           "chmod 640 closed/small && chmod 550 closed"_s);
}

QByteArray ServerChangesTest::output(const QString &command) const
{
    QProcess process;
    process.setWorkingDirectory(m_server->home() + u"/work"_s);
    process.start(u"sh"_s, {u"-c"_s, command});
    process.waitForFinished();
    return process.readAllStandardOutput();
}

void ServerChangesTest::trashedFileComesBack()
{
    for (const QByteArray &name : {QByteArray("report.txt"), QByteArray("a\xff\nb")}) {
        QVERIFY(result(m_client->makeFile(remote(name))));
        const auto trashed = result(m_client->moveToTrash(remote(name)));
        QVERIFY2(trashed, tests::reason(trashed).constData());
        QVERIFY(!result(m_client->status(remote(name))));
        QVERIFY(result(m_client->status(trashed->info)));

        const auto restored = result(m_client->restore(*trashed));
        QVERIFY2(restored, tests::reason(restored).constData());
        QVERIFY(result(m_client->status(remote(name))));
        QTRY_VERIFY(!result(m_client->status(trashed->info)));
    }
    QCOMPARE(result(m_client->moveToTrash(remote("nothing"))).error().kind, ErrorKind::NotFound);
}

void ServerChangesTest::trashKeepsSeveralOfOneName()
{
    write(u"file"_s, "first");
    const auto first = result(m_client->moveToTrash(remote("file")));
    write(u"file"_s, "second");
    const auto second = result(m_client->moveToTrash(remote("file")));
    QVERIFY(first && second);
    QVERIFY(first->file != second->file);

    write(u"file"_s, "third");
    QCOMPARE(result(m_client->restore(*first)).error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(output(u"cat file"_s), QByteArray("third"));
    QVERIFY(QFile::remove(m_server->home() + u"/work/file"_s));
    QVERIFY(result(m_client->restore(*first)));
    QCOMPARE(output(u"cat file"_s), QByteArray("first"));
}

// /dev/shm is another file system than that of the home directory.
void ServerChangesTest::whereThereIsNoHomeItStaysBeside()
{
    const QTemporaryDir other(u"/dev/shm/trash-XXXXXX"_s);
    if (!other.isValid()) {
        QSKIP("no second file system here");
    }
    const FilePath file = FilePath(other.path().toUtf8()).child("file");
    QVERIFY(result(m_client->makeFile(file)));
    const auto trashed = result(m_client->moveToTrash(file));
    QVERIFY2(trashed, tests::reason(trashed).constData());
    QCOMPARE(trashed->file.bytes(), other.path().toUtf8() + "/.ponto-trash/files/file");
    QVERIFY(result(m_client->restore(*trashed)));
    QVERIFY(QFile::exists(other.filePath(u"file"_s)));
}

void ServerChangesTest::copyIsThatOfCp()
{
    makeTree();
    const auto copied = result(m_client->copyTree(remote("tree"), remote("copy")));
    QVERIFY2(copied, tests::reason(copied).constData());
    output(u"cp -a tree expected"_s);
    const QString listing = u"cd %1 && find . ! -type l -printf '%p %m %y %s %T@\\n' | sort | "
                            "sed 's/\\.[0-9]*$//'; readlink link"_s;
    QCOMPARE(output(listing.arg(u"copy"_s)), output(listing.arg(u"expected"_s)));
    QCOMPARE(output(u"diff -r copy expected && echo same"_s), QByteArray("same\n"));
}

void ServerChangesTest::copyNeverOverwrites()
{
    write(u"a"_s, "a");
    write(u"b"_s, "b");
    QCOMPARE(result(m_client->copyTree(remote("a"), remote("b"))).error().kind,
             ErrorKind::AlreadyExists);
    QCOMPARE(output(u"cat b"_s), QByteArray("b"));
    QVERIFY(!result(m_client->copyTree(remote("a"), remote("a/b"))));
}

void ServerChangesTest::copyThatFailsLeavesNothing()
{
    makeTree();
    output(u"mkfifo tree/zzz-pipe"_s); // has no contents that could be copied
    QVERIFY(!result(m_client->copyTree(remote("tree"), remote("copy"))));
    QCOMPARE(output(u"ls -A"_s), QByteArray("tree\n"));
}

// Names that a shell or cp itself would take for something else.
void ServerChangesTest::copyByCommandIsThatOfCp()
{
    makeTree();
    Plain plain(*this, {});
    for (const QByteArray &name :
         {QByteArray("copy"), QByteArray("-rf"), QByteArray("a'b $(touch x) \n\xff;*")}) {
        const auto copied = result(plain.client->copyTree(remote("tree"), remote(name)));
        QVERIFY2(copied, tests::reason(copied).constData());
        QVERIFY(result(m_client->status(remote(name).child("large"))));
        QCOMPARE(result(plain.client->copyTree(remote("tree"), remote(name))).error().kind,
                 ErrorKind::AlreadyExists);
    }
    QVERIFY(plain.server.logText().contains("Starting session: command"));
    output(u"cp -a tree expected"_s);
    const QString listing = u"cd %1 && find . ! -type l -printf '%p %m %y %s %T@\\n' | sort | "
                            "sed 's/\\.[0-9]*$//'; readlink link"_s;
    QCOMPARE(output(listing.arg(u"copy"_s)), output(listing.arg(u"expected"_s)));
    QCOMPARE(output(u"ls -Ab | wc -l"_s).trimmed(), QByteArray("5"));
}

void ServerChangesTest::copyByCommandIsCancelled()
{
    output(u"mkdir tree && cd tree && seq 1 30000 | xargs touch"_s);
    Plain plain(*this, {});
    auto copying = plain.client->copyTree(remote("tree"), remote("copy"));
    QTRY_VERIFY_WITH_TIMEOUT(copying.progressValue() > 10, 10'000);
    copying.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(copying.isFinished(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(output(u"ls -A"_s), QByteArray("tree\n"), 20'000);
}

// ForceCommand runs what it likes, and ends well.
void ServerChangesTest::withoutAShellTheCopyGoesThroughUs()
{
    makeTree();
    Plain plain(*this, {u"ForceCommand internal-sftp -P copy-data"_s});
    const auto copied = result(plain.client->copyTree(remote("tree"), remote("copy")));
    QVERIFY2(copied, tests::reason(copied).constData());
    QCOMPARE(output(u"diff -r copy tree && echo same"_s), QByteArray("same\n"));
    QCOMPARE(output(u"ls -A"_s), QByteArray("copy\ntree\n"));
}

void ServerChangesTest::onlyAnEmptyDirectoryIsRemoved()
{
    output(u"mkdir empty full && touch full/inside"_s);
    QVERIFY(result(m_client->removeDirectory(remote("empty"))));
    QCOMPARE(result(m_client->removeDirectory(remote("full"))).error().kind,
             ErrorKind::DirectoryNotEmpty);
    QCOMPARE(output(u"ls"_s), QByteArray("full\n"));
}

void ServerChangesTest::sizeIsWhatFindCounts()
{
    makeTree();
    const auto size = result(m_client->measureTree(remote("tree")));
    QVERIFY2(size, tests::reason(size).constData());
    QCOMPARE(size->bytes,
             output(u"find tree -type f -printf '%s\\n' | awk '{s+=$1} END {print s}'"_s)
                 .trimmed()
                 .toULongLong());
    QCOMPARE(size->files, output(u"find tree ! -type d | wc -l"_s).trimmed().toULongLong());
    QCOMPARE(size->directories, 2U);
}

void ServerChangesTest::digestIsThatOfSha256sum()
{
    write(u"it's"_s, QByteArray(3'000'000, 'x') + "end");
    const auto digest = result(m_client->digest(remote("it's")));
    QVERIFY2(digest, tests::reason(digest).constData());
    QCOMPARE(digest->sha256.toHex(), output(u"sha256sum < it\\'s"_s).first(64));
    QCOMPARE(digest->way, files::Digest::Way::ByServer);
    QVERIFY(!result(m_client->digest(remote("nothing"))));
}

void ServerChangesTest::partsOfAFileAreRead()
{
    QByteArray content;
    for (int i = 0; i < 100'000; ++i) {
        content += QByteArray::number(i);
    }
    write(u"file"_s, content);
    QCOMPARE(*result(m_client->readPart(remote("file"), 2, 300'000)), content.mid(2, 300'000));
    QCOMPARE(*result(m_client->readPart(remote("file"), 400'000, 1'000'000)), content.mid(400'000));
    QCOMPARE(*result(m_client->readPart(remote("file"), 10'000'000, 10)), QByteArray());
}

void ServerChangesTest::changedTreeCanBeSetBack()
{
    makeTree();
    const QString listing = u"find tree -printf '%p %m\\n' | sort"_s;
    const QByteArray before = output(listing);
    auto record = std::make_shared<files::ChangeRecord>();
    const files::ModeMask mask{.set = 0700, .clear = 0077};
    QVERIFY(result(
        m_client->changeTree(remote("tree"), {.directories = mask, .others = mask}, record)));
    QVERIFY(output(listing) != before);

    for (const files::ChangedFile &changed : std::as_const(*record)) {
        QVERIFY(result(m_client->setAttributes(changed.path, changed.before)));
    }
    QCOMPARE(output(listing), before);
}

// Each part has what is new; the last result is the whole.
void ServerChangesTest::listingComesInParts()
{
    output(u"mkdir many && cd many && seq 1 30000 | xargs touch"_s);
    auto future = m_client->listInParts(remote("many"));
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000);
    qsizetype inParts = 0;
    for (int i = 0; i + 1 < future.resultCount(); ++i) {
        inParts += future.resultAt(i)->size();
    }
    const auto whole = future.resultAt(future.resultCount() - 1);
    QVERIFY2(whole, tests::reason(whole).constData());
    QCOMPARE(whole->size(), 30'000);
    QVERIFY(inParts <= whole->size());
}

QTEST_GUILESS_MAIN(ServerChangesTest)

#include "ServerChangesTest.moc"
