#include "synchronize/SyncPlan.h"

#include "synchronize/PathFilter.h"

#include <QTest>

#include <sys/stat.h>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace synchronize;
using Direction = SyncRules::Direction;
using Kind = PathFilter::Kind;

namespace {

Item file(quint64 size)
{
    files::FileAttributes attributes;
    attributes.size = size;
    attributes.permissions = S_IFREG | 0644;
    return {attributes, {}};
}

Item special(quint32 type)
{
    files::FileAttributes attributes;
    attributes.permissions = type | 0755;
    return {attributes, {}};
}

Item directory()
{
    return special(S_IFDIR);
}

TreeRow row(const char *path, Difference difference, const Item &item = file(10))
{
    TreeRow row;
    row.path = path;
    row.difference = difference;
    if (difference != Difference::OnlyRight) {
        row.left = item;
    }
    if (difference != Difference::OnlyLeft) {
        row.right = item;
    }
    return row;
}

QList<Action> actions(const SyncPlan &plan)
{
    QList<Action> actions;
    for (qsizetype row = 0; row < plan.size(); ++row) {
        actions.append(plan.action(row));
    }
    return actions;
}

} // namespace

// What is proposed, and what becomes of it by the user's word. The rules are those of the manual.
class SyncPlanTest : public QObject
{
    Q_OBJECT

private slots:
    void rulesDecide_data();
    void rulesDecide();
    void linksThatLeadOutAreConflicts();
    void directoryTakesItsContentsAlong();
    void directoriesAroundFollow();
    void commonDirectorySpeaksForItsContents();
    void whatIsNotKnownIsNotDeleted();
    void nothingHappensBelowOtherTypes();
    void sumsFollow();
    void directoriesComeBeforeTheirContents();
    void filterKnowsGlobs_data();
    void filterKnowsGlobs();
};

void SyncPlanTest::rulesDecide_data()
{
    QTest::addColumn<SyncRules>("rules");
    QTest::addColumn<QList<Action>>("expected");
    using enum Action;
    // only left, only right, newer left, newer right, different, equal
    QTest::newRow("update") << SyncRules{}
                            << QList{CopyRight, Nothing, CopyRight, CopyRight, CopyRight, Nothing};
    QTest::newRow("mirror") << SyncRules{
        .deletes = true} << QList{CopyRight, DeleteRight, CopyRight, CopyRight, CopyRight, Nothing};
    QTest::newRow("keeps newer") << SyncRules{
        .newerWins = true} << QList{CopyRight, Nothing, CopyRight, Nothing, CopyRight, Nothing};
    QTest::newRow("to the left") << SyncRules{Direction::ToLeft, true, true}
                                 << QList{DeleteLeft, CopyLeft, Nothing,
                                          CopyLeft,   CopyLeft, Nothing};
    QTest::newRow("both ways") << SyncRules{.direction = Direction::BothWays}
                               << QList{CopyRight, CopyLeft, Conflict, Conflict, Conflict, Nothing};
    QTest::newRow("both ways, newer wins, never deletes")
        << SyncRules{Direction::BothWays, true, true}
        << QList{CopyRight, CopyLeft, CopyRight, CopyLeft, Conflict, Nothing};
}

void SyncPlanTest::rulesDecide()
{
    QFETCH(SyncRules, rules);
    const SyncPlan plan({row("a", Difference::OnlyLeft), row("b", Difference::OnlyRight),
                         row("c", Difference::NewerLeft), row("d", Difference::NewerRight),
                         row("e", Difference::Different), row("f", Difference::Equal)},
                        rules);

    QTEST(actions(plan), "expected");
}

// As transfers have it: at the other end they would lead to something else.
void SyncPlanTest::linksThatLeadOutAreConflicts()
{
    using enum Action;
    Item inside = special(S_IFLNK);
    inside.linkTarget = "../b";
    Item outside = special(S_IFLNK);
    outside.linkTarget = "../../b";
    Item absolute = special(S_IFLNK);
    absolute.linkTarget = "/etc/passwd";
    const SyncPlan plan(
        {row("a", Difference::Equal, directory()), row("a/in", Difference::OnlyLeft, inside),
         row("a/out", Difference::OnlyLeft, outside), row("a/root", Difference::OnlyLeft, absolute),
         row("c", Difference::OnlyRight, absolute)},
        {.deletes = true});

    QCOMPARE(actions(plan), QList({Nothing, CopyRight, Conflict, Conflict, DeleteRight}));
}

