#include "transfer/TransferPlan.h"

#include <QTest>

#include <sys/stat.h>

using base::ErrorKind;
using files::FileEntry;
using files::FilePath;
using transfer::DirectoryState;
using transfer::PlannedItem;
using transfer::TransferPlan;

class TransferPlanTest : public QObject
{
    Q_OBJECT

private slots:
    void treeIsPlannedStepByStep();
    void specialFilesAreRefused();
    void unusableNamesAreRefused();
    void depthIsBounded();
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
    plan.addSource(FilePath("/src/tree"), entry("tree", S_IFDIR), "other");
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
        plan.addSource(FilePath("/dev/x"), entry("x", type), "x");
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
    plan.addSource(FilePath("/"), entry("/", S_IFDIR), "/");
    plan.addSource(FilePath("/a"), entry("a", S_IFREG), "..");

    QCOMPARE(plan.takeFailures().size(), 2);
    QVERIFY(!plan.takeDirectory());
    QVERIFY(!plan.takeFile());
}

void TransferPlanTest::depthIsBounded()
{
    TransferPlan plan;
    plan.addSource(FilePath("/d"), entry("d", S_IFDIR), "d");
    int depth = 0;
    while (const auto directory = plan.takeDirectory()) {
        ++depth;
        plan.addContents(*directory, DirectoryState::Created, {{entry("d", S_IFDIR)}, {}});
    }

    QCOMPARE(depth, 100);
    QCOMPARE(plan.takeFailures().size(), 1);
}

QTEST_APPLESS_MAIN(TransferPlanTest)

#include "TransferPlanTest.moc"
