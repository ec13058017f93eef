#include "synchronize/TreeComparison.h"

#include "files/LocalFileSystem.h"
#include "synchronize/ListingComparison.h"
#include "tests/support/Reason.h"
#include "tests/support/SlowFileSystem.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

using namespace Qt::StringLiterals;
using namespace synchronize;
using Rows = base::Result<TreeRows>;
using Criterion = ComparisonOptions::Criterion;

// Two directories of this computer, by the same calls as those of a server.
class TreeComparisonTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void everyDifferenceIsTold();
    void unreadableIsARow();
    void criteriaDecide_data();
    void criteriaDecide();
    void linksAreNotFollowed();
    void filtersMarkWhatTheyHide();
    void unfinishedFilesAreLeftOut();
    void inclusionKeepsTheWay();
    void missingDirectory();
    void onlySomeDirectories();
    void oneOfSomeMayBeUnreadable();
    void hostileNamesAreNotBelieved();
    void manyEntries();
    void cancelEnds();

private:
    Rows compare(const ComparisonOptions &options = {});
    files::FilePath place(Side side) const
    {
        return files::FilePath(m_directory->path().toUtf8() + (side == Side::Left ? "/l" : "/r"));
    }
    QByteArray left(const char *path) const { return m_directory->path().toUtf8() + "/l/" + path; }
    QByteArray right(const char *path) const { return m_directory->path().toUtf8() + "/r/" + path; }
    static void write(const QByteArray &path, const QByteArray &bytes, qint64 time = 1'500'000'000);

    std::optional<QTemporaryDir> m_directory;
    files::LocalFileSystem m_files;
};

namespace {

using Told = QList<std::pair<QByteArray, Difference>>;

Told told(const Rows &rows)
{
    Told told;
    for (const TreeRow &row : rows.value_or(TreeRows())) {
        told.append({row.path, row.difference});
    }
    return told;
}

} // namespace

void TreeComparisonTest::init()
{
    m_directory.emplace();
    QVERIFY(QDir().mkpath(m_directory->filePath(u"l"_s)));
    QVERIFY(QDir().mkpath(m_directory->filePath(u"r"_s)));
}

// QTemporaryDir removes no name that is not UTF-8.
void TreeComparisonTest::cleanup()
{
    ::unlink(left("newer right\xff").constData());
    ::unlink(right("newer right\xff").constData());
}

