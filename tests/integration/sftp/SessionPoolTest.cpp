#include "transfer/SessionPool.h"

#include "tests/support/Reason.h"
#include "tests/support/SlowLink.h"
#include "tests/support/SshServer.h"
#include "transfer/TransferQueue.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Result;
using files::FilePath;
using transfer::Direction;
using transfer::PoolLimits;
using transfer::SessionPool;
using transfer::Summary;
using transfer::TransferJob;
using transfer::TransferQueue;

// Large files through a link with a round trip that makes further channels pay, to a real sshd.
class SessionPoolTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void fileGoesOverSeveralConnections_data();
    void fileGoesOverSeveralConnections();
    void veryLargeFileGetsAConnectionMoreWithoutDelay();
    void sessionSaysHowMany();
    void refusedChannelsAreNoFailure();
    void refusedConnectionsAreNoFailure();
    void poolMayGoWhileAJobRuns();
    void beginningIsCopiedOnTheServer_data();
    void beginningIsCopiedOnTheServer();

private:
    void start(tests::SshServerOptions options, PoolLimits limits,
               std::chrono::milliseconds delay = 5ms);
    TransferJob *add(Direction direction);
    Result<Summary> resultOf(TransferJob &job);

    QTemporaryDir m_keys;
    tests::KeyPair m_key;
    QByteArray m_data;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<tests::SlowLink> m_link;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<SessionPool> m_pool;
    std::unique_ptr<TransferQueue> m_queue;
};

namespace {

constexpr qsizetype fileBytes = 24 * 1024 * 1024 + 1;
constexpr qint64 bytesPerSecond = 16'000'000;

QByteArray pattern()
{
    QByteArray data(fileBytes, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : data) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return data;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "can not be read";
}

} // namespace

void SessionPoolTest::initTestCase()
{
    const auto key = tests::generateKey(m_keys.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
    m_data = pattern();
}

void SessionPoolTest::start(tests::SshServerOptions options, PoolLimits limits,
                            std::chrono::milliseconds delay)
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_directory->path()).mkdir(u"target"_s));
    QFile source(m_directory->filePath(u"file"_s));
    QVERIFY(source.open(QIODevice::WriteOnly));
    QCOMPARE(source.write(m_data), m_data.size());
    source.close();
    m_server = std::make_unique<tests::SshServer>(options.withAuthorizedKey(m_key.publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_link = std::make_unique<tests::SlowLink>(m_server->address(), m_server->port());
    QVERIFY(m_link->start());
    for (const auto direction :
         {tests::SlowLink::Direction::ToServer, tests::SlowLink::Direction::ToClient}) {
        if (delay > 0ms) {
            m_link->setDelay(direction, delay);
            m_link->setRate(direction, bytesPerSecond);
        }
    }

    ssh::ConnectionSettings settings;
    settings.host = u"127.0.0.1"_s;
    settings.port = m_link->port();
    settings.user = m_server->userName();
    settings.identityFiles = {m_key.privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {m_keys.filePath(u"known_hosts"_s)};
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Warn;
    m_connection = std::make_unique<ssh::Connection>(settings);
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_pool = std::make_unique<SessionPool>(*m_connection, limits);
    m_queue = std::make_unique<TransferQueue>(*m_client, m_pool->lanes());
    m_connection->open();
}

void SessionPoolTest::cleanup()
{
    m_queue.reset();
    m_pool.reset();
    m_client.reset();
    m_connection.reset();
    m_link.reset();
    m_server.reset();
    m_directory.reset();
}

TransferJob *SessionPoolTest::add(Direction direction)
{
    return m_queue->add({direction,
                         {FilePath::fromText(m_directory->filePath(u"file"_s))},
                         FilePath::fromText(m_directory->filePath(u"target"_s)),
                         {}});
}

Result<Summary> SessionPoolTest::resultOf(TransferJob &job)
{
    QSignalSpy finished(&job, &TransferJob::finished);
    if (!finished.wait(50'000)) {
        return base::Failure(base::Error{base::ErrorKind::TimedOut});
    }
    return finished.first().first().value<Result<Summary>>();
}

void SessionPoolTest::fileGoesOverSeveralConnections_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("upload") << Direction::Upload;
}

void SessionPoolTest::fileGoesOverSeveralConnections()
{
    QFETCH(Direction, direction);
    start({}, {.connections = 2, .channels = 2});
    int connections = 0;
    int lanes = 0;
    TransferJob *job = add(direction);
    connect(job, &TransferJob::progressed, this, [&] {
        connections = std::max(connections, m_pool->openConnections());
        lanes = std::max(lanes, m_pool->openLanes());
    });

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->bytesCopied, static_cast<quint64>(fileBytes));
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
    QCOMPARE(connections, 1);
    QCOMPARE(lanes, 3); // besides the leader's
}

// Where no window holds it up, processors do. How many channels that takes is not told: a busy
// machine answers late, as a long link does.
void SessionPoolTest::veryLargeFileGetsAConnectionMoreWithoutDelay()
{
    start({}, {.connections = 2, .channels = 4}, 0ms);
    const QString source = m_directory->filePath(u"file"_s);
    QVERIFY(QFile::resize(source, qint64{300} * 1024 * 1024)); // a hole behind the data
    int connections = 0;
    TransferJob *job = add(Direction::Download);
    connect(job, &TransferJob::progressed, this,
            [&] { connections = std::max(connections, m_pool->openConnections()); });

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->bytesCopied, static_cast<quint64>(QFileInfo(source).size()));
    QCOMPARE(connections, 1);
    QFile target(m_directory->filePath(u"target/file"_s));
    QVERIFY(target.open(QIODevice::ReadOnly));
    QVERIFY(target.read(m_data.size()) == m_data);
    QCOMPARE(target.size(), QFileInfo(source).size());
}

