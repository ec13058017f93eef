// Copies from one real sshd to another. What is expected is what diff(1), cmp(1) and find(1) say of
// the disks.

#include "tests/integration/transfers/RelaySite.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
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
using tests::contentOf;
using tests::namesIn;
using tests::outputOf;
using tests::RelaySite;
using tests::writeFile;
using tests::writeLargeFile;
using transfer::CopyNote;
using transfer::Summary;
using transfer::TransferJob;
using transfer::TransferSchedule;
using State = TransferJob::State;

namespace {

constexpr auto patience = 60s;

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
    void isWholeWhateverEndsIt();

private:
    enum Blow { Cancel, Pause, LoseSource, LoseTarget, LoseBoth, DropSource, DropTarget, DropAll };
    static constexpr int blows = 8;

    void connectBoth();
    void strike(Blow blow, TransferJob &job);
    void verifyAfter(Blow blow, TransferJob &job);
    transfer::TransferRequest request(const QString &name) const;
    transfer::TransferRequest slowRequest(const QString &name) const;
    TransferJob *add(const transfer::TransferRequest &request) { return m_to.queue->add(request); }
    QByteArray differences(const QString &name) const // that cmp(1) finds
    {
        return outputOf(u"cmp"_s, {m_from.path(name), m_to.path(name)});
    }
    static Result<Summary> resultOf(TransferJob &job);
    Result<Summary> run(const transfer::TransferRequest &request)
    {
        return resultOf(*add(request));
    }

    RelaySite m_from{u"Alpha"_s};
    RelaySite m_to{u"Beta"_s};
    std::unique_ptr<TransferSchedule> m_schedule;
};

void RelayTest::initTestCase()
{
    for (RelaySite *site : {&m_from, &m_to}) {
        const auto made = site->setUp();
        QVERIFY2(made, tests::reason(made).constData());
    }
}

void RelayTest::init()
{
    m_schedule = std::make_unique<TransferSchedule>();
    for (RelaySite *site : {&m_from, &m_to}) {
        QCOMPARE(outputOf(u"rm"_s, {u"-rf"_s, site->path(u"data"_s)}), QByteArray());
        QVERIFY(QDir().mkpath(site->path(u"data"_s)));
        site->connectTo(*m_schedule);
    }
}

void RelayTest::cleanup()
{
    m_schedule.reset();
    for (RelaySite *site : {&m_from, &m_to}) {
        site->queue.reset();
        site->disconnect();
        // Not by Qt, which does not find names that are not UTF-8.
        outputOf(u"rm"_s, {u"-rf"_s, site->path(u"data"_s)});
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
        writeFile(tree + u"/a/b/%1 file"_s.arg(i), QByteArray(i * 7, static_cast<char>(i)));
    }
    QCOMPARE(::symlink("b/7 file", QFile::encodeName(tree + u"/a/link"_s).constData()), 0);
    QCOMPARE(::symlink("nothing", QFile::encodeName(tree + u"/dangling"_s).constData()), 0);

    const auto result = run(request(u"tree"_s));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures, QList<transfer::FileFailure>());
    QCOMPARE(result->filesCopied, 2010);
    QCOMPARE(outputOf(u"diff"_s, {u"-r"_s, u"--no-dereference"_s, tree, m_to.path(u"data/tree"_s)}),
             QByteArray());
    QCOMPARE(tests::metadataOf(m_to.path(u"data/tree"_s)), tests::metadataOf(tree));
}

void RelayTest::largeFileArrivesAndIsVerified()
{
    writeLargeFile(m_from.path(u"data/large"_s), 200);
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
    writeFile(m_from.path(u"data/dir/sub/run"_s), "#!");
    const QString file = m_from.path(u"data/dir/sub/run"_s);
    const QString directory = m_from.path(u"data/dir/sub"_s);
    QCOMPARE(outputOf(u"chmod"_s, {u"0510"_s, file}), QByteArray());
    QCOMPARE(outputOf(u"touch"_s, {u"-d"_s, u"2001-02-03 04:05:06"_s, file, directory}),
             QByteArray());
    auto copy = request(u"dir"_s);
    copy.options.preserve = true;

    const auto result = run(copy);

    QVERIFY2(result, tests::reason(result).constData());
    const auto state
        = [](const QString &path) { return outputOf(u"stat"_s, {u"-c"_s, u"%a %Y"_s, path}); };
    for (const QString &name : {u"data/dir/sub/run"_s, u"data/dir/sub"_s}) {
        QCOMPARE(state(m_to.path(name)), state(m_from.path(name)));
    }
}

void RelayTest::conflictsAreAsked()
{
    using transfer::ConflictAnswer;
    for (const QString &name : {u"replaced"_s, u"skipped"_s, u"kept"_s}) {
        writeFile(m_from.path(u"data/"_s + name), "new");
        writeFile(m_to.path(u"data/"_s + name), "older");
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
    QCOMPARE(contentOf(m_to.path(u"data/replaced"_s)), "new");
    QCOMPARE(contentOf(m_to.path(u"data/skipped"_s)), "older");
    QCOMPARE(contentOf(m_to.path(u"data/kept"_s)), "older");
    QCOMPARE(contentOf(m_to.path(u"data/kept (2)"_s)), "new");
    QCOMPARE(namesIn(m_to.path(u"data"_s)).size(), 4);
}

// One is the beginning of its source, the other one is not.
void RelayTest::resumedFileIsComparedWithItsSource()
{
    writeLargeFile(m_from.path(u"data/begun"_s), 8);
    writeLargeFile(m_from.path(u"data/other"_s), 8);
    const QByteArray whole = contentOf(m_from.path(u"data/begun"_s));
    writeFile(m_to.path(u"data/begun"_s), whole.first(3'000'000));
    writeFile(m_to.path(u"data/other"_s), whole.first(3'000'000).replace(2'999'990, 1, "#"));
    auto copy = request(u"begun"_s);
    copy.sources << FilePath::fromText(m_from.path(u"data/other"_s));
    copy.answers.files = transfer::ConflictAnswer::Resume;

    const auto result = run(copy);

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->failures.size(), 1);
    QCOMPARE(result->failures.first().obstacle, transfer::CopyObstacle::OtherBeginning);
    QCOMPARE(result->bytesCopied, static_cast<quint64>(whole.size()) - 3'000'000);
    QCOMPARE(contentOf(m_to.path(u"data/begun"_s)), whole);
    QCOMPARE(QFile(m_to.path(u"data/other"_s)).size(), 3'000'000);
}

