// "Resume": what is there stays as it is until all of it has come, whatever happens to the
// transfer, and the parts of transfers that did not come to their end are removed. Over real sshds
// and with a real database.

#include "sftp/Client.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/Reason.h"
#include "transfer/TransferSchedule.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using transfer::ConflictAnswer;
using transfer::Direction;
using transfer::TransferJob;
using transfer::TransferSchedule;
using State = TransferJob::State;

namespace {

constexpr auto patience = 20s;
constexpr qsizetype sourceBytes = 3'000'000;
constexpr qsizetype beginningBytes = 1'000'000;
constexpr quint64 slow = 400'000; // bytes per second
constexpr qint64 longAgo = 1'500'000'000; // seconds since 1970 UTC

const QByteArray &source()
{
    static const QByteArray bytes = [] {
        QByteArray data(sourceBytes, Qt::Uninitialized);
        quint32 state = 7;
        for (char &byte : data) {
            state = state * 1664525 + 1013904223;
            byte = static_cast<char>(state >> 24U);
        }
        return data;
    }();
    return bytes;
}

} // namespace

class ResumeAnswerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void staysWhenCanceled_data();
    void staysWhenCanceled();
    void staysIfNothingIsKept_data() { addDirections(); }
    void staysIfNothingIsKept();
    void staysIfTheSourceHasChanged_data() { addDirections(); }
    void staysIfTheSourceHasChanged();
    void isGoneOnWithByTheNextProgram_data() { addDirections(); }
    void isGoneOnWithByTheNextProgram();
    void keepsItsMode_data() { addDirections(); }
    void keepsItsMode();
    void partsGoAfterARestart();
    void otherPartsGoWithTheNextConnection();

private:
    enum class Moment {
        Running, // by the first run
        RunningAgain, // by the run of another program
        Away, // without connection
        AwayRestarted, // without connection, by another program
        Paused,
    };

    static void addDirections();
    void start(bool isKept = true);
    void connectToServer();
    void loseConnection();
    void restart(); // as after a kill: nothing that this program does at its end is seen
    transfer::TransferRequest request() const;
    TransferJob *begin();
    TransferJob *job() const { return m_schedule->jobs().last(); }
    QString sourcePath() const;
    QString target(const QString &name = {}) const;
    QStringList targetNames() const;
    QByteArray content(const QString &name = u"file"_s) const;
    void put(const QString &path, const QByteArray &bytes) const;
    bool isAsBefore() const;
    bool isAlone() const; // nothing is beside it

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    ssh::ConnectionSettings m_settings;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<TransferSchedule> m_schedule;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    std::shared_ptr<transfer::TransferQueue> m_queue; // shared with the schedule
    Direction m_direction = Direction::Upload;
};

void ResumeAnswerTest::initTestCase()
{
    const auto made = m_fixture.setUp();
    QVERIFY2(made, tests::reason(made).constData());
    tests::SshServerOptions options;
    options.withAuthorizedKey(m_fixture.userKey().publicLine);
    m_server = std::make_unique<tests::SshServer>(options);
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_settings = m_fixture.settingsWithKey(*m_server);
}

void ResumeAnswerTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_database = std::make_unique<storage::Database>(m_directory->filePath(u"ponto.sqlite"_s));
    QVERIFY(QDir().mkpath(m_directory->filePath(u"here"_s)));
    QDir(m_server->home() + u"/there"_s).removeRecursively();
    QVERIFY(QDir().mkpath(m_server->home() + u"/there"_s));
}

void ResumeAnswerTest::cleanup()
{
    m_queue.reset();
    m_client.reset();
    m_connection.reset();
    m_schedule.reset();
    m_database.reset();
    m_directory.reset();
}

void ResumeAnswerTest::addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("upload") << Direction::Upload;
}

QString ResumeAnswerTest::sourcePath() const
{
    return (m_direction == Direction::Upload ? m_directory->path() + u"/here"_s
                                             : m_server->home() + u"/there"_s)
        + u"/file"_s;
}

QString ResumeAnswerTest::target(const QString &name) const
{
    return (m_direction == Direction::Upload ? m_server->home() + u"/there/"_s
                                             : m_directory->path() + u"/here/"_s)
        + name;
}

