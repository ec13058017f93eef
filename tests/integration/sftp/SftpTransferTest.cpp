#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "transfer/TransferQueue.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using transfer::Direction;
using transfer::Summary;
using transfer::TransferJob;
using transfer::TransferQueue;
using transfer::TransferRequest;

// Jobs over a real sshd, as the panel sees them. What is expected is what the disks hold.
class SftpTransferTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void treeGoesUpAndDown();
    void moreThanFourGibibytesArrive();
    void jobsRunInTheirOrder();
    void conflictIsAskedAndAnswered();
    void cancelledJobLeavesNothing();
    void waitingJobIsCancelled();
    void lostConnectionInterruptsTheJob();
    void interruptedJobGoesOn();
    void interruptedJobIsCancelled();
    void queueMayGoWhileAJobRuns();
    void clientMayGoBeforeTheQueue();

private:
    TransferRequest request(Direction direction, const QString &source,
                            const QString &targetDirectory) const;
    Result<Summary> run(const TransferRequest &request);
    static Result<Summary> resultOf(TransferJob &job);
    QString local(const QString &name) const { return m_directory->filePath(name); }
    QString remote(const QString &name) const { return m_server->home() + u'/' + name; }

    QTemporaryDir m_keys;
    tests::KeyPair m_key;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<TransferQueue> m_queue;
};

