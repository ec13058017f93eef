// The transfers of several connections in one order, against real sshds and a real database.

#include "transfer/TransferSchedule.h"

#include "sftp/Client.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using transfer::TransferJob;
using transfer::TransferSchedule;
using State = TransferJob::State;

namespace {

constexpr auto patience = 20s;

// One login, with its queue of `schedule`.
struct Login
{
    Login(TransferSchedule &schedule, const ssh::ConnectionSettings &settings, const QString &key)
        : connection(settings)
        , client(connection)
        , queue(schedule.queueFor({key, key, {}, {}}))
    {
        QObject::connect(&client, &sftp::Client::opened, &client,
                         [this] { queue->attach(client); });
        connection.open();
    }

    ssh::Connection connection;
    sftp::Client client;
    std::shared_ptr<transfer::TransferQueue> queue; // shared with the schedule
};

} // namespace

class TransferScheduleTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void onlySoManyRunAtOnce();
    void orderCanBeChanged();
    void lastConnectionTakesOverAndGivesBack();
    void unfinishedOnesAreRestored();
    void livingProgramKeepsItsOwn();
    void removedOnesAreForgotten();
    void canceledPausedOnesLeaveNoParts();
    void restoredOnesTellHowFarTheyWere();
    void limitHoldsForAllTogether();
    void endIsToldOnce();

private:
    QString local(const QString &name) const { return m_fixture.path(u"here/"_s + name); }
    void put(const QString &name, qsizetype bytes) const;
    transfer::TransferRequest upload(const QString &name, const QString &directory = {}) const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    ssh::ConnectionSettings m_settings;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<storage::Database> m_database;
};

void TransferScheduleTest::initTestCase()
{
    const auto made = m_fixture.setUp();
    QVERIFY2(made, tests::reason(made).constData());
    tests::SshServerOptions options;
    options.withAuthorizedKey(m_fixture.userKey().publicLine);
    m_server = std::make_unique<tests::SshServer>(options);
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_settings = m_fixture.settingsWithKey(*m_server);
    QVERIFY(QDir().mkpath(local({})));
}

void TransferScheduleTest::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    m_database = std::make_unique<storage::Database>(m_state->filePath(u"ponto.sqlite"_s));
    QDir(m_server->home() + u"/into"_s).removeRecursively();
    QVERIFY(QDir().mkpath(m_server->home() + u"/into"_s));
}

void TransferScheduleTest::cleanup()
{
    m_database.reset();
}