QStringList ResumeAnswerTest::targetNames() const
{
    return QDir(target()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

QByteArray ResumeAnswerTest::content(const QString &name) const
{
    QFile file(target(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ResumeAnswerTest::put(const QString &path, const QByteArray &bytes) const
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.flush());
    QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(longAgo),
                             QFileDevice::FileModificationTime));
}

bool ResumeAnswerTest::isAlone() const
{
    return targetNames() == QStringList{u"file"_s} && isAsBefore();
}

bool ResumeAnswerTest::isAsBefore() const
{
    return QFileInfo(target(u"file"_s)).lastModified().toSecsSinceEpoch() == longAgo
        && content() == source().first(beginningBytes);
}

void ResumeAnswerTest::start(bool isKept)
{
    m_schedule = std::make_unique<TransferSchedule>(m_database.get());
    m_schedule->setLimit(slow);
    m_queue = m_schedule->queueFor({.key = u"one"_s, .title = u"one"_s, .isKept = isKept});
}

void ResumeAnswerTest::connectToServer()
{
    m_connection = std::make_unique<ssh::Connection>(m_settings);
    m_client = std::make_unique<sftp::Client>(*m_connection);
    connect(m_client.get(), &sftp::Client::opened, this, [this] { m_queue->attach(*m_client); });
    m_connection->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->hasConnection(), patience);
}

void ResumeAnswerTest::loseConnection()
{
    m_client.reset();
    m_connection.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!m_queue->hasConnection(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(job()->state() != State::Running, patience);
}

void ResumeAnswerTest::restart()
{
    loseConnection();
    m_queue.reset();
    m_schedule.reset();
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_schedule->jobs().size(), 1, patience);
}

transfer::TransferRequest ResumeAnswerTest::request() const
{
    transfer::TransferRequest request;
    request.direction = m_direction;
    request.sources = {files::FilePath::fromText(sourcePath())};
    request.targetDirectory = files::FilePath::fromText(target()).normalized();
    request.answers.files = ConflictAnswer::Resume;
    return request;
}

// Until the part has more than the beginning.
TransferJob *ResumeAnswerTest::begin()
{
    put(sourcePath(), source());
    put(target(u"file"_s), source().first(beginningBytes));
    const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!QFile::setPermissions(target(u"file"_s), mode)) {
        QTest::qFail("its mode was not set", __FILE__, __LINE__);
    }
    TransferJob *added = m_queue->add(request());
    const auto hasGrown = [this] {
        const QFileInfoList files
            = QDir(target()).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name);
        return files.size() == 2 && files[0].size() > beginningBytes;
    };
    if (!QTest::qWaitFor(hasGrown, patience) || !isAsBefore()) {
        QTest::qFail("it was not begun", __FILE__, __LINE__);
    }
    return added;
}

void ResumeAnswerTest::staysWhenCanceled_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<int>("moment");

    for (const Direction direction : {Direction::Download, Direction::Upload}) {
        const QByteArray name = direction == Direction::Upload ? "upload" : "download";
        const auto add = [&](const char *when, Moment moment) {
            QTest::newRow((name + ", " + when).constData())
                << direction << static_cast<int>(moment);
        };
        add("running", Moment::Running);
        add("running again", Moment::RunningAgain);
        add("away", Moment::Away);
        add("away, restarted", Moment::AwayRestarted);
        add("paused", Moment::Paused);
    }
}

void ResumeAnswerTest::staysWhenCanceled()
{
    QFETCH(Direction, direction);
    QFETCH(int, moment);
    m_direction = direction;
    const auto when = static_cast<Moment>(moment);
    start();
    connectToServer();
    begin();
    if (when == Moment::Away) {
        loseConnection();
    } else if (when == Moment::Paused) {
        job()->pause();
        QTRY_COMPARE_WITH_TIMEOUT(job()->state(), State::Paused, patience);
    } else if (when != Moment::Running) {
        restart();
    }
    if (when == Moment::RunningAgain) {
        connectToServer();
        QTRY_COMPARE_WITH_TIMEOUT(job()->state(), State::Running, patience);
    }

    job()->cancel();

    if (when == Moment::Away || when == Moment::AwayRestarted) {
        connectToServer();
    }
    QTRY_VERIFY_WITH_TIMEOUT(isAlone(), patience);
    QVERIFY(job()->result() && !*job()->result());
}