namespace {

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

QStringList namesIn(const QString &path)
{
    return QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

void SftpTransferTest::initTestCase()
{
    const auto key = tests::generateKey(m_keys.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
}

void SftpTransferTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    tests::SshServerOptions options;
    m_server = std::make_unique<tests::SshServer>(options.withAuthorizedKey(m_key.publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    write(m_keys.filePath(u"known_hosts"_s), m_server->knownHostsLine(tests::KeyType::Ed25519));
    QVERIFY(QDir(m_server->home()).mkdir(u"up"_s));
    QVERIFY(QDir(m_directory->path()).mkdir(u"down"_s));

    ssh::ConnectionSettings settings;
    settings.host = m_server->address();
    settings.port = m_server->port();
    settings.user = m_server->userName();
    settings.identityFiles = {m_key.privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {m_keys.filePath(u"known_hosts"_s)};
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    m_connection = std::make_unique<ssh::Connection>(settings);
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_queue = std::make_unique<TransferQueue>(*m_client);
    m_connection->open();
}

void SftpTransferTest::cleanup()
{
    m_queue.reset();
    m_client.reset();
    m_connection.reset();
    m_server.reset();
    m_directory.reset();
}

TransferRequest SftpTransferTest::request(Direction direction, const QString &source,
                                          const QString &targetDirectory) const
{
    return {direction, {FilePath::fromText(source)}, FilePath::fromText(targetDirectory), {}};
}

Result<Summary> SftpTransferTest::resultOf(TransferJob &job)
{
    QSignalSpy finished(&job, &TransferJob::finished);
    if (!finished.wait(200'000)) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return finished.first().first().value<Result<Summary>>();
}

Result<Summary> SftpTransferTest::run(const TransferRequest &request)
{
    return resultOf(*m_queue->add(request));
}

void SftpTransferTest::treeGoesUpAndDown()
{
    QVERIFY(QDir(m_directory->path()).mkpath(u"tree/a/b"_s));
    write(local(u"tree/empty"_s), {});
    write(local(u"tree/a/-dash\nand line"_s), "x");
    for (int i = 0; i < 200; ++i) {
        write(local(u"tree/a/b/%1 file"_s.arg(i)), QByteArray(i * 1000, static_cast<char>(i)));
    }

    const auto up = run(request(Direction::Upload, local(u"tree"_s), remote(u"up"_s)));
    const auto down = run(request(Direction::Download, remote(u"up/tree"_s), local(u"down"_s)));

    QVERIFY2(up, tests::reason(up).constData());
    QVERIFY2(down, tests::reason(down).constData());
    QCOMPARE(up->filesCopied, 202);
    QCOMPARE(down->filesCopied, 202);
    QCOMPARE(QProcess::execute(u"diff"_s, {u"-r"_s, local(u"tree"_s), local(u"down/tree"_s)}), 0);
}

void SftpTransferTest::moreThanFourGibibytesArrive()
{
    constexpr qint64 size = (qint64{1} << 32) + 1;
    QFile source(remote(u"sparse"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(size) && source.seek(size - 1)
            && source.putChar('x'));
    source.close();

    const auto down = run(request(Direction::Download, remote(u"sparse"_s), local(u"down"_s)));

    QVERIFY2(down, tests::reason(down).constData());
    QCOMPARE(down->bytesCopied, quint64{size});
    QCOMPARE(QFileInfo(local(u"down/sparse"_s)).size(), size);
    QCOMPARE(QProcess::execute(u"cmp"_s, {remote(u"sparse"_s), local(u"down/sparse"_s)}), 0);
}

void SftpTransferTest::jobsRunInTheirOrder()
{
    QList<TransferJob *> started;
    for (int i = 0; i < 4; ++i) {
        write(local(QString::number(i)), "x");
        TransferJob *job
            = m_queue->add(request(Direction::Upload, local(QString::number(i)), remote(u"up"_s)));
        connect(job, &TransferJob::started, this, [&started, job] { started.append(job); });
    }
    const QList<TransferJob *> jobs = m_queue->jobs();
    QCOMPARE(jobs.size(), 4);

    QTRY_COMPARE(namesIn(remote(u"up"_s)).size(), 4);

    QCOMPARE(started, jobs);
    QTRY_COMPARE(jobs.last()->state(), TransferJob::State::Finished);
    QTRY_COMPARE(jobs.first()->progress().filesDone, 1);
    QSignalSpy removed(m_queue.get(), &TransferQueue::jobAboutToBeRemoved);
    for (TransferJob *job : jobs) {
        m_queue->remove(*job);
    }
    QCOMPARE(removed.size(), 4);
    QCOMPARE(m_queue->jobs().size(), 0);
}

void SftpTransferTest::conflictIsAskedAndAnswered()
{
    write(local(u"file"_s), "new");
    write(remote(u"up/file"_s), "old");
    TransferJob *job = m_queue->add(request(Direction::Upload, local(u"file"_s), remote(u"up"_s)));
    connect(job, &TransferJob::conflictRaised, this, [job](const transfer::Conflict &conflict) {
        job->answer(conflict.id, transfer::ConflictAnswer::Overwrite,
                    transfer::AnswerScope::ThisFile);
    });

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(read(remote(u"up/file"_s)), "new");
    QCOMPARE(namesIn(remote(u"up"_s)), QStringList{u"file"_s});
}

void SftpTransferTest::cancelledJobLeavesNothing()
{
    QFile source(local(u"large"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(qint64{1} << 32));
    TransferJob *job = m_queue->add(request(Direction::Upload, local(u"large"_s), remote(u"up"_s)));
    QTRY_COMPARE(namesIn(remote(u"up"_s)).size(), 1);
    QSignalSpy finished(job, &TransferJob::finished);

    job->cancel();

    QVERIFY(finished.wait());
    QCOMPARE(finished.first().first().value<Result<Summary>>().error().kind, ErrorKind::Cancelled);
    QTRY_COMPARE(namesIn(remote(u"up"_s)), QStringList());
}

void SftpTransferTest::waitingJobIsCancelled()
{
    TransferJob *job = m_queue->add(request(Direction::Upload, local(u"none"_s), remote(u"up"_s)));
    QSignalSpy started(job, &TransferJob::started);

    job->cancel();

    QCOMPARE(resultOf(*job).error().kind, ErrorKind::Cancelled);
    QCOMPARE(started.size(), 0);
}

void SftpTransferTest::lostConnectionInterruptsTheJob()
{
    QFile source(remote(u"large"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(qint64{1} << 32));
    TransferJob *job
        = m_queue->add(request(Direction::Download, remote(u"large"_s), local(u"down"_s)));
    QSignalSpy interrupted(job, &TransferJob::interrupted);
    QTRY_COMPARE(namesIn(local(u"down"_s)).size(), 1);

    m_server->killSessions();

    QVERIFY(interrupted.wait());
    QCOMPARE(interrupted.first().first().value<base::Error>().kind, ErrorKind::ConnectionLost);
    QCOMPARE(job->state(), TransferJob::State::Interrupted);
    QVERIFY(m_queue->hasUnfinished());
}

void SftpTransferTest::interruptedJobGoesOn()
{
    const QByteArray data(100'000'000, 'x');
    write(remote(u"large"_s), data);
    TransferJob *job
        = m_queue->add(request(Direction::Download, remote(u"large"_s), local(u"down"_s)));
    QTRY_COMPARE(namesIn(local(u"down"_s)).size(), 1);
    m_server->killSessions();
    QTRY_COMPARE(job->state(), TransferJob::State::Interrupted);
    TransferJob *waiting
        = m_queue->add(request(Direction::Download, remote(u"large"_s), m_directory->path()));
    QSignalSpy nextTry(job, &TransferJob::nextTryChanged);
    m_queue->setNextTry(std::chrono::seconds(7));
    QCOMPARE(nextTry.size(), 1);
    QCOMPARE(job->nextTry(), std::chrono::seconds(7));

    ssh::Connection next(m_connection->settings());
    sftp::Client client(next);
    next.open();
    m_queue->attach(client);

    QCOMPARE(resultOf(*job)->filesCopied, 1);
    QTRY_COMPARE(waiting->state(), TransferJob::State::Finished);
    QCOMPARE(read(local(u"down/large"_s)), data);
    QVERIFY(!m_queue->hasUnfinished());
    m_queue.reset();
}

void SftpTransferTest::interruptedJobIsCancelled()
{
    QFile source(remote(u"large"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(qint64{1} << 32));
    TransferJob *job
        = m_queue->add(request(Direction::Download, remote(u"large"_s), local(u"down"_s)));
    QTRY_COMPARE(namesIn(local(u"down"_s)).size(), 1);
    m_server->killSessions();
    QTRY_COMPARE(job->state(), TransferJob::State::Interrupted);

    job->cancel();

    QCOMPARE(resultOf(*job).error().kind, ErrorKind::Cancelled);
    QVERIFY(!m_queue->hasUnfinished());
}

void SftpTransferTest::queueMayGoWhileAJobRuns()
{
    QFile source(local(u"large"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(qint64{1} << 32));
    m_queue->add(request(Direction::Upload, local(u"large"_s), remote(u"up"_s)));
    QTRY_COMPARE(namesIn(remote(u"up"_s)).size(), 1);

    m_queue.reset();

    QTRY_COMPARE(namesIn(remote(u"up"_s)), QStringList());
}

void SftpTransferTest::clientMayGoBeforeTheQueue()
{
    QFile source(remote(u"large"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.resize(qint64{1} << 32));
    TransferJob *job
        = m_queue->add(request(Direction::Download, remote(u"large"_s), local(u"down"_s)));
    QTRY_COMPARE(namesIn(local(u"down"_s)).size(), 1);

    m_client.reset();

    QTRY_COMPARE(job->state(), TransferJob::State::Interrupted);
    QTRY_COMPARE(namesIn(local(u"down"_s)), QStringList());
}

QTEST_GUILESS_MAIN(SftpTransferTest)

#include "SftpTransferTest.moc"