void SessionPoolTest::sessionSaysHowMany()
{
    ssh::ConnectionSettings settings;
    QCOMPARE(PoolLimits::of(settings).connections, 4);
    QCOMPARE(PoolLimits::of(settings).channels, 4);
    QCOMPARE(PoolLimits::of(settings, 2).connections, 2);
    QCOMPARE(PoolLimits::of(settings, 1).channels, 6);
    settings.transport.transferConnections = 1;
    start({}, PoolLimits::of(settings));
    int lanes = 0;
    TransferJob *job = add(Direction::Download);
    connect(job, &TransferJob::progressed, this, [&] {
        QCOMPARE(m_pool->openConnections(), 0);
        lanes = std::max(lanes, m_pool->openLanes());
    });

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
    QCOMPARE(lanes, 5); // the channels of the only connection, besides the leader's
}

void SessionPoolTest::refusedChannelsAreNoFailure()
{
    start(tests::SshServerOptions().withMaxSessions(1), {.connections = 1, .channels = 4});

    const auto result = resultOf(*add(Direction::Download));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
    QCOMPARE(m_pool->openLanes(), 0);
}

// MaxStartups of sshd_config(5): one connection that has not logged in is all that sshd takes.
void SessionPoolTest::refusedConnectionsAreNoFailure()
{
    start(tests::SshServerOptions().withMaxStartups(u"1"_s), {.connections = 4, .channels = 1});
    QTRY_COMPARE_WITH_TIMEOUT(m_connection->state(), ssh::Connection::State::Ready, 20'000);
    // Takes the only place among those who have not logged in yet.
    QTcpSocket idle;
    idle.connectToHost(m_server->address(), m_server->port());
    QTRY_VERIFY_WITH_TIMEOUT(idle.bytesAvailable() > 0, 10'000); // the server's greeting

    const auto result = resultOf(*add(Direction::Upload));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
    QCOMPARE(m_pool->openConnections(), 0);
}

void SessionPoolTest::poolMayGoWhileAJobRuns()
{
    start({}, {.connections = 2, .channels = 2});
    TransferJob *job = add(Direction::Download);
    QTRY_VERIFY_WITH_TIMEOUT(m_pool->openLanes() > 0, 20'000);

    m_pool.reset();

    const auto result = resultOf(*job);
    QVERIFY2(result, tests::reason(result).constData());
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
}

void SessionPoolTest::beginningIsCopiedOnTheServer_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<bool>("hasShell");
    QTest::addColumn<bool>("isCopied");
    const QString withoutCopies = u"internal-sftp -P copy-data"_s;
    QTest::newRow("by SFTP") << u"internal-sftp"_s << false << true;
    QTest::newRow("by a command") << withoutCopies << true << true;
    QTest::newRow("not at all") << withoutCopies << false << false;
}

// An older OpenSSH offers no copy-data.
void SessionPoolTest::beginningIsCopiedOnTheServer()
{
    QFETCH(QString, command);
    QFETCH(bool, hasShell);
    QFETCH(bool, isCopied);
    constexpr qsizetype beginning = 10'000'000;
    start(tests::SshServerOptions().withSftpCommand(command), {});
    if (!hasShell) {
        m_queue = std::make_unique<TransferQueue>(*m_client);
    }
    QFile target(m_directory->filePath(u"target/file"_s));
    QVERIFY(target.open(QIODevice::WriteOnly));
    QCOMPARE(target.write(m_data.first(beginning)), beginning);
    target.close();
    transfer::TransferRequest request{Direction::Upload,
                                      {FilePath::fromText(m_directory->filePath(u"file"_s))},
                                      FilePath::fromText(m_directory->filePath(u"target"_s)),
                                      {}};
    request.answers.files = transfer::ConflictAnswer::Resume;

    const auto result = resultOf(*m_queue->add(request));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures.size(), 0);
    const qsizetype copied = isCopied ? beginning : 0;
    QCOMPARE(result->bytesCopied, static_cast<quint64>(fileBytes - copied));
    QVERIFY(read(m_directory->filePath(u"target/file"_s)) == m_data);
}

QTEST_GUILESS_MAIN(SessionPoolTest)

#include "SessionPoolTest.moc"
