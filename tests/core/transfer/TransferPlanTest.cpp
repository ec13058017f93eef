#include "transfer/TransferPlan.h"

#include <QTest>

#include <sys/stat.h>

using base::ErrorKind;
using files::FileEntry;
using files::FilePath;
using transfer::DirectoryState;
using transfer::TransferPlan;

class TransferPlanTest : public QObject
{
    Q_OBJECT

private slots:
    void treeIsPlannedStepByStep();
    void specialFilesAreRefused();
    void unusableNamesAreRefused();
    void depthIsBounded();
    void lookalikesWait();
    void sourcesOfOtherDirectoriesAreNoLookalikes();
    void linksAreFollowedOnce();
};

namespace {

FileEntry entry(const QByteArray &name, quint32 type, quint64 size = 0)
{
    FileEntry entry;
    entry.name = name;
    entry.attributes.permissions = type | 0644U;
    entry.attributes.size = size;
    return entry;
}

} // namespace

void TransferPlanTest::treeIsPlannedStepByStep()
{
    TransferPlan plan;
    plan.addSource(
        {.source = FilePath("/src/tree"), .entry = entry("tree", S_IFDIR), .target = {"other"}});
    QCOMPARE(plan.waitingFiles(), 0);

    const auto directory = plan.takeDirectory();
    plan.addContents(*directory, DirectoryState::Created,
                     {{entry("file", S_IFREG, 7), entry("link", S_IFLNK, 4)}, {}});
    const auto file = plan.takeFile();

    QCOMPARE(directory->target, QByteArrayList{"other"});
    QCOMPARE(file->source, FilePath("/src/tree/file"));
    QCOMPARE(file->target, (QByteArrayList{"other", "file"}));
    QCOMPARE(file->parentState, DirectoryState::Created);
    QCOMPARE(plan.waitingFiles(), 1);
    QVERIFY(!plan.hasDirectories());
    QCOMPARE(plan.filesFound(), 2);
    QCOMPARE(plan.bytesFound(), 7U);
}

void TransferPlanTest::specialFilesAreRefused()
{
    TransferPlan plan;
    for (const quint32 type : QList<quint32>{S_IFIFO, S_IFSOCK, S_IFCHR, S_IFBLK, 0U}) {
        plan.addSource({.source = FilePath("/dev/x"), .entry = entry("x", type), .target = {"x"}});
    }

    const auto failures = plan.takeFailures();

    QCOMPARE(failures.size(), 5);
    QCOMPARE(failures[0].error.kind, ErrorKind::Unsupported);
    QVERIFY(!plan.takeFile());
    QCOMPARE(plan.takeFailures().size(), 0);
}

void TransferPlanTest::unusableNamesAreRefused()
{
    TransferPlan plan;
    plan.addSource({.source = FilePath("/"), .entry = entry("/", S_IFDIR), .target = {"/"}});
    plan.addSource({.source = FilePath("/a"), .entry = entry("a", S_IFREG), .target = {".."}});

    QCOMPARE(plan.takeFailures().size(), 2);
    QVERIFY(!plan.takeDirectory());
    QVERIFY(!plan.takeFile());
}

void TransferPlanTest::depthIsBounded()
{
    TransferPlan plan;
    plan.addSource({.source = FilePath("/d"), .entry = entry("d", S_IFDIR), .target = {"d"}});
    int depth = 0;
    while (const auto directory = plan.takeDirectory()) {
        ++depth;
        plan.addContents(*directory, DirectoryState::Created, {{entry("d", S_IFDIR)}, {}});
    }

    QCOMPARE(depth, 100);
    QCOMPARE(plan.takeFailures().size(), 1);
}

// Names of the Unicode FAQ on normalization: "é" as one character and as two.
void TransferPlanTest::sourcesOfOtherDirectoriesAreNoLookalikes()
{
    TransferPlan plan;
    plan.addSource(
        {.source = FilePath("/a"), .entry = entry("a", S_IFREG), .target = {"x", "README"}});
    plan.addSource(
        {.source = FilePath("/b"), .entry = entry("b", S_IFREG), .target = {"y", "readme"}});
    plan.addSource(
        {.source = FilePath("/c"), .entry = entry("c", S_IFREG), .target = {"y", "Readme"}});

    QCOMPARE(plan.takeFile()->source, FilePath("/a"));
    QCOMPARE(plan.takeFile()->source, FilePath("/b"));
    QVERIFY(!plan.takeFile());
    QVERIFY(plan.releaseLookalike());
    QCOMPARE(plan.takeFile()->lookalike, "readme");
}

void TransferPlanTest::lookalikesWait()
{
    TransferPlan plan;
    plan.addSource({.source = FilePath("/d"), .entry = entry("d", S_IFDIR), .target = {"d"}});
    const auto directory = plan.takeDirectory();
    plan.addContents(*directory, DirectoryState::Created,
                     {{entry("a", S_IFREG), entry("A", S_IFREG), entry("b", S_IFREG),
                       entry("\xc3\xa9", S_IFREG), entry("e\xcc\x81", S_IFREG)},
                      {}});
    QCOMPARE(plan.filesFound(), 5);
    QCOMPARE(plan.takeFile()->entry.name, "a");
    QCOMPARE(plan.takeFile()->entry.name, "b");
    QCOMPARE(plan.takeFile()->entry.name, "\xc3\xa9");
    QVERIFY(!plan.takeFile());

    QVERIFY(plan.releaseLookalike());
    const auto file = plan.takeFile();

    QCOMPARE(file->entry.name, "A");
    QCOMPARE(file->lookalike, "a");
    QCOMPARE(file->parentState, DirectoryState::ExistedBefore); // the target is looked at
    QVERIFY(plan.releaseLookalike());
    QCOMPARE(plan.takeFile()->lookalike, "\xc3\xa9");
    QVERIFY(!plan.releaseLookalike());
}

void TransferPlanTest::linksAreFollowedOnce()
{
    TransferPlan plan;
    plan.addSource({.source = FilePath("/x"), .entry = entry("x", S_IFDIR), .target = {"x"}});
    plan.addContents(*plan.takeDirectory(), DirectoryState::Created,
                     {{entry("to-y", S_IFLNK)}, {}});
    plan.addFollowed(*plan.takeFile(), FilePath("/y"), entry({}, S_IFDIR).attributes);
    const auto directory = plan.takeDirectory();
    QCOMPARE(directory->source, FilePath("/y"));
    QCOMPARE(directory->target, (QByteArrayList{"x", "to-y"}));
    plan.addContents(
        *directory, DirectoryState::Created,
        {{entry("self", S_IFLNK), entry("to-x", S_IFLNK), entry("file", S_IFLNK)}, {}});

    plan.addFollowed(*plan.takeFile(), FilePath("/y"), entry({}, S_IFDIR).attributes);
    plan.addFollowed(*plan.takeFile(), FilePath("/"), entry({}, S_IFDIR).attributes);
    plan.addFollowed(*plan.takeFile(), FilePath("/z"), entry({}, S_IFREG, 7).attributes);

    const auto failures = plan.takeFailures();
    QCOMPARE(failures.size(), 2);
    QCOMPARE(failures[0].obstacle, transfer::CopyObstacle::LinkInCircle);
    QVERIFY(!plan.takeDirectory());
    const auto file = plan.takeFile();
    QCOMPARE(file->source, FilePath("/z"));
    QCOMPARE(file->target.last(), "file");
    QCOMPARE(plan.filesFound(), 3);
    QCOMPARE(plan.bytesFound(), 7U);
}

QTEST_APPLESS_MAIN(TransferPlanTest)

#include "TransferPlanTest.moc"