void TransferScheduleTest::put(const QString &name, qsizetype bytes) const
{
    QFile file(local(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(QByteArray(bytes, 'x')), bytes);
}

transfer::TransferRequest TransferScheduleTest::upload(const QString &name,
                                                       const QString &directory) const
{
    transfer::TransferRequest request;
    request.direction = transfer::Direction::Upload;
    request.sources = {files::FilePath::fromText(local(name))};
    request.targetDirectory = files::FilePath::fromText(m_server->home() + u"/into"_s + directory);
    return request;
}

void TransferScheduleTest::onlySoManyRunAtOnce()
{
    TransferSchedule schedule(m_database.get());
    schedule.setMostAtOnce(2);
    schedule.setLimit(2000); // so that nothing ends
    Login one(schedule, m_settings, u"one"_s);
    Login two(schedule, m_settings, u"two"_s);
    put(u"large"_s, 500'000);
    QList<TransferJob *> jobs;
    for (Login *login : {&one, &two}) {
        jobs.append(login->queue->add(upload(u"large"_s)));
        jobs.append(login->queue->add(upload(u"large"_s)));
    }
    QTRY_COMPARE_WITH_TIMEOUT(schedule.runningCount(), 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(one.queue->hasConnection() && two.queue->hasConnection(), patience);
    QCOMPARE(schedule.runningCount(), 2);

    schedule.setMostAtOnce(4);

    QTRY_COMPARE_WITH_TIMEOUT(schedule.runningCount(), 4, patience);
}

void TransferScheduleTest::orderCanBeChanged()
{
    TransferSchedule schedule(m_database.get());
    schedule.setMostAtOnce(1);
    put(u"a"_s, 10);
    put(u"b"_s, 10);
    put(u"c"_s, 10);
    const auto queue = schedule.queueFor({u"one"_s, u"one"_s, {}, {}});
    QStringList started;
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        TransferJob *job = queue->add(upload(name));
        connect(job, &TransferJob::started, job, [&started, name] { started.append(name); });
    }
    schedule.moveTo(*schedule.jobs().last(), 0);
    // Each may start once it is in the database, which does one thing after the other.
    const auto stored = m_database->read(
        {u"nothing"_s, {}}, [](storage::Transaction &) { return base::Result<void>(); });
    QTRY_VERIFY_WITH_TIMEOUT(stored.isFinished(), patience);
    Login login(schedule, m_settings, u"one"_s);
    QTRY_COMPARE_WITH_TIMEOUT(started, QStringList({u"c"_s, u"a"_s, u"b"_s}), patience);
}

void TransferScheduleTest::lastConnectionTakesOverAndGivesBack()
{
    TransferSchedule schedule(m_database.get());
    schedule.setLimit(200'000);
    put(u"large"_s, 1'000'000);
    Login first(schedule, m_settings, u"one"_s);
    QTRY_VERIFY_WITH_TIMEOUT(first.queue->hasConnection(), patience);
    auto second = std::make_unique<Login>(schedule, m_settings, u"one"_s);
    QCOMPARE(first.queue, second->queue);
    QSignalSpy changes(second->queue.get(), &transfer::TransferQueue::connectionChanged);
    QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 1, patience);
    TransferJob *job = first.queue->add(upload(u"large"_s));
    QTRY_COMPARE_WITH_TIMEOUT(job->client(), &second->client, patience);
    QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 0, patience);

    second.reset();

    QTRY_COMPARE_WITH_TIMEOUT(job->client(), &first.client, patience);
    schedule.setLimit(0);
    QTRY_COMPARE_WITH_TIMEOUT(job->state(), State::Finished, patience);
    QVERIFY(job->result() && *job->result());
}

void TransferScheduleTest::unfinishedOnesAreRestored()
{
    put(u"a"_s, 10);
    put(u"b"_s, 10);
    put(u"c"_s, 10);
    {
        TransferSchedule schedule(m_database.get());
        Login login(schedule, m_settings, u"one"_s);
        const auto *done = login.queue->add(upload(u"a"_s));
        QTRY_COMPARE_WITH_TIMEOUT(done->state(), State::Finished, patience);
        const auto away = schedule.queueFor({u"away"_s, u"Elsewhere"_s, u"id"_s, u"me@away"_s});
        away->add(upload(u"b"_s));
        away->add(upload(u"c"_s))->pause();
        schedule.queueFor({.key = u"root"_s, .isKept = false})->add(upload(u"a"_s));
        QCOMPARE(schedule.jobs().size(), 4);
    }
    TransferSchedule schedule(m_database.get());
    QSignalSpy restored(&schedule, &TransferSchedule::restored);
    QTRY_COMPARE_WITH_TIMEOUT(restored.size(), 1, patience);
    QCOMPARE(restored[0][0].toInt(), 2);
    const QList<TransferJob *> jobs = schedule.jobs();
    QCOMPARE(jobs.size(), 3);
    QCOMPARE(jobs[0]->state(), State::Finished);
    QCOMPARE((*jobs[0]->result())->filesCopied, 1);
    QCOMPARE(jobs[1]->state(), State::Waiting);
    QCOMPARE(jobs[2]->state(), State::Paused);
    QVERIFY((schedule.serverOf(*jobs[1])
             == transfer::TransferServer{u"away"_s, u"Elsewhere"_s, u"id"_s, u"me@away"_s}));
    QVERIFY(!schedule.isConnected(*jobs[1]));

    Login login(schedule, m_settings, u"away"_s);
    QTRY_COMPARE_WITH_TIMEOUT(jobs[1]->state(), State::Finished, patience);
    QCOMPARE(jobs[2]->state(), State::Paused);
    jobs[2]->resume();
    QTRY_COMPARE_WITH_TIMEOUT(jobs[2]->state(), State::Finished, patience);
    QCOMPARE(QDir(m_server->home() + u"/into"_s).entryList(QDir::Files),
             QStringList({u"a"_s, u"b"_s, u"c"_s}));
}

void TransferScheduleTest::livingProgramKeepsItsOwn()
{
    put(u"a"_s, 10);
    TransferSchedule first(m_database.get());
    first.queueFor({u"one"_s, u"one"_s, {}, {}})->add(upload(u"a"_s));
    storage::Database otherDatabase(m_database->path());
    TransferSchedule second(&otherDatabase);
    const auto queue = second.queueFor({u"two"_s, u"two"_s, {}, {}});
    queue->add(upload(u"a"_s)); // is stored after what was there has been looked at
    Login login(second, m_settings, u"two"_s);
    QTRY_COMPARE_WITH_TIMEOUT(second.jobs().first()->state(), State::Finished, patience);
    QCOMPARE(second.jobs().size(), 1);
    QCOMPARE(first.jobs().first()->state(), State::Waiting);
}

void TransferScheduleTest::removedOnesAreForgotten()
{
    put(u"a"_s, 10);
    {
        TransferSchedule schedule(m_database.get());
        const auto queue = schedule.queueFor({u"one"_s, u"one"_s, {}, {}});
        TransferJob *kept = queue->add(upload(u"a"_s));
        TransferJob *removed = queue->add(upload(u"a"_s));
        schedule.remove(*removed);
        QCOMPARE(schedule.jobs(), QList<TransferJob *>{kept});
    }
    TransferSchedule schedule(m_database.get());
    QTRY_COMPARE_WITH_TIMEOUT(schedule.jobs().size(), 1, patience);
}

void TransferScheduleTest::restoredOnesTellHowFarTheyWere()
{
    put(u"large"_s, 500'000);
    transfer::Progress before;
    {
        TransferSchedule schedule(m_database.get());
        schedule.setLimit(20'000);
        Login login(schedule, m_settings, u"one"_s);
        TransferJob *job = login.queue->add(upload(u"large"_s));
        QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 0, patience);
        job->pause();
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), State::Paused, patience);
        before = job->progress();
    }
    TransferSchedule schedule(m_database.get());
    QTRY_COMPARE_WITH_TIMEOUT(schedule.jobs().size(), 1, patience);
    const transfer::Progress &progress = schedule.jobs().first()->progress();
    QVERIFY(progress.bytesDone > 0);
    QCOMPARE(progress.bytesDone, before.bytesDone);
    QCOMPARE(progress.bytesTotal, 500'000U);
    QCOMPARE(progress.filesTotal, 1);
    QVERIFY(!progress.counting);
}

// What a program that was killed has left looks the same: only its names tell whose it is.
void TransferScheduleTest::canceledPausedOnesLeaveNoParts()
{
    QVERIFY(QDir().mkpath(local(u"tree/deep"_s)));
    put(u"tree/deep/large"_s, 500'000);
    TransferSchedule schedule(m_database.get());
    schedule.setLimit(2000);
    Login login(schedule, m_settings, u"one"_s);
    TransferJob *job = login.queue->add(upload(u"tree"_s));
    QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 0, patience);
    job->pause();
    QTRY_COMPARE_WITH_TIMEOUT(job->state(), State::Paused, patience);

    const QString into = m_server->home() + u"/into/"_s;
    const QString ending = u".ponto-part-"_s + QString::fromLatin1(job->request().memory->token);
    const QStringList ours{into + u".a"_s + ending, into + u"tree/deep/.large"_s + ending};
    QVERIFY(QDir().mkpath(into + u"other"_s));
    const QStringList others{into + u".a.ponto-part-1"_s, into + u"tree/.b.ponto-part"_s,
                             into + u"other/.a"_s + ending};
    for (const QString &name : ours + others) {
        QFile file(name);
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(name));
    }
    schedule.remove(*job);

    for (const QString &name : ours) {
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(name), patience);
    }
    for (const QString &name : others) {
        QVERIFY2(QFile::exists(name), qPrintable(name));
    }
}

