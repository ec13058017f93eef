// Copies from one real sshd to another. What is expected is what diff(1), cmp(1) and find(1) say of
// the disks.

#include "sftp/Client.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/Reason.h"
#include "transfer/TransferSchedule.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using transfer::CopyNote;
using transfer::Summary;
using transfer::TransferJob;
using transfer::TransferSchedule;
using State = TransferJob::State;

namespace {

constexpr auto patience = 60s;

// A server, and a login there with its queue of the schedule.
struct Site
{
    explicit Site(QString name)
        : title(std::move(name))
    {
    }

    Result<void> setUp()
    {
        return fixture.setUp().and_then([this]() -> Result<void> {
            tests::SshServerOptions options;
            options.withAuthorizedKey(fixture.userKey().publicLine);
            server = std::make_unique<tests::SshServer>(options);
            return server->start();
        });
    }

    void connectTo(TransferSchedule &schedule)
    {
        queue = schedule.queueFor({title.toLower(), title, {}, {}});
        disconnect();
        connection = std::make_unique<ssh::Connection>(fixture.settingsWithKey(*server));
        client = std::make_unique<sftp::Client>(*connection);
        QObject::connect(client.get(), &sftp::Client::opened, client.get(),
                         [this] { queue->attach(*client, lanes); });
        connection->open();
    }

    void disconnect()
    {
        client.reset();
        connection.reset();
    }

    QString path(const QString &name) const { return server->home() + u'/' + name; }

    QString title;
    tests::ConnectionFixture fixture;
    std::shared_ptr<transfer::LaneBoard> lanes // shared with the transfers
        = std::make_shared<transfer::LaneBoard>(
            transfer::CopyServices{std::make_shared<transfer::PartLedger>(
                                       fixture.path(u"parts"_s).toUtf8(), title.toUtf8()),
                                   nullptr});
    std::unique_ptr<tests::SshServer> server;
    std::shared_ptr<transfer::TransferQueue> queue; // shared with the schedule
    std::unique_ptr<ssh::Connection> connection;
    std::unique_ptr<sftp::Client> client;
};

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

// No two of its blocks are alike.
void writeLarge(const QString &path, int megabytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray block(qsizetype{1} << 20, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : block) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    for (int i = 0; i < megabytes; ++i) {
        const QByteArray number = QByteArray::number(i).rightJustified(8, '0');
        block.replace(i, number.size(), number);
        QCOMPARE(file.write(block), block.size());
    }
}

QStringList namesIn(const QString &path)
{
    return QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System
                                | QDir::NoDotAndDotDot);
}

QByteArray output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    return process.waitForFinished(120'000) ? process.readAll() : "did not end";
}

// Names, types, modes, times and targets of links.
QByteArray metadata(const QString &directory)
{
    QByteArrayList sorted
        = output(u"find"_s,
                 {directory, u"!"_s, u"-type"_s, u"d"_s, u"-printf"_s, u"%P %y %m %l %Ts\\0"_s})
              .split('\0');
    std::ranges::sort(sorted);
    return sorted.join('\n');
}

} // namespace

class RelayTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void treeOfHostileNamesArrives();
    void largeFileArrivesAndIsVerified();
    void attributesAreKept();
    void conflictsAreAsked();
    void resumedFileIsComparedWithItsSource();
    void canceledJobLeavesNothing();
    void pausedJobGoesOn();
    void lostSourceInterrupts();
    void lostTargetInterrupts();
    void failuresNameTheirServer();
    void waitsForBothServers();
    void sameServerIsBothEnds();

private:
    transfer::TransferRequest request(const QString &name) const;
    transfer::TransferRequest slowRequest(const QString &name) const;
    TransferJob *add(const transfer::TransferRequest &request) { return m_to.queue->add(request); }
    QByteArray differences(const QString &name) const // that cmp(1) finds
    {
        return output(u"cmp"_s, {m_from.path(name), m_to.path(name)});
    }
    static Result<Summary> resultOf(TransferJob &job);
    Result<Summary> run(const transfer::TransferRequest &request)
    {
        return resultOf(*add(request));
    }

    Site m_from{u"Alpha"_s};
    Site m_to{u"Beta"_s};
    std::unique_ptr<TransferSchedule> m_schedule;
};

void RelayTest::initTestCase()
{
    for (Site *site : {&m_from, &m_to}) {
        const auto made = site->setUp();
        QVERIFY2(made, tests::reason(made).constData());
    }
}