void SyncPlanTest::directoryTakesItsContentsAlong()
{
    using enum Action;
    SyncPlan plan({row("a", Difference::OnlyLeft, directory()), row("a/b", Difference::OnlyLeft),
                   row("a/pipe", Difference::OnlyLeft, special(S_IFIFO)),
                   row("c", Difference::OnlyLeft)});
    QCOMPARE(actions(plan), QList({CopyRight, CopyRight, Conflict, CopyRight}));

    const SyncPlan::Range range = plan.setAction(0, DeleteLeft);
    QCOMPARE(actions(plan), QList({DeleteLeft, DeleteLeft, DeleteLeft, CopyRight}));
    QCOMPARE(range.first, 0);
    QCOMPARE(range.end, 3);

    plan.setAction(0, Nothing);
    QCOMPARE(actions(plan), QList({Nothing, Nothing, Nothing, CopyRight}));
    plan.setAction(2, CopyRight); // it can not be copied
    QCOMPARE(plan.action(2), Nothing);
}

void SyncPlanTest::directoriesAroundFollow()
{
    using enum Action;
    SyncPlan plan({row("a", Difference::OnlyRight, directory()),
                   row("a/b", Difference::OnlyRight, directory()),
                   row("a/b/c", Difference::OnlyRight), row("a/b/d", Difference::OnlyRight)},
                  {.deletes = true});
    QCOMPARE(actions(plan), QList({DeleteRight, DeleteRight, DeleteRight, DeleteRight}));

    const SyncPlan::Range range = plan.setAction(2, Nothing);
    QCOMPARE(actions(plan), QList({Nothing, Nothing, Nothing, DeleteRight}));
    QCOMPARE(range.first, 0);

    plan.setAction(2, CopyLeft); // where there is no directory for it yet
    QCOMPARE(actions(plan), QList({CopyLeft, CopyLeft, CopyLeft, DeleteRight}));
}

void SyncPlanTest::commonDirectorySpeaksForItsContents()
{
    using enum Action;
    SyncPlan plan({row("a", Difference::Equal, directory()), row("a/b", Difference::OnlyLeft),
                   row("a/c", Difference::OnlyRight), row("a/d", Difference::NewerRight)},
                  {.direction = Direction::BothWays});

    plan.setAction(0, CopyRight);
    QCOMPARE(actions(plan), QList({Nothing, CopyRight, Nothing, CopyRight}));
    plan.setAction(0, Nothing);
    QCOMPARE(actions(plan), QList({Nothing, Nothing, Nothing, Nothing}));
    QVERIFY(plan.isEmpty());
}

void SyncPlanTest::whatIsNotKnownIsNotDeleted()
{
    using enum Action;
    TreeRow outer = row("a", Difference::OnlyRight, directory());
    outer.holdsMore = true;
    TreeRow locked = row("a/b", Difference::Unreadable, directory());
    locked.left.reset();
    SyncPlan plan({outer, locked, row("a/c", Difference::OnlyRight)}, {.deletes = true});

    QCOMPARE(actions(plan), QList({Nothing, Nothing, DeleteRight}));
    QVERIFY(!plan.choices(0).contains(DeleteRight));
    QCOMPARE(plan.choices(1), QList<Action>());
    QCOMPARE(plan.unreadable(), 1U);
}

void SyncPlanTest::nothingHappensBelowOtherTypes()
{
    using enum Action;
    TreeRow other = row("a", Difference::OtherType, directory());
    other.left = file(1);
    SyncPlan plan({other, row("a/b", Difference::OnlyRight)}, {.deletes = true});

    QCOMPARE(actions(plan), QList({Conflict, Nothing}));
    QCOMPARE(plan.conflicts(), 1U);
    QCOMPARE(plan.choices(1), QList({Nothing, DeleteRight}));
    plan.setAction(0, DeleteRight); // to make room
    QCOMPARE(actions(plan), QList({DeleteRight, DeleteRight}));
    plan.setAction(0, DeleteLeft);
    QCOMPARE(actions(plan), QList({DeleteLeft, DeleteRight}));
}

