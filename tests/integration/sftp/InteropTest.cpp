#include "sftp/Client.h"
#include "sftp/Engine.h"
#include "tests/support/ForeignServer.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "transfer/TransferQueue.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FileEntry;
using files::FileMode;
using files::FilePath;
using files::FileType;
using tests::ForeignServer;
using transfer::Direction;
using transfer::Summary;

namespace {

// A server of one kind, a login on it and what works with its files.
struct Peer
{
    std::unique_ptr<tests::SshServer> openSsh; // one of the two
    std::unique_ptr<ForeignServer> foreign;
    std::unique_ptr<ssh::Connection> connection;
    std::unique_ptr<sftp::Client> client;
    std::unique_ptr<transfer::TransferQueue> queue;
    QString home;
};

// Waits for the future; ErrorKind::TimedOut if it takes too long.
template<typename T>
Result<T> await(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)
        || future.resultCount() == 0) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return future.result();
}

// Bytes among which no two chunks are alike.
QByteArray pattern(qsizetype size)
{
    QByteArray data(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : data) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return data;
}

// Through a descriptor, because QFile takes names for text.
void write(const QByteArray &path, const QByteArray &data)
{
    const int descriptor = ::open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    QVERIFY(descriptor >= 0);
    const auto written = ::write(descriptor, data.constData(), static_cast<size_t>(data.size()));
    ::close(descriptor);
    QCOMPARE(written, data.size());
}

bool exists(const QByteArray &path)
{
    struct stat status = {};
    return ::lstat(path.constData(), &status) == 0;
}

// What diff(1) says of two directories; empty if they are alike.
QByteArray difference(const QString &one, const QString &other)
{
    QProcess diff;
    diff.start(u"diff"_s, {u"-r"_s, u"--no-dereference"_s, one, other});
    return diff.waitForFinished() ? diff.readAll() : "diff did not run";
}

} // namespace

// The same on every server that people meet: OpenSSH's, dropbear, ProFTPD, AsyncSSH and Paramiko.
// They differ in their extensions, in the order of a link's arguments, in what RENAME overwrites
// and in the numbers of their failures; what the user gets must not. What is expected is what the
// disk says.
class InteropTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void listsEveryName();
    void makesRenamesAndRemoves();
    void renameNeverOverwrites();
    void changesMode();
    void linkPointsWhereItShould();
    void removedLinkLeavesItsTarget();
    void missingFilesAreNotFound();
    void filesAreHashedWhereTheServerCan();
    void treeGoesUpAndDown();
    void replacedFileIsWhole();
    void cancelledUploadLeavesNothing();
    void cancelledDownloadLeavesNothing();

private:
    void start(const QString &kind, Peer &peer);
    QByteArray onDisk(const QByteArray &name = {}) const;
    FilePath remote(const QByteArray &name = {}) const;
    QString local(const QString &name) const { return m_local->filePath(name); }
    transfer::TransferJob *add(Direction direction, const FilePath &source,
                               const FilePath &directory) const;
    static Result<Summary> resultOf(transfer::TransferJob &job);
    static Result<Summary> resultOfCancelling(transfer::TransferJob &job);
    static bool isRow(const QString &name);
    static bool takesAllBytes() { return !isRow(u"Paramiko"_s); } // it takes names for UTF-8

    QTemporaryDir m_keys;
    tests::KeyPair m_key;
    std::map<QString, Peer> m_peers; // started once each
    Peer *m_peer = nullptr; // of the row
    std::unique_ptr<QTemporaryDir> m_local;
    QByteArray m_folder; // of the test function, in the server's home
};

void InteropTest::initTestCase_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"OpenSSH", "dropbear", "ProFTPD", "AsyncSSH", "Paramiko"}) {
        QTest::newRow(kind) << QString::fromLatin1(kind);
    }
}

