// Two trees, of which one or both are behind a real sshd. What they hold afterwards is told by the
// disk.

#include "synchronize/SyncRun.h"

#include "synchronize/TreeKeeper.h"
#include "tests/integration/synchronize/SyncFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace synchronize;
using base::Result;
using Cause = RunFailure::Cause;
using Direction = SyncRules::Direction;

class SyncRunTest : public QObject, private tests::SyncFixture
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto made = setUp();
        QVERIFY2(made, tests::reason(made).constData());
    }
    void init();
    void cleanup() { end(); }

    void mirrorMakesEqual_data();
    void mirrorMakesEqual();
    void bothWaysExchange();
    void whatAppearedSinceStays();
    void whatChangedSinceIsNotDeleted();
    void nothingIsDeletedIfACopyFailed_data();
    void nothingIsDeletedIfACopyFailed();
    void directoryThatBecameALinkIsLeftAlone_data();
    void directoryThatBecameALinkIsLeftAlone();
    void whatIsGoneNeedsNoDeletion();
    void otherTypesStay();
    void onlyWhatThePlanSaysIsDone();
    void missingDirectoryIsMade();
    void checksumsOfAServerAreCompared();
    void lostConnectionIsWaitedFor();
    void cancelEnds_data();
    void cancelEnds();
    void keeperCarriesChangesOver();
    void keeperCatchesUpAfterALostConnection();
    void keeperEndsWithItsDirectory();

private:
    std::unique_ptr<TreeKeeper> keeper(bool deletes);
    static QStringList partsBelow(const QByteArray &directory);
};

// A test with rows begins by itself, by a way of its own.
void SyncRunTest::init()
{
    if (QTest::currentDataTag() == nullptr) {
        begin();
    }
}

void SyncRunTest::mirrorMakesEqual_data()
{
    QTest::addColumn<Ways>("ways");
    QTest::addColumn<bool>("isUp");
    QTest::newRow("up") << Ways::ToServer << true;
    QTest::newRow("down") << Ways::ToServer << false;
    QTest::newRow("on this computer, to the right") << Ways::Local << true;
    QTest::newRow("on this computer, to the left") << Ways::Local << false;
    QTest::newRow("from one server to another") << Ways::BetweenServers << true;
    QTest::newRow("and back") << Ways::BetweenServers << false;
    QTest::newRow("on one server") << Ways::OneConnection << true;
}