void SyncPlanTest::sumsFollow()
{
    SyncPlan plan(
        {row("a", Difference::OnlyLeft, directory()), row("a/b", Difference::OnlyLeft, file(7)),
         row("c", Difference::Different, file(5)), row("d", Difference::OnlyRight, directory()),
         row("d/e", Difference::OnlyRight, file(3))},
        {.deletes = true});
    QCOMPARE(plan.sums(Side::Right), (SyncSums{2, 1, 12, 1, 1, 1}));
    QCOMPARE(plan.sums(Side::Left), SyncSums{});

    plan.setAction(0, Action::Nothing);
    plan.setAction(2, Action::CopyLeft);
    plan.setAction(4, Action::CopyLeft);
    QCOMPARE(plan.sums(Side::Right), SyncSums{});
    QCOMPARE(plan.sums(Side::Left), (SyncSums{2, 1, 8, 1, 0, 0}));
    plan.setRules({.deletes = true});
    QCOMPARE(plan.sums(Side::Right), (SyncSums{2, 1, 12, 1, 1, 1}));
}

void SyncPlanTest::directoriesComeBeforeTheirContents()
{
    QByteArrayList paths{"b", "a-b", "a/c", "a", "a/c/d", "a b", "\xff", "a/b"};
    std::ranges::sort(paths, [](const QByteArray &one, const QByteArray &other) {
        return comparePaths(one, other) < 0;
    });

    QCOMPARE(paths, QByteArrayList({"a", "a/b", "a/c", "a/c/d", "a b", "a-b", "b", "\xff"}));
}

void SyncPlanTest::filterKnowsGlobs_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("isExcluded");

    const auto add = [](const char *pattern, const char *path, Kind kind, bool isExcluded) {
        QTest::addRow("%s, %s", pattern, path)
            << QString::fromLatin1(pattern) << QByteArray(path) << kind << isExcluded;
    };
    add("*.o", "a.o", Kind::File, true);
    add("*.o", "deep/er/a.o", Kind::File, true);
    add("*.o", "a.o.c", Kind::File, false);
    add("*.o", "A.O", Kind::File, false);
    add("build", "build", Kind::Directory, true);
    add("build", "a/build/x", Kind::File, true);
    add("build/", "b/build", Kind::File, false);
    add("build/", "a/build", Kind::Directory, true);
    add("/build", "a/build", Kind::Directory, false);
    add("/build", "build/x", Kind::File, true);
    add("a/*.c", "a/x.c", Kind::File, true);
    add("a/*.c", "a/b/x.c", Kind::File, false);
    add("a/**/*.c", "a/b/c/x.c", Kind::File, true);
    add("a/**/*.c", "a/x.c", Kind::File, true);
    add("[!a-c]?", "dx", Kind::File, true);
    add("[!a-c]?", "ax", Kind::File, false);
    add("[", "[", Kind::File, true);
    add("(a+)", "(a+)", Kind::File, true);
    add("caf?", "caf\xe9", Kind::File, true);
    add("", "a", Kind::File, false);
    add("/", "a", Kind::File, false);
}

void SyncPlanTest::filterKnowsGlobs()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArray, path);
    QFETCH(Kind, kind);

    const PathFilter filter({.exclude = {pattern, u"never"_s}});
    QTEST(filter.excludes(path, kind), "isExcluded");
    const PathFilter inclusion({.include = {pattern, u"never"_s}});
    QTEST(inclusion.includes(path, kind), "isExcluded");
    QVERIFY(PathFilter({.hidden = files::Hidden::Exclude}).excludes("a/.git/" + path, kind));
    QVERIFY(!PathFilter().excludes(path, kind));
}

QTEST_GUILESS_MAIN(SyncPlanTest)

#include "SyncPlanTest.moc"