Rows TreeComparisonTest::compare(const ComparisonOptions &options)
{
    TreeComparison comparison({&m_files, place(Side::Left)}, {&m_files, place(Side::Right)},
                              options);
    std::optional<Rows> result;
    connect(&comparison, &TreeComparison::finished, this,
            [&result](const Rows &rows) { result = rows; });
    comparison.start();
    const bool isDone = QTest::qWaitFor([&result] { return result.has_value(); }, 20'000);
    return isDone ? *result : Rows(base::Failure(base::Error{}));
}

void TreeComparisonTest::write(const QByteArray &path, const QByteArray &bytes, qint64 time)
{
    const int file = ::open(path.constData(), O_CREAT | O_WRONLY | O_TRUNC, 0644);
    QVERIFY(file >= 0);
    QCOMPARE(::write(file, bytes.constData(), static_cast<size_t>(bytes.size())), bytes.size());
    const timespec times[] = {{time, 0}, {time, 0}};
    QCOMPARE(::futimens(file, times), 0);
    ::close(file);
}

void TreeComparisonTest::everyDifferenceIsTold()
{
    write(left("equal"), "same");
    write(right("equal"), "same");
    write(left("newer\nleft"), "same", 1'600'000'000);
    write(right("newer\nleft"), "same");
    write(left("newer right\xff"), "longer");
    write(right("newer right\xff"), "same", 1'600'000'000);
    write(left("sizes"), "longer");
    write(right("sizes"), "same");
    write(left("type"), "");
    ::mkdir(right("type").constData(), 0755);
    write(right("type/inside"), "x");
    ::mkdir(left("deep").constData(), 0755);
    ::mkdir(left("deep/er").constData(), 0755);
    write(left("deep/er/empty"), "");

    QCOMPARE(told(compare()),
             Told({{"deep", Difference::OnlyLeft},
                   {"deep/er", Difference::OnlyLeft},
                   {"deep/er/empty", Difference::OnlyLeft},
                   {"equal", Difference::Equal},
                   {"newer\nleft", Difference::NewerLeft},
                   {"newer right\xff", Difference::NewerRight},
                   {"sizes", Difference::Different},
                   {"type", Difference::OtherType},
                   {"type/inside", Difference::OnlyRight}}));
}

// As a server says it: who runs the tests may be root, whom no mode of a directory stops.
void TreeComparisonTest::unreadableIsARow()
{
    ::mkdir(right("outer").constData(), 0755);
    ::mkdir(right("outer/locked").constData(), 0755);
    write(right("other"), "x");
    SlowFileSystem server;
    TreeComparison comparison({&m_files, place(Side::Left)}, {&server, place(Side::Right)}, {});
    QSignalSpy finished(&comparison, &TreeComparison::finished);
    comparison.start();

    const auto listed = [this](const char *path) {
        auto future = m_files.list(files::FilePath(right(path)));
        return QTest::qWaitFor([&future] { return future.isFinished(); })
            ? future.result()
            : SlowFileSystem::Listing();
    };
    const files::FilePath root = place(Side::Right);
    server.answer(root, listed(""));
    QTRY_VERIFY(server.wasAsked(root.child("outer")));
    server.answer(root.child("outer"), listed("outer"));
    QTRY_VERIFY(server.wasAsked(root.child("outer/locked")));
    server.answer(root.child("outer/locked"),
                  base::Failure(base::Error::fromErrno(EACCES, u"list"_s, u"locked"_s)));
    QTRY_COMPARE(finished.size(), 1);

    const auto rows = finished.first().first().value<Rows>();
    QCOMPARE(told(rows),
             Told({{"other", Difference::OnlyRight},
                   {"outer", Difference::OnlyRight},
                   {"outer/locked", Difference::Unreadable}}));
    QCOMPARE(rows->at(2).reason->kind, base::ErrorKind::PermissionDenied);
    QVERIFY(rows->at(1).holdsMore);
    QVERIFY(!rows->at(0).holdsMore);
}

void TreeComparisonTest::criteriaDecide_data()
{
    QTest::addColumn<Criterion>("criterion");
    QTest::addColumn<qint64>("tolerance");
    QTest::addColumn<QList<Difference>>("expected"); // content, time, time by two seconds
    using enum Difference;
    QTest::newRow("size") << Criterion::Size << qint64{0} << QList{Equal, Equal, Equal};
    QTest::newRow("time") << Criterion::SizeAndTime << qint64{0}
                          << QList{Equal, NewerLeft, NewerRight};
    QTest::newRow("time with tolerance")
        << Criterion::SizeAndTime << qint64{2} << QList{Equal, NewerLeft, Equal};
    QTest::newRow("checksum") << Criterion::Checksum << qint64{0} << QList{Different, Equal, Equal};
}

void TreeComparisonTest::criteriaDecide()
{
    QFETCH(Criterion, criterion);
    QFETCH(qint64, tolerance);
    write(left("a"), "one");
    write(right("a"), "two");
    write(left("b"), "same", 1'600'000'000);
    write(right("b"), "same");
    write(left("c"), "same");
    write(right("c"), "same", 1'500'000'002);
    write(left("d"), "");
    write(right("d"), "");

    const Rows rows
        = compare({.criterion = criterion, .timeTolerance = std::chrono::seconds(tolerance)});

    QVERIFY2(rows, tests::reason(rows).constData());
    QCOMPARE(rows->size(), 4);
    QTEST((QList{rows->at(0).difference, rows->at(1).difference, rows->at(2).difference}),
          "expected");
    QCOMPARE(rows->at(3).difference, Difference::Equal);
}

void TreeComparisonTest::linksAreNotFollowed()
{
    ::mkdir(left("directory").constData(), 0755);
    write(left("directory/file"), "x");
    ::mkdir(right("directory").constData(), 0755);
    write(right("directory/file"), "x");
    QCOMPARE(::symlink("directory", left("link").constData()), 0);
    QCOMPARE(::symlink("elsewhere", right("link").constData()), 0);
    QCOMPARE(::symlink("directory", left("same").constData()), 0);
    QCOMPARE(::symlink("directory", right("same").constData()), 0);

    QCOMPARE(told(compare()),
             Told({{"directory", Difference::Equal},
                   {"directory/file", Difference::Equal},
                   {"link", Difference::Different},
                   {"same", Difference::Equal}}));
    QCOMPARE(compare({.skipLinks = true})->size(), 2);
}

void TreeComparisonTest::filtersMarkWhatTheyHide()
{
    ::mkdir(right("outer").constData(), 0755);
    ::mkdir(right("outer/inner").constData(), 0755);
    write(right("outer/inner/a.o"), "x");
    write(right("outer/inner/a.c"), "x");
    ::mkdir(right("other").constData(), 0755);

    const Rows rows = compare({.filter = {.exclude = {u"*.o"_s}}});

    QCOMPARE(told(rows),
             Told({{"other", Difference::OnlyRight},
                   {"outer", Difference::OnlyRight},
                   {"outer/inner", Difference::OnlyRight},
                   {"outer/inner/a.c", Difference::OnlyRight}}));
    QVERIFY(!rows->at(0).holdsMore);
    QVERIFY(rows->at(1).holdsMore);
    QVERIFY(rows->at(2).holdsMore);
}

// Neither copied nor deleted: somebody may go on with them.
void TreeComparisonTest::unfinishedFilesAreLeftOut()
{
    write(left(".mine.ponto-part"), "x");
    ::mkdir(right("extra").constData(), 0755);
    write(right("extra/.theirs.ponto-part-3f9a6c21"), "x");
    write(right("extra/.theirs.ponto-3f9a6c21d5e80b47.part"), "x");
    ::mkdir(right(".named so.ponto-part").constData(), 0755);

    const Rows rows = compare();

    QCOMPARE(told(rows),
             Told({{".named so.ponto-part", Difference::OnlyRight}, // no file: not ours
                   {"extra", Difference::OnlyRight}}));
    QVERIFY(!rows->at(0).holdsMore);
    QVERIFY(rows->at(1).holdsMore);
}

void TreeComparisonTest::inclusionKeepsTheWay()
{
    ::mkdir(left("a").constData(), 0755);
    ::mkdir(left("a/b").constData(), 0755);
    write(left("a/b/x.c"), "x");
    write(left("a/b/x.o"), "x");
    ::mkdir(left("c").constData(), 0755);
    write(left("c/x.o"), "x");

    QCOMPARE(told(compare({.filter = {.include = {u"*.c"_s}}})),
             Told({{"a", Difference::OnlyLeft},
                   {"a/b", Difference::OnlyLeft},
                   {"a/b/x.c", Difference::OnlyLeft}}));
}

void TreeComparisonTest::missingDirectory()
{
    write(left("a"), "x");
    QVERIFY(QDir(m_directory->filePath(u"r"_s)).removeRecursively());

    const Rows rows = compare();
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, base::ErrorKind::NotFound);
    QVERIFY(!compare({.mayBeMissing = Side::Left}));
    QCOMPARE(compare({.mayBeMissing = Side::Right})->size(), 1);
}

void TreeComparisonTest::onlySomeDirectories()
{
    for (const char *path : {"a", "a/b", "c"}) {
        ::mkdir(left(path).constData(), 0755);
        ::mkdir(right(path).constData(), 0755);
    }
    ::mkdir(left("a/new").constData(), 0755);
    write(left("a/new/x"), "x");
    write(left("a/b/y"), "x");
    write(left("c/z"), "x");

    QCOMPARE(told(compare({.only = {"a"}})),
             Told({{"a/b", Difference::Equal},
                   {"a/new", Difference::OnlyLeft},
                   {"a/new/x", Difference::OnlyLeft}}));
    // What the right side has not is a matter of the directory that it is in.
    QCOMPARE(told(compare({.only = {"a/new", "a/new/x/none"}})), told(compare({.only = {"a"}})));
    QCOMPARE(compare({.only = {""}})->size(), 2);
}

// Else one directory would keep all others from being brought up to date.
void TreeComparisonTest::oneOfSomeMayBeUnreadable()
{
    for (const char *path : {"locked", "open"}) {
        ::mkdir(left(path).constData(), 0755);
    }
    write(left("open/new"), "x");
    SlowFileSystem server;
    TreeComparison comparison({&m_files, place(Side::Left)}, {&server, place(Side::Right)},
                              {.only = {"locked", "open"}});
    QSignalSpy finished(&comparison, &TreeComparison::finished);
    comparison.start();
    server.answer(place(Side::Right).child("open"), Listing());
    server.answer(place(Side::Right).child("locked"),
                  base::Failure(base::Error::fromErrno(EACCES, u"list"_s, u"locked"_s)));
    QTRY_COMPARE(finished.size(), 1);

    const auto rows = finished.first().first().value<Rows>();
    QCOMPARE(told(rows),
             Told({{"locked", Difference::Unreadable}, {"open/new", Difference::OnlyLeft}}));
    QVERIFY(rows->first().reason != nullptr);
}

void TreeComparisonTest::hostileNamesAreNotBelieved()
{
    const ComparisonRules rules{ComparisonOptions()};
    for (const char *name : {"..", "a/b", "", "."}) {
        files::FileEntry entry;
        entry.name = name;
        const ListingRows rows = compareListings({"directory"}, {}, {entry}, rules);
        QCOMPARE(rows.reason->kind, base::ErrorKind::InvalidName);
        QVERIFY(rows.rows.isEmpty());
    }
    files::FileEntry twice;
    twice.name = "twice";
    QVERIFY(compareListings({"directory"}, {twice, twice}, {}, rules).reason != nullptr);
}

// The event loop of who waits goes on meanwhile: nothing of it takes as long as an eye notices.
void TreeComparisonTest::manyEntries()
{
    Listing entries;
    for (int number = 0; number < 100'000; ++number) {
        files::FileEntry entry;
        entry.name = "file " + QByteArray::number(number);
        entry.attributes.permissions = S_IFREG | 0644;
        entry.attributes.size = 1;
        entry.attributes.modificationTime = 1;
        entries.append(entry);
    }
    SlowFileSystem left;
    SlowFileSystem right;
    TreeComparison comparison({&left, place(Side::Left)}, {&right, place(Side::Right)}, {});
    std::optional<Rows> result;
    connect(&comparison, &TreeComparison::finished, this,
            [&result](const Rows &rows) { result = rows; });
    comparison.start();
    qint64 longest = 0; // milliseconds between two turns of the event loop
    QElapsedTimer sinceTurn;
    QTimer turn;
    connect(&turn, &QTimer::timeout, this,
            [&] { longest = std::max(longest, sinceTurn.restart()); });
    sinceTurn.start();
    turn.start(1);
    left.answer(place(Side::Left), entries);
    right.answer(place(Side::Right), entries);

    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 30'000);
    QCOMPARE((*result)->size(), 100'000);
    qInfo("longest pause of the event loop: %lld ms", longest);
}

void TreeComparisonTest::cancelEnds()
{
    TreeComparison comparison({&m_files, place(Side::Left)}, {&m_files, place(Side::Right)}, {});
    QSignalSpy finished(&comparison, &TreeComparison::finished);
    comparison.start();
    comparison.cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<Rows>().error().kind, base::ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TreeComparisonTest)

#include "TreeComparisonTest.moc"
