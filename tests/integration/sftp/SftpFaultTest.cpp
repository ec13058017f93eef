#include "sftp/Client.h"
#include "tests/support/Reason.h"
#include "tests/support/SlowLink.h"
#include "tests/support/SshServer.h"
#include "transfer/SessionPool.h"
#include "transfer/TransferQueue.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include <memory>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using tests::SlowLink;
using transfer::Direction;
using transfer::Summary;
using transfer::TransferJob;
using Way = tests::SlowLink::Direction;

namespace {

constexpr int cutsPerSeries = 12;
constexpr qsizetype largeBytes = qsizetype{12} * 1024 * 1024;

// Bytes among which no two chunks are alike.
QByteArray pattern(qsizetype size)
{
    QByteArray data(size, Qt::Uninitialized);
    quint32 state = 7;
    for (char &byte : data) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return data;
}

void write(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "can not be read";
}

// Below `directory`, without what transfers keep under names of their own.
QStringList realFilesIn(const QString &directory)
{
    QStringList files;
    QDirIterator each(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QString path = QDir(directory).relativeFilePath(each.next());
        if (!each.fileName().startsWith(u".") || !each.fileName().contains(u".ponto-"_s)) {
            files.append(path);
        }
    }
    files.sort();
    return files;
}

qsizetype openDescriptors()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System).size();
}

bool isGone(const base::Error &error)
{
    return error.kind == ErrorKind::ConnectionLost || error.kind == ErrorKind::TimedOut;
}

} // namespace

// What goes wrong on the way, at either end and in between. Whatever it is: there is no file under
// its own name that is not whole, nothing stays open, and what is told is what has happened.
class SftpFaultTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void cutAnywhereLeavesWholeFiles_data();
    void cutAnywhereLeavesWholeFiles();
    void frozenServerIsGivenUp();
    void keysAreExchangedInBetween_data();
    void keysAreExchangedInBetween();
    void oneSessionIsEnough();
    void fullDiskIsTold_data();
    void fullDiskIsTold();
    void readOnlyDiskIsTold();
    void lockedFolderIsLeftOut_data();
    void lockedFolderIsLeftOut();
    void fileThatShrinksIsNoCopy();
    void fileThatGrowsIsNoCopy();

private:
    void serve(tests::SshServerOptions options = {});
    void connectTo(quint16 port);
    void disconnect();
    TransferJob *add(Direction direction, const QString &source, const QString &target);
    // The reason if it was interrupted: nothing brings the connection back here.
    static Result<Summary> resultOf(TransferJob &job);
    Result<Summary> run(Direction direction, const QString &source, const QString &target);
    void makeTree(const QString &path) const;
    void cutAt(Direction direction, Way way, qint64 bytes);
    QString mountSmallDisk();
    QString local(const QString &name) const { return m_directory->filePath(name); }
    QString remote(const QString &name) const { return m_server->home() + u'/' + name; }
    QString source(Direction direction) const
    {
        return direction == Direction::Upload ? local(u"tree"_s) : remote(u"tree"_s);
    }
    QString target(Direction direction) const
    {
        return direction == Direction::Upload ? remote(u"target"_s) : local(u"target"_s);
    }
    static void addDirections();

    QTemporaryDir m_keys;
    tests::KeyPair m_key;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<SlowLink> m_link;
    ssh::ConnectionSettings m_settings;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<transfer::TransferQueue> m_queue;
    QString m_mounted;
};

void SftpFaultTest::initTestCase()
{
    const auto key = tests::generateKey(m_keys.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
}

void SftpFaultTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = {};
    m_settings.host = u"127.0.0.1"_s;
    m_settings.identityFiles = {m_key.privateFile};
    m_settings.useAgent = false;
    m_settings.useDefaultKeys = false;
    m_settings.knownHostsFiles = {m_keys.filePath(u"known_hosts"_s)};
    m_settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    m_settings.hostKeyAlias = u"server"_s;
}

void SftpFaultTest::cleanup()
{
    disconnect();
    m_link.reset();
    m_server.reset();
    if (!m_mounted.isEmpty()) {
        QCOMPARE(QProcess::execute(u"umount"_s, {m_mounted}), 0);
        m_mounted.clear();
    }
    m_directory.reset();
}