void RelayTest::init()
{
    m_schedule = std::make_unique<TransferSchedule>();
    for (Site *site : {&m_from, &m_to}) {
        QCOMPARE(output(u"rm"_s, {u"-rf"_s, site->path(u"data"_s)}), QByteArray());
        QVERIFY(QDir().mkpath(site->path(u"data"_s)));
        site->connectTo(*m_schedule);
    }
}

void RelayTest::cleanup()
{
    m_schedule.reset();
    for (Site *site : {&m_from, &m_to}) {
        site->queue.reset();
        site->disconnect();
        // Not by Qt, which does not find names that are not UTF-8.
        output(u"rm"_s, {u"-rf"_s, site->path(u"data"_s)});
    }
}

transfer::TransferRequest RelayTest::request(const QString &name) const
{
    transfer::TransferRequest request;
    request.direction = transfer::Direction::Relay;
    request.sources = {FilePath::fromText(m_from.path(u"data/"_s + name))};
    request.source = m_from.queue->server();
    request.targetDirectory = FilePath::fromText(m_to.path(u"data"_s));
    return request;
}

// So that there is time to come between.
transfer::TransferRequest RelayTest::slowRequest(const QString &name) const
{
    auto slow = request(name);
    slow.bytesPerSecond = 40'000'000;
    return slow;
}

Result<Summary> RelayTest::resultOf(TransferJob &job)
{
    QSignalSpy finished(&job, &TransferJob::finished);
    if (!job.result() && !finished.wait(patience)) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return *job.result();
}

void RelayTest::treeOfHostileNamesArrives()
{
    const QString tree = m_from.path(u"data/tree"_s);
    QVERIFY(QDir().mkpath(tree + u"/a/b/empty"_s));
    for (const QByteArray &name :
         {QByteArray("-rf"), QByteArray("line\nbreak"), QByteArray("\x1b[31mred"),
          QByteArray("\xff\xfe latin"), QByteArray(" blank "), QByteArray("\xe2\x80\xaetxt.exe"),
          QByteArray(255, 'n'), QByteArray("*?'\"\\$(id)")}) {
        const QByteArray path = QFile::encodeName(tree) + '/' + name;
        const int descriptor = ::open(path.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0640);
        QVERIFY(descriptor >= 0);
        QCOMPARE(::write(descriptor, name.constData(), static_cast<size_t>(name.size())),
                 name.size());
        ::close(descriptor);
    }
    for (int i = 0; i < 2000; ++i) {
        write(tree + u"/a/b/%1 file"_s.arg(i), QByteArray(i * 7, static_cast<char>(i)));
    }
    QCOMPARE(::symlink("b/7 file", QFile::encodeName(tree + u"/a/link"_s).constData()), 0);
    QCOMPARE(::symlink("nothing", QFile::encodeName(tree + u"/dangling"_s).constData()), 0);

    const auto result = run(request(u"tree"_s));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures, QList<transfer::FileFailure>());
    QCOMPARE(result->filesCopied, 2010);
    QCOMPARE(output(u"diff"_s, {u"-r"_s, u"--no-dereference"_s, tree, m_to.path(u"data/tree"_s)}),
             QByteArray());
    QCOMPARE(metadata(m_to.path(u"data/tree"_s)), metadata(tree));
}

void RelayTest::largeFileArrivesAndIsVerified()
{
    writeLarge(m_from.path(u"data/large"_s), 200);
    auto copy = request(u"large"_s);
    copy.options.verify = true;

    const auto result = run(copy);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures, QList<transfer::FileFailure>());
    QCOMPARE(result->bytesCopied, quint64{200} << 20U);
    QCOMPARE(differences(u"data/large"_s), QByteArray());
    QCOMPARE(namesIn(m_to.path(u"data"_s)), QStringList{u"large"_s});
}

void RelayTest::attributesAreKept()
{
    QVERIFY(QDir().mkpath(m_from.path(u"data/dir/sub"_s)));
    write(m_from.path(u"data/dir/sub/run"_s), "#!");
    const QString file = m_from.path(u"data/dir/sub/run"_s);
    const QString directory = m_from.path(u"data/dir/sub"_s);
    QCOMPARE(output(u"chmod"_s, {u"0510"_s, file}), QByteArray());
    QCOMPARE(output(u"touch"_s, {u"-d"_s, u"2001-02-03 04:05:06"_s, file, directory}),
             QByteArray());
    auto copy = request(u"dir"_s);
    copy.options.preserve = true;

    const auto result = run(copy);

    QVERIFY2(result, tests::reason(result).constData());
    const auto state
        = [](const QString &path) { return output(u"stat"_s, {u"-c"_s, u"%a %Y"_s, path}); };
    for (const QString &name : {u"data/dir/sub/run"_s, u"data/dir/sub"_s}) {
        QCOMPARE(state(m_to.path(name)), state(m_from.path(name)));
    }
}