void InteropTest::initTestCase()
{
    const auto key = tests::generateKey(m_keys.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
}

void InteropTest::init()
{
    QFETCH_GLOBAL(QString, kind);
    m_peer = &m_peers[kind];
    if (!m_peer->connection) {
        start(kind, *m_peer);
    }
    if (!m_peer->connection || QTest::currentTestFailed()) {
        return;
    }
    m_local = std::make_unique<QTemporaryDir>();
    m_folder = QTest::currentTestFunction();
    QVERIFY(QDir(m_peer->home).mkdir(QString::fromLatin1(m_folder)));
}

// QTemporaryDir can not remove names that are not UTF-8.
void InteropTest::cleanup()
{
    if (m_local) {
        QCOMPARE(QProcess::execute(u"rm"_s, {u"-r"_s, m_local->path()}), 0);
        QCOMPARE(QProcess::execute(u"rm"_s, {u"-r"_s, QString::fromUtf8(onDisk())}), 0);
        m_local.reset();
    }
}

void InteropTest::cleanupTestCase()
{
    m_peers.clear();
}

void InteropTest::start(const QString &kind, Peer &peer)
{
    const std::map<QString, ForeignServer::Kind> kinds{
        {u"dropbear"_s, ForeignServer::Kind::Dropbear},
        {u"ProFTPD"_s, ForeignServer::Kind::ProFtpd},
        {u"AsyncSSH"_s, ForeignServer::Kind::AsyncSsh},
        {u"Paramiko"_s, ForeignServer::Kind::Paramiko}};
    ssh::ConnectionSettings settings;
    QByteArray hostLine;
    if (const auto found = kinds.find(kind); found != kinds.end()) {
        if (const QString why = ForeignServer::whyUnavailable(found->second); !why.isEmpty()) {
            QSKIP(qPrintable(why));
        }
        peer.foreign = std::make_unique<ForeignServer>(found->second, m_key);
        const auto started = peer.foreign->start();
        QVERIFY2(started, tests::reason(started).constData());
        settings.port = peer.foreign->port();
        settings.user = u"tester"_s;
        hostLine = peer.foreign->hostKey().publicLine;
        peer.home = peer.foreign->home();
    } else {
        tests::SshServerOptions options;
        peer.openSsh
            = std::make_unique<tests::SshServer>(options.withAuthorizedKey(m_key.publicLine));
        const auto started = peer.openSsh->start();
        QVERIFY2(started, tests::reason(started).constData());
        settings.port = peer.openSsh->port();
        settings.user = peer.openSsh->userName();
        hostLine = peer.openSsh->hostKey(tests::KeyType::Ed25519).publicLine;
        peer.home = peer.openSsh->home();
    }
    settings.host = u"127.0.0.1"_s;
    settings.identityFiles = {m_key.privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {m_keys.filePath(u"known_hosts_"_s + kind)};
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    write(settings.knownHostsFiles.first().toUtf8(),
          "[127.0.0.1]:" + QByteArray::number(settings.port) + ' ' + hostLine + '\n');

    peer.connection = std::make_unique<ssh::Connection>(settings);
    peer.client = std::make_unique<sftp::Client>(*peer.connection);
    peer.queue = std::make_unique<transfer::TransferQueue>(*peer.client);
    peer.connection->open();
    QTRY_COMPARE_WITH_TIMEOUT(peer.connection->state(), ssh::Connection::State::Ready, 20'000);
}

QByteArray InteropTest::onDisk(const QByteArray &name) const
{
    const QByteArray folder = m_peer->home.toUtf8() + '/' + m_folder;
    return name.isEmpty() ? folder : folder + '/' + name;
}

FilePath InteropTest::remote(const QByteArray &name) const
{
    return FilePath(onDisk(name));
}

transfer::TransferJob *InteropTest::add(Direction direction, const FilePath &source,
                                        const FilePath &directory) const
{
    transfer::TransferRequest request;
    request.direction = direction;
    request.sources = {source};
    request.targetDirectory = directory;
    return m_peer->queue->add(request);
}

Result<Summary> InteropTest::resultOf(transfer::TransferJob &job)
{
    QSignalSpy finished(&job, &transfer::TransferJob::finished);
    if (job.state() != transfer::TransferJob::State::Finished && !finished.wait(40'000)) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return finished.isEmpty() ? base::Failure(base::Error{ErrorKind::Internal})
                              : finished.first().first().value<Result<Summary>>();
}

Result<Summary> InteropTest::resultOfCancelling(transfer::TransferJob &job)
{
    QSignalSpy finished(&job, &transfer::TransferJob::finished);
    job.cancel();
    if (finished.isEmpty() && !finished.wait(40'000)) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return finished.first().first().value<Result<Summary>>();
}

bool InteropTest::isRow(const QString &name)
{
    QFETCH_GLOBAL(QString, kind);
    return kind == name;
}

void InteropTest::listsEveryName()
{
    QByteArrayList names{"plain",    "with space",  "-dash",
                         "quote'\"", "line\nbreak", "\xc3\xa9t\xc3\xa9"};
    if (takesAllBytes()) {
        names.append("not-utf8-\xff");
    }
    for (const QByteArray &name : names) {
        write(onDisk(name), "12345");
    }

    const auto entries = await(m_peer->client->list(remote()));

    QVERIFY2(entries, tests::reason(entries).constData());
    QByteArrayList listed;
    for (const FileEntry &entry : *entries) {
        listed.append(entry.name);
        QCOMPARE(entry.attributes.size, 5U);
        QCOMPARE(entry.attributes.type(), FileType::Regular);
    }
    std::ranges::sort(listed);
    std::ranges::sort(names);
    QCOMPARE(listed, names);
}

void InteropTest::makesRenamesAndRemoves()
{
    sftp::Client &client = *m_peer->client;
    QVERIFY(await(client.makeDirectory(remote("a"))));
    QVERIFY(await(client.makeFile(remote("a/one"))));
    QCOMPARE(await(client.makeDirectory(remote("a"))).error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(await(client.makeFile(remote("a/one"))).error().kind, ErrorKind::AlreadyExists);

    QVERIFY(await(client.rename(remote("a/one"), remote("a/two words"))));
    QVERIFY(exists(onDisk("a/two words")));
    QVERIFY(!exists(onDisk("a/one")));

    QVERIFY(await(client.makeDirectory(remote("a/deep"))));
    QVERIFY(await(client.makeFile(remote("a/deep/file"))));
    QVERIFY(await(client.removeTree(remote("a"))));
    QVERIFY(!exists(onDisk("a")));
}

void InteropTest::renameNeverOverwrites()
{
    write(onDisk("one"), "one");
    write(onDisk("two"), "two");

    const auto renamed = await(m_peer->client->rename(remote("one"), remote("two")));

    QVERIFY(!renamed);
    QCOMPARE(renamed.error().kind, ErrorKind::AlreadyExists);
    QFile two(QString::fromUtf8(onDisk("two")));
    QVERIFY(two.open(QIODevice::ReadOnly));
    QCOMPARE(two.readAll(), "two");
}

void InteropTest::changesMode()
{
    write(onDisk("file"), {});

    QVERIFY(await(m_peer->client->setMode(remote("file"), FileMode(0640))));

    struct stat status = {};
    QCOMPARE(::lstat(onDisk("file").constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0640U);
    QCOMPARE(await(m_peer->client->status(remote("file")))->attributes.mode(), FileMode(0640));
}

void InteropTest::linkPointsWhereItShould()
{
    write(onDisk("target"), {});
    // Shared with the callback on the connection's thread, which may outlive this function.
    const auto made = std::make_shared<QPromise<Result<void>>>();
    made->start();
    const FilePath link = remote("link");
    m_peer->client->post([made, link](sftp::Engine *engine) {
        QVERIFY(engine != nullptr);
        engine->makeLink(link, "target", [made](const Result<void> &result) {
            made->addResult(result);
            made->finish();
        });
    });
    const auto result = await(made->future());
    QVERIFY2(result, tests::reason(result).constData());

    const auto entry = await(m_peer->client->status(link));

    char target[64] = {};
    QCOMPARE(::readlink(onDisk("link").constData(), target, sizeof target), 6);
    QCOMPARE(QByteArray(target), "target");
    QVERIFY2(entry, tests::reason(entry).constData());
    if (!isRow(u"ProFTPD"_s)) { // which followed links in its answer to LSTAT, seen with 1.3.8
        QCOMPARE(entry->attributes.type(), FileType::SymbolicLink);
    }
}

void InteropTest::removedLinkLeavesItsTarget()
{
    QVERIFY(QDir().mkpath(QString::fromUtf8(onDisk("folder"))));
    write(onDisk("folder/file"), "precious");
    QVERIFY(QFile::link(u"folder"_s, QString::fromUtf8(onDisk("link"))));

    const auto removed = await(m_peer->client->removeTree(remote("link")));

    QVERIFY2(removed, tests::reason(removed).constData());
    QVERIFY(!exists(onDisk("link")));
    QVERIFY(exists(onDisk("folder/file")));
}

void InteropTest::missingFilesAreNotFound()
{
    sftp::Client &client = *m_peer->client;

    QCOMPARE(await(client.list(remote("none"))).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(client.status(remote("none"))).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(client.removeTree(remote("none"))).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(client.rename(remote("none"), remote("other"))).error().kind,
             ErrorKind::NotFound);
}

void InteropTest::filesAreHashedWhereTheServerCan()
{
    const QByteArray data = pattern(3'000'001);
    write(onDisk("file"), data);
    const sftp::FileRange whole{.offset = 0, .length = 3'000'001};
    const sftp::FileRange part{.offset = 1'000'000, .length = 77'777};
    const auto sha256 = [](QByteArrayView bytes) {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    };

    const auto hash = await(m_peer->client->hash(remote("file"), whole));
    const auto partHash = await(m_peer->client->hash(remote("file"), part));
    const auto missing = await(m_peer->client->hash(remote("none"), whole));

    QVERIFY(!missing);
    if (missing.error().kind == ErrorKind::Unsupported) {
        // ProFTPD tells clients of version 3 that it can from 1.3.9 on; of the others none can.
        QCOMPARE(hash.error().kind, ErrorKind::Unsupported);
        return;
    }
    QVERIFY(isRow(u"ProFTPD"_s));
    QVERIFY2(hash, tests::reason(hash).constData());
    QCOMPARE(hash->toHex(), sha256(data).toHex());
    QVERIFY2(partHash, tests::reason(partHash).constData());
    QCOMPARE(partHash->toHex(), sha256(QByteArrayView(data).sliced(1'000'000, 77'777)).toHex());
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
}

void InteropTest::treeGoesUpAndDown()
{
    const QByteArray tree = local(u"tree"_s).toUtf8();
    QVERIFY(QDir().mkpath(local(u"tree/deep/deeper"_s)));
    QVERIFY(QDir().mkpath(local(u"tree/empty folder"_s)));
    write(tree + "/empty", {});
    write(tree + "/one byte", "1");
    if (takesAllBytes()) {
        write(tree + "/not-utf8-\xff", "name");
    }
    for (const qsizetype size : {32'767, 32'768, 32'769, 261'120, 261'121, 3'000'001}) {
        write(tree + "/deep/deeper/" + QByteArray::number(size), pattern(size));
    }
    for (int number = 0; number < 50; ++number) {
        write(tree + "/deep/small " + QByteArray::number(number), pattern(number));
    }

    const auto up = resultOf(*add(Direction::Upload, FilePath(tree), remote()));
    QVERIFY2(up, tests::reason(up).constData());
    QCOMPARE(up->failures.size(), 0);
    QCOMPARE(difference(local(u"tree"_s), QString::fromUtf8(onDisk("tree"))), QByteArray());

    QVERIFY(QDir().mkpath(local(u"back"_s)));
    const auto down
        = resultOf(*add(Direction::Download, remote("tree"), FilePath(local(u"back"_s).toUtf8())));
    QVERIFY2(down, tests::reason(down).constData());
    QCOMPARE(down->failures.size(), 0);
    QCOMPARE(down->filesCopied, up->filesCopied);
    QCOMPARE(difference(local(u"tree"_s), local(u"back/tree"_s)), QByteArray());
}

void InteropTest::replacedFileIsWhole()
{
    const QByteArray data = pattern(700'000);
    write(local(u"file"_s).toUtf8(), data);
    write(onDisk("file"), "the old one");
    transfer::TransferJob *job
        = add(Direction::Upload, FilePath(local(u"file"_s).toUtf8()), remote());
    connect(job, &transfer::TransferJob::conflictRaised, job,
            [job](const transfer::Conflict &conflict) {
                job->answer(conflict.id, transfer::ConflictAnswer::Overwrite,
                            transfer::AnswerScope::ThisFile);
            });

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QFile file(QString::fromUtf8(onDisk("file")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == data);
    // Where the server can not replace in one step, the old file goes last.
    QTRY_COMPARE(QDir(QString::fromUtf8(onDisk())).entryList(QDir::Files | QDir::Hidden),
                 QStringList{u"file"_s});
}

void InteropTest::cancelledUploadLeavesNothing()
{
    QFile source(local(u"large"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(qint64{1} << 32));
    const auto names = [this] {
        return QDir(QString::fromUtf8(onDisk()))
            .entryList(QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
    };
    transfer::TransferJob *job
        = add(Direction::Upload, FilePath(source.fileName().toUtf8()), remote());
    QTRY_COMPARE(names().size(), 1);
    QVERIFY(names().first() != u"large"_s);

    QCOMPARE(resultOfCancelling(*job).error().kind, ErrorKind::Cancelled);
    QTRY_COMPARE(names(), QStringList());
}

void InteropTest::cancelledDownloadLeavesNothing()
{
    QFile source(QString::fromUtf8(onDisk("large")));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(qint64{1} << 32));
    QVERIFY(QDir().mkpath(local(u"down"_s)));
    const auto names
        = [this] { return QDir(local(u"down"_s)).entryList(QDir::Files | QDir::Hidden); };
    transfer::TransferJob *job
        = add(Direction::Download, remote("large"), FilePath(local(u"down"_s).toUtf8()));
    QTRY_COMPARE(names().size(), 1);
    QVERIFY(names().first() != u"large"_s);

    QCOMPARE(resultOfCancelling(*job).error().kind, ErrorKind::Cancelled);
    QTRY_COMPARE(names(), QStringList());
}

QTEST_GUILESS_MAIN(InteropTest)

#include "InteropTest.moc"