void TransferScheduleTest::limitHoldsForAllTogether()
{
    constexpr quint64 limit = 400'000;
    TransferSchedule schedule(m_database.get());
    Login login(schedule, m_settings, u"one"_s);
    QTRY_VERIFY_WITH_TIMEOUT(login.queue->hasConnection(), patience);
    schedule.setLimit(limit);
    QVERIFY(QDir().mkpath(m_server->home() + u"/into/2"_s));
    put(u"large"_s, 600'000);
    QElapsedTimer time;
    time.start();
    TransferJob *first = login.queue->add(upload(u"large"_s));
    TransferJob *second = login.queue->add(upload(u"large"_s, u"/2"_s));
    QTRY_COMPARE_WITH_TIMEOUT(first->state(), State::Finished, patience);
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), State::Finished, patience);
    QVERIFY2(time.elapsed() > 2000, qPrintable(QString::number(time.elapsed())));
}

void TransferScheduleTest::endIsToldOnce()
{
    put(u"a"_s, 10);
    TransferSchedule schedule(m_database.get());
    QSignalSpy ended(&schedule, &TransferSchedule::ended);
    Login login(schedule, m_settings, u"one"_s);
    login.queue->add(upload(u"a"_s));
    login.queue->add(upload(u"is not there"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    QCOMPARE(ended[0][0].toInt(), 2);
    QCOMPARE(ended[0][1].toInt(), 1);
    QVERIFY(!schedule.isAnyRunnable());
}

QTEST_GUILESS_MAIN(TransferScheduleTest)

#include "TransferScheduleTest.moc"