void RelayTest::conflictsAreAsked()
{
    using transfer::ConflictAnswer;
    for (const QString &name : {u"replaced"_s, u"skipped"_s, u"kept"_s}) {
        write(m_from.path(u"data/"_s + name), "new");
        write(m_to.path(u"data/"_s + name), "older");
    }
    auto copy = request(u"replaced"_s);
    copy.sources << FilePath::fromText(m_from.path(u"data/skipped"_s))
                 << FilePath::fromText(m_from.path(u"data/kept"_s));
    TransferJob *job = add(copy);
    connect(job, &TransferJob::conflictRaised, this, [job](const transfer::Conflict &conflict) {
        const QByteArray name = conflict.target.name();
        const auto answer = name == "replaced" ? ConflictAnswer::Overwrite
            : name == "skipped"                ? ConflictAnswer::Skip
                                               : ConflictAnswer::KeepBoth;
        job->answer(conflict.id, answer, transfer::AnswerScope::ThisFile);
    });

    const auto result = resultOf(*job);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 2);
    QCOMPARE(result->filesSkipped, 1);
    QCOMPARE(read(m_to.path(u"data/replaced"_s)), "new");
    QCOMPARE(read(m_to.path(u"data/skipped"_s)), "older");
    QCOMPARE(read(m_to.path(u"data/kept"_s)), "older");
    QCOMPARE(read(m_to.path(u"data/kept (2)"_s)), "new");
    QCOMPARE(namesIn(m_to.path(u"data"_s)).size(), 4);
}

// One is the beginning of its source, the other one is not.
void RelayTest::resumedFileIsComparedWithItsSource()
{
    writeLarge(m_from.path(u"data/begun"_s), 8);
    writeLarge(m_from.path(u"data/other"_s), 8);
    const QByteArray whole = read(m_from.path(u"data/begun"_s));
    write(m_to.path(u"data/begun"_s), whole.first(3'000'000));
    write(m_to.path(u"data/other"_s), whole.first(3'000'000).replace(2'999'990, 1, "#"));
    auto copy = request(u"begun"_s);
    copy.sources << FilePath::fromText(m_from.path(u"data/other"_s));
    copy.answers.files = transfer::ConflictAnswer::Resume;

    const auto result = run(copy);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures.first().obstacle, transfer::CopyObstacle::OtherBeginning);
    QCOMPARE(result->bytesCopied, static_cast<quint64>(whole.size()) - 3'000'000);
    QCOMPARE(read(m_to.path(u"data/begun"_s)), whole);
    QCOMPARE(QFile(m_to.path(u"data/other"_s)).size(), 3'000'000);
}

void RelayTest::canceledJobLeavesNothing()
{
    writeLarge(m_from.path(u"data/large"_s), 60);
    TransferJob *job = add(slowRequest(u"large"_s));
    QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 10'000'000, patience);
    QVERIFY(!namesIn(m_to.path(u"data"_s)).contains(u"large"_s));

    job->cancel();

    QCOMPARE(resultOf(*job).error().kind, ErrorKind::Cancelled);
    QTRY_COMPARE(namesIn(m_to.path(u"data"_s)), QStringList());
}

void RelayTest::pausedJobGoesOn()
{
    writeLarge(m_from.path(u"data/large"_s), 60);
    TransferJob *job = add(slowRequest(u"large"_s));
    QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 10'000'000, patience);

    job->pause();
    QTRY_COMPARE(job->state(), State::Paused);
    QVERIFY(!namesIn(m_to.path(u"data"_s)).contains(u"large"_s));
    job->resume();

    const auto result = resultOf(*job);
    QVERIFY2(result, tests::reason(result).constData());
    QVERIFY(std::ranges::any_of(result->notes, [](const CopyNote &note) {
        return note.kind == CopyNote::Kind::Resumed && note.bytes > 0;
    }));
    QCOMPARE(differences(u"data/large"_s), QByteArray());
    QCOMPARE(namesIn(m_to.path(u"data"_s)), QStringList{u"large"_s});
}