void SyncRunTest::mirrorMakesEqual()
{
    QFETCH(Ways, ways);
    QFETCH(bool, isUp);
    begin(ways);
    const QByteArray source = isUp ? here() : there();
    const QByteArray target = isUp ? there() : here();
    makeTree(source);
    write(target + "plain", "other", 1'600'000'000);
    write(target + "nothing", "something");
    QCOMPARE(::symlink("elsewhere", (target + "link").constData()), 0);
    makeDirectory(target + "extra");
    makeDirectory(target + "extra/deep");
    write(target + "extra/deep/file\xff", "x");
    QCOMPARE(::symlink("/etc", (target + "extra/link").constData()), 0);
    const SyncRules rules{isUp ? Direction::ToRight : Direction::ToLeft, true};

    const SyncPlan plan = this->plan(rules);
    QCOMPARE(plan.conflicts(), 0U);
    QCOMPARE(plan.sums(isUp ? Side::Right : Side::Left), (SyncSums{308, 3, 3'000'812, 4, 2, 2}));
    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(summary->failures, QList<RunFailure>());
    QCOMPARE(summary->filesCopied, 308);
    QCOMPARE(summary->directoriesMade, 4);
    QCOMPARE(summary->deleted, 4);
    QCOMPARE(difference(), "");
    struct stat status = {};
    QCOMPARE(::stat((target + "private").constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0700U);
    QVERIFY(this->plan(rules).isEmpty()); // times are kept: nothing differs any more
}

void SyncRunTest::bothWaysExchange()
{
    makeDirectory(here("mine"));
    write(here("mine/a"), "a");
    makeDirectory(there("theirs"));
    write(there("theirs/b"), "b");
    write(here("newer here"), "new", 1'600'000'000);
    write(there("newer here"), "old");
    write(here("newer there"), "old");
    write(there("newer there"), "new", 1'600'000'000);
    write(here("conflict"), "one");
    write(there("conflict"), "three");

    const auto summary = run(plan({Direction::BothWays, true, true}));

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(summary->failures, QList<RunFailure>());
    QCOMPARE(read(there("mine/a")), "a");
    QCOMPARE(read(here("theirs/b")), "b");
    QCOMPARE(read(there("newer here")), "new");
    QCOMPARE(read(here("newer there")), "new");
    QCOMPARE(read(here("conflict")), "one");
    QCOMPARE(read(there("conflict")), "three");
}

// A fault of the verb's predecessor: it removed all that was in a directory by then.
void SyncRunTest::whatAppearedSinceStays()
{
    makeDirectory(there("extra"));
    makeDirectory(there("extra/inner"));
    write(there("extra/inner/shown"), "x");
    write(there("extra/shown"), "x");
    const SyncPlan plan = this->plan({.deletes = true});

    write(there("extra/inner/new"), "precious");
    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(read(there("extra/inner/new")), "precious");
    QVERIFY(!exists(there("extra/inner/shown")));
    QVERIFY(!exists(there("extra/shown")));
    QCOMPARE(summary->deleted, 2);
    QCOMPARE(summary->failures.size(), 1); // of the directories around it nothing is said
    QCOMPARE(summary->failures.first().path, "extra/inner");
    QCOMPARE(summary->failures.first().cause, Cause::HoldsMore);
    QVERIFY(summary->failures.first().isDeletion);
}

void SyncRunTest::whatChangedSinceIsNotDeleted()
{
    makeDirectory(there("extra"));
    write(there("extra/touched"), "x");
    write(there("extra/replaced"), "x");
    write(there("extra/gone"), "x");
    const SyncPlan plan = this->plan({.deletes = true});

    write(there("extra/touched"), "y", 1'500'000'001);
    QCOMPARE(::unlink(there("extra/replaced").constData()), 0);
    makeDirectory(there("extra/replaced"));
    QCOMPARE(::unlink(there("extra/gone").constData()), 0);
    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(read(there("extra/touched")), "y");
    QVERIFY(exists(there("extra/replaced")));
    QCOMPARE(summary->failures.size(), 2);
    for (const RunFailure &failure : summary->failures) {
        QCOMPARE(failure.cause, Cause::ChangedSince);
    }
}

void SyncRunTest::nothingIsDeletedIfACopyFailed_data()
{
    QTest::addColumn<Ways>("ways");
    QTest::newRow("to a server") << Ways::ToServer;
    QTest::newRow("on this computer") << Ways::Local;
}

void SyncRunTest::nothingIsDeletedIfACopyFailed()
{
    QFETCH(Ways, ways);
    begin(ways);
    write(here("new"), "mine");
    write(here("changed"), "mine");
    write(there("changed"), "theirs");
    write(here("fine"), "mine");
    write(there("extra"), "x");
    const SyncPlan plan = this->plan({.deletes = true});

    write(there("new"), "appeared");
    write(there("changed"), "again!", 1'600'000'000);
    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(read(there("new")), "appeared");
    QCOMPARE(read(there("changed")), "again!");
    QCOMPARE(read(there("fine")), "mine");
    QVERIFY(exists(there("extra")));
    QCOMPARE(summary->kept, 1);
    QCOMPARE(summary->failures.size(), 2);
    for (const RunFailure &failure : summary->failures) {
        const bool isNew = failure.path == "new";
        QCOMPARE(failure.cause, isNew ? Cause::AppearedSince : Cause::ChangedSince);
        QCOMPARE(failure.side, Side::Right);
    }
}

void SyncRunTest::directoryThatBecameALinkIsLeftAlone_data()
{
    QTest::addColumn<Ways>("ways");
    QTest::newRow("on a server") << Ways::ToServer;
    QTest::newRow("on this computer") << Ways::Local;
}

void SyncRunTest::directoryThatBecameALinkIsLeftAlone()
{
    QFETCH(Ways, ways);
    begin(ways);
    makeDirectory(there("extra"));
    write(there("extra/file"), "x");
    makeDirectory(there("folders"));
    makeDirectory(there("folders/empty"));
    const SyncPlan plan = this->plan({.deletes = true});

    for (const char *name : {"extra", "folders"}) {
        const QByteArray away = "elsewhere " + QByteArray(name);
        QCOMPARE(::rename(there(name).constData(), (there() + away).constData()), 0);
        QCOMPARE(::symlink(away.constData(), there(name).constData()), 0);
    }
    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QVERIFY(exists(there("elsewhere extra/file")));
    QVERIFY(exists(there("elsewhere folders/empty")));
    QCOMPARE(summary->deleted, 0);
    QCOMPARE(summary->failures.size(), 2); // of the directories around them nothing is said
    for (const RunFailure &failure : summary->failures) {
        QCOMPARE(failure.cause, Cause::ChangedSince);
    }
}

void SyncRunTest::whatIsGoneNeedsNoDeletion()
{
    makeDirectory(there("extra"));
    makeDirectory(there("extra/inner"));
    makeDirectory(there("extra/inner/empty"));
    write(there("extra/inner/file"), "x");
    const SyncPlan plan = this->plan({.deletes = true});

    QVERIFY(QDir(QString::fromUtf8(there("extra"))).removeRecursively());
    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(summary->failures, QList<RunFailure>());
    QVERIFY(!exists(there("extra")));
}

void SyncRunTest::otherTypesStay()
{
    write(here("a"), "file");
    makeDirectory(there("a"));
    write(there("a/inside"), "x");
    makeDirectory(here("b"));
    write(here("b/inside"), "x");
    QCOMPARE(::symlink("a", there("b").constData()), 0);
    QCOMPARE(::mkfifo(here("pipe").constData(), 0644), 0);

    const SyncPlan plan = this->plan({.deletes = true});
    QCOMPARE(plan.conflicts(), 3U);
    QVERIFY(plan.isEmpty());
    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(read(there("a/inside")), "x");
    QVERIFY(!exists(there("a/b")));
}

void SyncRunTest::onlyWhatThePlanSaysIsDone()
{
    makeDirectory(here("a"));
    write(here("a/one"), "1");
    write(here("a/two"), "2");
    write(there("extra"), "x");
    SyncPlan plan = this->plan({.deletes = true});
    plan.setAction(1, Action::Nothing);
    plan.setAction(3, Action::CopyLeft);

    const auto summary = run(plan);

    QVERIFY2(summary, tests::reason(summary).constData());
    QVERIFY(!exists(there("a/one")));
    QCOMPARE(read(there("a/two")), "2");
    QCOMPARE(read(here("extra")), "x");
}

void SyncRunTest::missingDirectoryIsMade()
{
    makeTree(here());
    QCOMPARE(::rmdir(there().constData()), 0);
    const auto rows = compare({.mayBeMissing = Side::Right});
    QVERIFY2(rows, tests::reason(rows).constData());

    const auto summary = run(SyncPlan(*rows));

    QVERIFY2(summary, tests::reason(summary).constData());
    QCOMPARE(summary->failures, QList<RunFailure>());
    QCOMPARE(difference(), "");
}

void SyncRunTest::checksumsOfAServerAreCompared()
{
    write(here("same"), "same", 1'600'000'000);
    write(there("same"), "same");
    write(here("other"), "one");
    write(there("other"), "two");
    const QByteArray large(300'000, 'x'); // large enough to be hashed
    write(here("large same"), large, 1'600'000'000);
    write(there("large same"), large);
    write(here("large"), large);
    write(there("large"), large.chopped(1) + 'y');

    const auto rows = compare({.criterion = ComparisonOptions::Criterion::Checksum});

    QVERIFY2(rows, tests::reason(rows).constData());
    QCOMPARE(rows->size(), 4);
    for (const TreeRow &row : *rows) {
        const bool isSame = row.path.endsWith("same");
        QCOMPARE(row.difference, isSame ? Difference::Equal : Difference::Different);
    }
}

void SyncRunTest::lostConnectionIsWaitedFor()
{
    makeTree(here());
    write(there("extra"), "x");
    const auto run = start(plan({.deletes = true}));
    QSignalSpy interrupted(run.get(), &SyncRun::interrupted);
    std::optional<Result<RunSummary>> result;
    connect(run.get(), &SyncRun::finished, this,
            [&result](const Result<RunSummary> &summary) { result = summary; });

    run->useFiles(Side::Right, nullptr);
    logOut();
    QTRY_VERIFY_WITH_TIMEOUT(!interrupted.isEmpty(), patienceMs);
    connectAgain();
    run->useFiles(Side::Right, &client());

    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), patienceMs);
    QVERIFY2(*result, tests::reason(*result).constData());
    QCOMPARE((*result)->failures, QList<RunFailure>());
    QCOMPARE(difference(), "");
}

void SyncRunTest::cancelEnds_data()
{
    QTest::addColumn<Ways>("ways");
    QTest::newRow("to a server") << Ways::ToServer;
    QTest::newRow("on this computer") << Ways::Local;
    QTest::newRow("from one server to another") << Ways::BetweenServers;
}

// In the middle of a large file. What is there under a real name then is whole, and a later run
// does the rest.
void SyncRunTest::cancelEnds()
{
    QFETCH(Ways, ways);
    begin(ways);
    makeTree(here());
    write(here("big"), {});
    QCOMPARE(::truncate(here("big").constData(), off_t{4} << 30U), 0);
    write(there("extra"), "x");
    auto run = start(plan({.deletes = true}));
    std::optional<Result<RunSummary>> result;
    connect(run.get(), &SyncRun::finished, this,
            [&result](const Result<RunSummary> &summary) { result = summary; });
    QTRY_VERIFY_WITH_TIMEOUT(run->progress().copying.bytesDone > 10'000'000, patienceMs);
    run->cancel();

    QVERIFY(result.has_value());
    QVERIFY(!*result);
    QCOMPARE(result->error().kind, base::ErrorKind::Cancelled);
    run.reset();
    QVERIFY(exists(there("extra")));
    QVERIFY(!exists(there("big")));
    QVERIFY(ways == Ways::Local || queue().jobs().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(partsBelow(there()), QStringList(), patienceMs);

    QCOMPARE(::unlink(here("big").constData()), 0);
    const auto rest = this->run(plan({.deletes = true}));
    QVERIFY2(rest, tests::reason(rest).constData());
    QCOMPARE(rest->failures, QList<RunFailure>());
    QCOMPARE(difference(), "");
}

// What a copy is called until it is whole.
QStringList SyncRunTest::partsBelow(const QByteArray &directory)
{
    QStringList parts;
    QDirIterator all(QString::fromUtf8(directory), {u".*.ponto-*"_s}, QDir::Files | QDir::Hidden,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        parts.append(all.next());
    }
    return parts;
}

std::unique_ptr<TreeKeeper> SyncRunTest::keeper(bool deletes)
{
    KeeperOptions options;
    options.deletes = deletes;
    options.quietTime = std::chrono::milliseconds(50);
    options.comparison.filter.exclude = {u"*.tmp"_s};
    auto keeper = std::make_unique<TreeKeeper>(left(), right(), options, routes().to(Side::Right));
    keeper->start();
    return keeper;
}

void SyncRunTest::keeperCarriesChangesOver()
{
    makeTree(here());
    write(there("extra"), "x");
    const auto keeper = this->keeper(true);
    QTRY_COMPARE_WITH_TIMEOUT(keeper->state(), TreeKeeper::State::Watching, patienceMs);
    QVERIFY(exists(there("extra"))); // nobody was shown that it would go
    QCOMPARE(::unlink(there("extra").constData()), 0);
    QCOMPARE(difference(), "");

    write(here("plain"), "changed", 1'600'000'000);
    QTRY_COMPARE_WITH_TIMEOUT(read(there("plain")), "changed", patienceMs);
    makeDirectory(here("new"));
    makeDirectory(here("new/deep"));
    write(here("new/deep/file"), "x");
    write(here("new/deep/file.tmp"), "x");
    QTRY_COMPARE_WITH_TIMEOUT(read(there("new/deep/file")), "x", patienceMs);
    write(here("new/deep/file"), "later", 1'600'000'000); // in what was found after the start
    QTRY_COMPARE_WITH_TIMEOUT(read(there("new/deep/file")), "later", patienceMs);
    QVERIFY(!exists(there("new/deep/file.tmp")));

    QCOMPARE(::unlink(here("new/deep/file.tmp").constData()), 0);
    QCOMPARE(::rename(here("new").constData(), here("sub/renamed").constData()), 0);
    QTRY_COMPARE_WITH_TIMEOUT(read(there("sub/renamed/deep/file")), "later", patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!exists(there("new")), patienceMs);
    write(here("sub/renamed/deep/file"), "again", 1'650'000'000); // under its new path
    QTRY_COMPARE_WITH_TIMEOUT(read(there("sub/renamed/deep/file")), "again", patienceMs);
    QCOMPARE(::unlink(here("sub/deep/large").constData()), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!exists(there("sub/deep/large")), patienceMs);
}

void SyncRunTest::keeperCatchesUpAfterALostConnection()
{
    write(here("file"), "x");
    const auto keeper = this->keeper(false);
    QTRY_COMPARE_WITH_TIMEOUT(keeper->state(), TreeKeeper::State::Watching, patienceMs);

    keeper->suspend();
    logOut();
    write(here("file"), "changed", 1'600'000'000);
    write(here("other"), "x");
    connectAgain();
    keeper->resume(client());

    QTRY_COMPARE_WITH_TIMEOUT(read(there("file")), "changed", patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(read(there("other")), "x", patienceMs);
    QCOMPARE(::unlink(here("other").constData()), 0);
    write(here("last"), "x");
    QTRY_COMPARE_WITH_TIMEOUT(read(there("last")), "x", patienceMs);
    QVERIFY(exists(there("other"))); // nothing is deleted unless that was said
}

void SyncRunTest::keeperEndsWithItsDirectory()
{
    write(there("file"), "x");
    write(here("file"), "x");
    const auto keeper = this->keeper(true);
    QSignalSpy failed(keeper.get(), &TreeKeeper::failed);
    QTRY_COMPARE_WITH_TIMEOUT(keeper->state(), TreeKeeper::State::Watching, patienceMs);

    const QByteArray away = here("").chopped(1) + " away";
    QCOMPARE(::rename(here().constData(), away.constData()), 0);

    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
    QCOMPARE(keeper->state(), TreeKeeper::State::Ended);
    QVERIFY(exists(there("file")));
    QCOMPARE(::rename(away.constData(), here().constData()), 0);
}

QTEST_GUILESS_MAIN(SyncRunTest)

#include "SyncRunTest.moc"