void SftpFaultTest::serve(tests::SshServerOptions options)
{
    m_server = std::make_unique<tests::SshServer>(options.withAuthorizedKey(m_key.publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_settings.user = m_server->userName();
    write(m_settings.knownHostsFiles.first(),
          "server " + m_server->hostKey(tests::KeyType::Ed25519).publicLine + '\n');
    m_link = std::make_unique<SlowLink>(m_server->address(), m_server->port());
    QVERIFY(m_link->start());
}

void SftpFaultTest::connectTo(quint16 port)
{
    m_settings.port = port;
    for (const Way way : {Way::ToServer, Way::ToClient}) {
        m_link->cutAfter(way, qint64{1} << 40); // forgets an earlier cut that was not reached
    }
    m_connection = std::make_unique<ssh::Connection>(m_settings);
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_queue = std::make_unique<transfer::TransferQueue>(*m_client);
    QSignalSpy opened(m_client.get(), &sftp::Client::opened);
    m_connection->open();
    QVERIFY(opened.wait(20'000));
}

void SftpFaultTest::disconnect()
{
    m_queue.reset();
    m_client.reset();
    m_connection.reset();
}

TransferJob *SftpFaultTest::add(Direction direction, const QString &source, const QString &target)
{
    transfer::TransferRequest request;
    request.direction = direction;
    request.sources = {FilePath::fromText(source)};
    request.targetDirectory = FilePath::fromText(target);
    return m_queue->add(request);
}

Result<Summary> SftpFaultTest::resultOf(TransferJob &job)
{
    QSignalSpy finished(&job, &TransferJob::finished);
    QSignalSpy interrupted(&job, &TransferJob::interrupted);
    if (!QTest::qWaitFor([&] { return finished.size() + interrupted.size() > 0; }, 30'000)) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    if (!interrupted.isEmpty()) {
        return base::Failure(interrupted.first().first().value<base::Error>());
    }
    return finished.first().first().value<Result<Summary>>();
}

Result<Summary> SftpFaultTest::run(Direction direction, const QString &source,
                                   const QString &target)
{
    return resultOf(*add(direction, source, target));
}

void SftpFaultTest::makeTree(const QString &path) const
{
    QVERIFY(QDir().mkpath(path + u"/a/b"_s));
    write(path + u"/one"_s, pattern(70'001));
    write(path + u"/a/two"_s, pattern(5));
    write(path + u"/a/b/three"_s, pattern(40'000));
    for (int i = 0; i < 8; ++i) {
        write(path + u"/a/small %1"_s.arg(i), pattern(100 * i));
    }
}

void SftpFaultTest::addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("up") << Direction::Upload;
    QTest::newRow("down") << Direction::Download;
}

void SftpFaultTest::cutAnywhereLeavesWholeFiles_data()
{
    addDirections();
}

// Cut after each so many bytes of a whole transfer, first of what we send, then of what comes.
void SftpFaultTest::cutAnywhereLeavesWholeFiles()
{
    QFETCH(Direction, direction);
    serve();
    makeTree(source(direction));
    QVERIFY(QDir().mkpath(target(direction)));
    connectTo(m_link->port());
    const qint64 sentBefore = m_link->passed(Way::ToServer);
    const qint64 receivedBefore = m_link->passed(Way::ToClient);
    const auto whole = run(direction, source(direction), target(direction));
    QVERIFY2(whole, tests::reason(whole).constData());
    const qint64 sent = m_link->passed(Way::ToServer) - sentBefore;
    const qint64 received = m_link->passed(Way::ToClient) - receivedBefore;
    disconnect();
    const qsizetype descriptors = openDescriptors();

    for (int i = 0; i < cutsPerSeries && !QTest::currentTestFailed(); ++i) {
        cutAt(direction, Way::ToServer, 1 + sent * i / cutsPerSeries);
        cutAt(direction, Way::ToClient, 1 + received * i / cutsPerSeries);
    }

    QTRY_VERIFY(openDescriptors() <= descriptors);
    QTRY_COMPARE(m_server->sessionCount(), 0);
}

void SftpFaultTest::cutAt(Direction direction, Way way, qint64 bytes)
{
    QTRY_VERIFY(QDir(target(direction) + u"/tree"_s).removeRecursively());
    connectTo(m_link->port());
    m_link->cutAfter(way, bytes);

    const auto result = run(direction, source(direction), target(direction));

    // What is small may have got there in a shorter way than the first time.
    if (!result) {
        QVERIFY2(isGone(result.error()), tests::reason(result).constData());
    } else {
        QVERIFY(result->failures.isEmpty());
        QCOMPARE(realFilesIn(target(direction) + u"/tree"_s), realFilesIn(source(direction)));
    }
    disconnect();
    for (const QString &name : realFilesIn(target(direction) + u"/tree"_s)) {
        QCOMPARE(read(target(direction) + u"/tree/"_s + name),
                 read(source(direction) + u'/' + name));
    }
}

void SftpFaultTest::frozenServerIsGivenUp()
{
    m_settings.timeouts.keepAlive = std::chrono::seconds(1);
    m_settings.keepAliveCount = 1;
    serve();
    write(remote(u"tree"_s), pattern(largeBytes));
    QVERIFY(QDir().mkpath(local(u"target"_s)));
    m_link->setRate(Way::ToClient, largeBytes / 8);
    connectTo(m_link->port());
    TransferJob *job = add(Direction::Download, remote(u"tree"_s), local(u"target"_s));
    QTRY_VERIFY(job->progress().bytesDone > 0);

    m_server->freezeSessions();
    m_link->stall();
    const auto result = resultOf(*job);
    m_server->thawSessions();

    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(realFilesIn(local(u"target"_s)), QStringList());
}

void SftpFaultTest::keysAreExchangedInBetween_data()
{
    addDirections();
}

void SftpFaultTest::keysAreExchangedInBetween()
{
    QFETCH(Direction, direction);
    tests::SshServerOptions options;
    serve(options.withConfigLines({u"RekeyLimit 1M"_s}));
    write(source(direction), pattern(largeBytes));
    QVERIFY(QDir().mkpath(target(direction)));
    connectTo(m_server->port());

    const auto result = run(direction, source(direction), target(direction));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QVERIFY(read(target(direction) + u"/tree"_s) == pattern(largeBytes));
}

void SftpFaultTest::oneSessionIsEnough()
{
    tests::SshServerOptions options;
    serve(options.withMaxSessions(1));
    write(remote(u"tree"_s), pattern(4 * largeBytes));
    QVERIFY(QDir().mkpath(local(u"target"_s)));
    connectTo(m_server->port());
    transfer::SessionPool pool(*m_connection, {.connections = 1, .channels = 4});
    m_queue = std::make_unique<transfer::TransferQueue>(*m_client, pool.lanes());

    const auto result = run(Direction::Download, remote(u"tree"_s), local(u"target"_s));

    QVERIFY2(result, tests::reason(result).constData());
    QVERIFY(read(local(u"target/tree"_s)) == read(remote(u"tree"_s)));
    QCOMPARE(pool.openLanes(), 0);
}

// Empty if there can be none here.
QString SftpFaultTest::mountSmallDisk()
{
    QString path = local(u"disk"_s);
    QDir().mkpath(path);
    QProcess mount;
    mount.start(u"mount"_s,
                {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=2m,mode=777"_s, u"tmpfs"_s, path});
    if (!mount.waitForFinished() || mount.exitCode() != 0) {
        return {};
    }
    m_mounted = path;
    return path;
}

void SftpFaultTest::fullDiskIsTold_data()
{
    addDirections();
}

// The disk fills up meanwhile, so that the look at its space before does not help.
void SftpFaultTest::fullDiskIsTold()
{
    QFETCH(Direction, direction);
    const QString disk = mountSmallDisk();
    if (disk.isEmpty()) {
        QSKIP("a small file system can be mounted by root only");
    }
    serve();
    write(source(direction), pattern(1'500'000));
    m_link->setRate(Way::ToServer, 1'000'000);
    m_link->setRate(Way::ToClient, 1'000'000);
    connectTo(m_link->port());
    TransferJob *job = add(direction, source(direction), disk);
    QTRY_VERIFY(job->progress().bytesDone > 0
                || QDir(disk).entryList(QDir::Files | QDir::Hidden).size() > 0);
    write(disk + u"/other"_s, QByteArray(qsizetype{1024} * 1024, 'x'));

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 0);
    QCOMPARE(result->failures.size(), 1);
    const base::Error error = result->failures.first().error;
    QVERIFY2(error.kind == ErrorKind::NoSpace,
             qPrintable(error.operation + u": "_s + error.detail));
    QCOMPARE(realFilesIn(disk), QStringList{u"other"_s});
}

// OpenSSH says no more than "failure".
void SftpFaultTest::readOnlyDiskIsTold()
{
    const QString disk = mountSmallDisk();
    if (disk.isEmpty()) {
        QSKIP("a small file system can be mounted by root only");
    }
    write(disk + u"/file"_s, "old");
    QCOMPARE(QProcess::execute(u"mount"_s, {u"-o"_s, u"remount,ro"_s, disk}), 0);
    serve();
    write(source(Direction::Upload), pattern(1000));
    connectTo(m_link->port());
    TransferJob *job = add(Direction::Upload, source(Direction::Upload), disk);

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures.first().error.kind, ErrorKind::ReadOnly);

    const FilePath directory = FilePath::fromText(disk);
    QList<QFuture<Result<void>>> changes{
        m_client->makeDirectory(directory.child("new")), m_client->makeFile(directory.child("new")),
        m_client->removeFile(directory.child("file")),
        m_client->setMode(directory.child("file"), files::FileMode(0600)),
        m_client->rename(directory.child("file"), directory.child("other"))};
    for (QFuture<Result<void>> &change : changes) {
        QTRY_VERIFY(change.isFinished());
        QVERIFY(!change.result());
        QCOMPARE(change.result().error().kind, ErrorKind::ReadOnly);
    }
}

void SftpFaultTest::lockedFolderIsLeftOut_data()
{
    addDirections();
}

void SftpFaultTest::lockedFolderIsLeftOut()
{
    QFETCH(Direction, direction);
    if (direction == Direction::Upload && ::geteuid() == 0) {
        QSKIP("nothing is locked for root here");
    }
    serve();
    makeTree(source(direction));
    QVERIFY(QDir().mkpath(target(direction)));
    const QString locked = source(direction) + u"/a/b"_s;
    QVERIFY(QFile::setPermissions(locked, {}));
    connectTo(m_server->port());

    const auto result = run(direction, source(direction), target(direction));

    QFile::setPermissions(locked, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures.first().error.kind, ErrorKind::PermissionDenied);
    QStringList expected = realFilesIn(source(direction));
    expected.removeAll(u"a/b/three"_s);
    QCOMPARE(realFilesIn(target(direction) + u"/tree"_s), expected);
}

void SftpFaultTest::fileThatShrinksIsNoCopy()
{
    serve();
    write(remote(u"tree"_s), pattern(largeBytes));
    QVERIFY(QDir().mkpath(local(u"target"_s)));
    m_link->setRate(Way::ToClient, largeBytes / 2);
    connectTo(m_link->port());
    TransferJob *job = add(Direction::Download, remote(u"tree"_s), local(u"target"_s));
    QTRY_VERIFY(job->progress().bytesDone > 0);

    QVERIFY(QFile::resize(remote(u"tree"_s), 1000));
    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 0);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(realFilesIn(local(u"target"_s)), QStringList());
}

void SftpFaultTest::fileThatGrowsIsNoCopy()
{
    serve();
    write(remote(u"tree"_s), pattern(largeBytes));
    QVERIFY(QDir().mkpath(local(u"target"_s)));
    m_link->setRate(Way::ToClient, largeBytes / 2);
    connectTo(m_link->port());
    TransferJob *job = add(Direction::Download, remote(u"tree"_s), local(u"target"_s));
    QTRY_VERIFY(job->progress().bytesDone > 0);

    QVERIFY(QFile::resize(remote(u"tree"_s), largeBytes + 1'000'000));
    const auto result = resultOf(*job);

    // Either the copy is of the new file, or it is none and that is told.
    QVERIFY2(result, tests::reason(result).constData());
    if (result->failures.isEmpty()) {
        QCOMPARE(QFileInfo(local(u"target/tree"_s)).size(), largeBytes + 1'000'000);
    } else {
        QCOMPARE(realFilesIn(local(u"target"_s)), QStringList());
    }
}

QTEST_GUILESS_MAIN(SftpFaultTest)

#include "SftpFaultTest.moc"