void RelayTest::canceledJobLeavesNothing()
{
    writeLargeFile(m_from.path(u"data/large"_s), 60);
    TransferJob *job = add(slowRequest(u"large"_s));
    QTRY_VERIFY_WITH_TIMEOUT(job->progress().bytesDone > 10'000'000, patience);
    QVERIFY(!namesIn(m_to.path(u"data"_s)).contains(u"large"_s));

    job->cancel();

    QCOMPARE(resultOf(*job).error().kind, ErrorKind::Cancelled);
    QTRY_COMPARE(namesIn(m_to.path(u"data"_s)), QStringList());
}

void RelayTest::pausedJobGoesOn()
{
    writeLargeFile(m_from.path(u"data/large"_s), 60);
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
    writeLargeFile(m_from.path(u"data/large"_s), 60);
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
    writeLargeFile(m_from.path(u"data/large"_s), 60);
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
    writeFile(m_from.path(u"data/file"_s), "new");
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
    writeFile(m_from.path(u"data/file"_s), "x");
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
    QCOMPARE(contentOf(m_to.path(u"data/file"_s)), "x");
}

void RelayTest::sameServerIsBothEnds()
{
    writeLargeFile(m_from.path(u"data/large"_s), 20);
    QVERIFY(QDir().mkpath(m_from.path(u"data/into"_s)));
    auto copy = request(u"large"_s);
    copy.targetDirectory = FilePath::fromText(m_from.path(u"data/into"_s));

    const auto result = resultOf(*m_from.queue->add(copy));

    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(outputOf(u"cmp"_s, {m_from.path(u"data/large"_s), m_from.path(u"data/into/large"_s)}),
             QByteArray());
}

void RelayTest::connectBoth()
{
    if (m_schedule == nullptr) {
        m_schedule = std::make_unique<TransferSchedule>();
    }
    for (RelaySite *site : {&m_from, &m_to}) {
        site->connectTo(*m_schedule);
    }
}

// The last three end what is here, with all that is on its way; the others what is there.
void RelayTest::strike(Blow blow, TransferJob &job)
{
    switch (blow) {
    case Cancel:
        return job.cancel();
    case Pause:
        return job.pause();
    case LoseSource:
        return m_from.server->killSessions();
    case LoseTarget:
        return m_to.server->killSessions();
    case LoseBoth:
        m_to.server->killSessions();
        return m_from.server->killSessions();
    case DropSource:
        return m_from.disconnect();
    case DropTarget:
        return m_to.disconnect();
    case DropAll:
        m_schedule.reset();
        m_from.queue.reset();
        m_to.queue.reset();
    }
}

void RelayTest::verifyAfter(Blow blow, TransferJob &job)
{
    if (blow == Pause) {
        QTRY_VERIFY(job.state() == State::Paused || job.result());
        job.resume();
    } else {
        connectBoth();
    }
    if (blow == Cancel || blow == DropAll) {
        return; // that job is over
    }
    const auto result = resultOf(job);
    QVERIFY2(result, tests::reason(result).constData());
    QCOMPARE(result->failures, QList<transfer::FileFailure>());
    const QStringList trees{m_from.path(u"data/tree"_s), m_to.path(u"data/tree"_s)};
    QCOMPARE(outputOf(u"diff"_s, QStringList{u"-r"_s} + trees), QByteArray());
}

// At moments that nobody has chosen. PONTO_TEST_ROUNDS asks for more of them.
void RelayTest::isWholeWhateverEndsIt()
{
    const int rounds = std::max(2 * blows, qEnvironmentVariableIntValue("PONTO_TEST_ROUNDS"));
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    const QString tree = m_from.path(u"data/tree"_s);
    tests::makeMixedTree(tree);
    for (int round = 0; round < rounds; ++round) {
        const auto blow = static_cast<Blow>(round % blows);
        auto copy = request(u"tree"_s);
        copy.options.resume = true;
        copy.answers.files = transfer::ConflictAnswer::Overwrite;
        TransferJob *job = add(copy);
        QTRY_VERIFY_WITH_TIMEOUT(job->state() == State::Running || job->result(), patience);
        QTest::qWait(static_cast<int>(random.bounded(150)));

        strike(blow, *job);

        QCOMPARE(tests::halfFiles(tree, m_to.path(u"data/tree"_s)), QByteArrayList());
        verifyAfter(blow, *job);
        if (QTest::currentTestFailed()) {
            qWarning("seed %u, round %d", seed, round);
            return;
        }
        outputOf(u"rm"_s, {u"-rf"_s, m_to.path(u"data/tree"_s)});
    }
}

QTEST_GUILESS_MAIN(RelayTest)

#include "RelayTest.moc"