void RelayTest::lostSourceInterrupts()
{
    writeLarge(m_from.path(u"data/large"_s), 60);
    TransferJob *job = add(slowRequest(u"large"_s));
    QSignalSpy interrupted(job, &TransferJob::interrupted);
    QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 10'000'000, patience);

    m_from.server->killSessions();

    QTRY_COMPARE_WITH_TIMEOUT(job->state(), State::Interrupted, patience);
    QCOMPARE(interrupted.first().first().value<base::Error>().kind, ErrorKind::ConnectionLost);
    QCOMPARE(interrupted.first().first().value<base::Error>().server, u"Alpha"_s);
    QVERIFY(!namesIn(m_to.path(u"data"_s)).contains(u"large"_s));
    QTRY_VERIFY(!m_schedule->isConnected(*job));
    QSignalSpy wanted(m_schedule.get(), &TransferSchedule::connectionWanted);
    m_schedule->requestConnection(*job);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<transfer::TransferServer>().title, u"Alpha"_s);

    m_from.connectTo(*m_schedule);

    const auto result = resultOf(*job);
    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures, QList<transfer::FileFailure>());
    QCOMPARE(differences(u"data/large"_s), QByteArray());
    QCOMPARE(namesIn(m_to.path(u"data"_s)), QStringList{u"large"_s});
}

void RelayTest::lostTargetInterrupts()
{
    writeLarge(m_from.path(u"data/large"_s), 60);
    TransferJob *job = add(slowRequest(u"large"_s));
    QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 10'000'000, patience);

    m_to.server->killSessions();

    QTRY_COMPARE_WITH_TIMEOUT(job->state(), State::Interrupted, patience);
    QVERIFY(!namesIn(m_to.path(u"data"_s)).contains(u"large"_s));
    m_to.connectTo(*m_schedule);

    const auto result = resultOf(*job);
    QVERIFY2(result, tests::reason(result).constData());
    QVERIFY(std::ranges::any_of(result->notes, [](const CopyNote &note) {
        return note.kind == CopyNote::Kind::Resumed && note.bytes > 0;
    }));
    QCOMPARE(differences(u"data/large"_s), QByteArray());
    QCOMPARE(namesIn(m_to.path(u"data"_s)), QStringList{u"large"_s});
}

void RelayTest::failuresNameTheirServer()
{
    write(m_from.path(u"data/file"_s), "new");
    QVERIFY(QDir().mkpath(m_to.path(u"data/file"_s)));
    auto copy = request(u"file"_s);
    copy.sources << FilePath::fromText(m_from.path(u"data/missing"_s));
    copy.answers.files = transfer::ConflictAnswer::Overwrite;

    const auto result = run(copy);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures.size(), 2);
    for (const transfer::FileFailure &failure : result->failures) {
        const bool isMissing = failure.path.name() == "missing";
        QCOMPARE(failure.error.kind, isMissing ? ErrorKind::NotFound : ErrorKind::IsADirectory);
        QCOMPARE(failure.error.server, isMissing ? u"Alpha"_s : u"Beta"_s);
    }
    copy.targetDirectory = FilePath::fromText(m_to.path(u"nowhere"_s));
    QCOMPARE(run(copy).error().server, u"Beta"_s);
}

void RelayTest::waitsForBothServers()
{
    write(m_from.path(u"data/file"_s), "x");
    QTRY_VERIFY(m_from.queue->hasConnection() && m_to.queue->hasConnection());
    m_from.disconnect();
    m_to.disconnect();
    TransferJob *job = add(request(u"file"_s));
    QSignalSpy started(job, &TransferJob::started);
    QSignalSpy wanted(m_schedule.get(), &TransferSchedule::connectionWanted);
    m_schedule->requestConnection(*job);
    QCOMPARE(wanted.size(), 2);

    m_to.connectTo(*m_schedule);
    QTRY_VERIFY(m_to.queue->hasConnection());
    QVERIFY(!m_schedule->isConnected(*job));
    m_schedule->requestConnection(*job);
    QCOMPARE(wanted.size(), 3);
    QCOMPARE(started.size(), 0);
    m_from.connectTo(*m_schedule);

    const auto result = resultOf(*job);
    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(read(m_to.path(u"data/file"_s)), "x");
}

void RelayTest::sameServerIsBothEnds()
{
    writeLarge(m_from.path(u"data/large"_s), 20);
    QVERIFY(QDir().mkpath(m_from.path(u"data/into"_s)));
    auto copy = request(u"large"_s);
    copy.targetDirectory = FilePath::fromText(m_from.path(u"data/into"_s));

    const auto result = resultOf(*m_from.queue->add(copy));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(output(u"cmp"_s, {m_from.path(u"data/large"_s), m_from.path(u"data/into/large"_s)}),
             QByteArray());
}

QTEST_GUILESS_MAIN(RelayTest)

#include "RelayTest.moc"