void ResumeAnswerTest::staysIfNothingIsKept()
{
    QFETCH(Direction, direction);
    m_direction = direction;
    start(false);
    connectToServer();
    begin();
    loseConnection();
    QVERIFY(isAsBefore());
    job()->cancel();
    QVERIFY(isAsBefore());
}

void ResumeAnswerTest::staysIfTheSourceHasChanged()
{
    QFETCH(Direction, direction);
    m_direction = direction;
    start();
    connectToServer();
    begin();
    restart();
    QByteArray other = source();
    other[beginningBytes / 2] = static_cast<char>(~other[beginningBytes / 2]);
    put(sourcePath(), other);

    connectToServer();

    QTRY_COMPARE_WITH_TIMEOUT(job()->state(), State::Finished, patience);
    QVERIFY(*job()->result());
    QCOMPARE((*job()->result())->failures.size(), 1);
    QCOMPARE((*job()->result())->failures[0].obstacle, transfer::CopyObstacle::OtherBeginning);
    QVERIFY(isAsBefore());
}

void ResumeAnswerTest::isGoneOnWithByTheNextProgram()
{
    QFETCH(Direction, direction);
    m_direction = direction;
    start();
    connectToServer();
    begin();
    restart();
    connectToServer();
    m_schedule->setLimit(0);
    QTRY_COMPARE_WITH_TIMEOUT(job()->state(), State::Finished, patience);
    QVERIFY(*job()->result());
    QCOMPARE((*job()->result())->failures.size(), 0);
    QVERIFY((*job()->result())->bytesCopied <= sourceBytes - beginningBytes);
    QCOMPARE(targetNames(), QStringList{u"file"_s});
    QVERIFY(content() == source());
}

void ResumeAnswerTest::keepsItsMode()
{
    QFETCH(Direction, direction);
    m_direction = direction;
    start();
    connectToServer();
    begin();
    m_schedule->setLimit(0);
    QTRY_COMPARE_WITH_TIMEOUT(job()->state(), State::Finished, patience);
    QVERIFY(content() == source());
    QVERIFY(QFile::permissions(target(u"file"_s)).testFlag(QFileDevice::ReadOwner));
    QVERIFY(!QFile::permissions(target(u"file"_s)).testFlag(QFileDevice::ReadOther));
}

// The transfer is gone from the list, and the program from memory.
void ResumeAnswerTest::partsGoAfterARestart()
{
    start();
    connectToServer();
    begin();
    loseConnection();
    m_schedule->remove(*job());
    QCOMPARE(m_schedule->jobs().size(), 0);
    QVERIFY(!isAlone());
    m_queue.reset();
    m_schedule.reset();

    start();
    connectToServer();
    QTRY_VERIFY_WITH_TIMEOUT(isAlone(), patience);

    // It is forgotten then: what another one leaves there is not looked for again.
    const auto isForgotten = [this] {
        const auto rest
            = m_database->read({u"nothing"_s, {}}, [](storage::Transaction &transaction) {
                  return transaction.rows(u"SELECT token FROM transfer_left_parts"_s);
              });
        return QTest::qWaitFor([&rest] { return rest.isFinished(); }, patience) && rest.result()
            && rest.result()->isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isForgotten(), patience);
}

void ResumeAnswerTest::otherPartsGoWithTheNextConnection()
{
    start();
    connectToServer();
    put(sourcePath(), source());
    m_queue->add(request());
    QTRY_VERIFY_WITH_TIMEOUT(job()->progress().bytesDone > 0, patience);
    loseConnection();
    const QString part
        = u".file.ponto-part-"_s + QString::fromLatin1(job()->request().memory->token);
    put(target(part), source().first(10));

    job()->cancel();
    connectToServer();

    QTRY_COMPARE_WITH_TIMEOUT(targetNames(), QStringList(), patience);
}

QTEST_GUILESS_MAIN(ResumeAnswerTest)

#include "ResumeAnswerTest.moc"
