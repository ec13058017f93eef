#include "edit/ThreeWayMerge.h"

#include "tests/support/ToolRun.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using edit::merged;
using Kind = edit::MergePiece::Kind;

class ThreeWayMergeTest : public QObject
{
    Q_OBJECT

private slots:
    void changesOfDifferentPlacesAreTaken();
    void sameChangeIsNoConflict();
    void differentChangesOfOnePlaceAreAConflict();
    void deletionAgainstChangeIsAConflict();
    void missingLastLineEndSurvives();
    void marksAreThoseOfDiff3();
    void cleanMergesAreThoseOfDiff3();
    void conflictsAreFoundAgain();

private:
    void write(const QString &name, const QString &text) const;
    tests::ToolResult diff3(const QString &mine, const QString &base, const QString &theirs) const;

    QTemporaryDir m_directory;
};

void ThreeWayMergeTest::write(const QString &name, const QString &text) const
{
    QFile file(m_directory.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
}

// -m --merge of GNU diffutils: the whole text, status 1 if it has conflicts.
tests::ToolResult ThreeWayMergeTest::diff3(const QString &mine, const QString &base,
                                           const QString &theirs) const
{
    write(u"mine"_s, mine);
    write(u"base"_s, base);
    write(u"theirs"_s, theirs);
    return tests::runTool(
        {.program = u"diff3"_s,
         .arguments = {u"-m"_s, u"-L"_s, u"mine"_s, u"-L"_s, u"base"_s, u"-L"_s, u"theirs"_s,
                       m_directory.filePath(u"mine"_s), m_directory.filePath(u"base"_s),
                       m_directory.filePath(u"theirs"_s)}});
}

void ThreeWayMergeTest::changesOfDifferentPlacesAreTaken()
{
    const auto merge = merged(u"a\nb\nc\nd\ne\n"_s, u"a\nB\nc\nd\ne\n"_s, u"a\nb\nc\nd\ne\nf\n"_s);
    QCOMPARE(merge.conflicts(), 0);
    QCOMPARE(merge.text({}, {}, {}), u"a\nB\nc\nd\ne\nf\n"_s);
}

void ThreeWayMergeTest::sameChangeIsNoConflict()
{
    const auto merge = merged(u"a\nb\nc\n"_s, u"a\nX\nc\n"_s, u"a\nX\nc\n"_s);
    QCOMPARE(merge.conflicts(), 0);
    QCOMPARE(merge.pieces.value(1).kind, Kind::Both);
    QCOMPARE(merge.text({}, {}, {}), u"a\nX\nc\n"_s);
}

void ThreeWayMergeTest::differentChangesOfOnePlaceAreAConflict()
{
    const auto merge = merged(u"a\nb\nc\n"_s, u"a\nX\nc\n"_s, u"a\nY\nc\n"_s);
    QCOMPARE(merge.conflicts(), 1);
    QCOMPARE(merge.pieces.value(1).mine, QStringList{u"X\n"_s});
    QCOMPARE(merge.pieces.value(1).theirs, QStringList{u"Y\n"_s});
}

void ThreeWayMergeTest::deletionAgainstChangeIsAConflict()
{
    QCOMPARE(merged(u"a\nb\nc\n"_s, u"a\nc\n"_s, u"a\nY\nc\n"_s).conflicts(), 1);
}

void ThreeWayMergeTest::missingLastLineEndSurvives()
{
    const auto merge = merged(u"a\nb\nc"_s, u"A\nb\nc"_s, u"a\nb\nc"_s);
    QCOMPARE(merge.text({}, {}, {}), u"A\nb\nc"_s);
}

void ThreeWayMergeTest::marksAreThoseOfDiff3()
{
    const QString base = u"a\nb\nc\n"_s;
    const QString mine = u"a\nX\nc\n"_s;
    const QString theirs = u"a\nY\nc\n"_s;
    const tests::ToolResult expected = diff3(mine, base, theirs);
    QCOMPARE(expected.exitStatus, 1);
    QCOMPARE(merged(base, mine, theirs).text(u"mine"_s, u"base"_s, u"theirs"_s),
             QString::fromUtf8(expected.output));
}

// Texts of few different lines, changed at random: where diff3 has no conflict, and every line
// differs from its neighbors, there is but one right answer.
void ThreeWayMergeTest::cleanMergesAreThoseOfDiff3()
{
    QRandomGenerator random(20261127);
    const auto changed = [&random](QStringList lines) {
        for (int change = random.bounded(1, 3); change > 0; --change) {
            const qsizetype place = random.bounded(static_cast<int>(lines.size()));
            if (random.bounded(2) == 0) {
                lines[place] = u"new %1\n"_s.arg(random.bounded(1000));
            } else {
                lines.insert(place, u"added %1\n"_s.arg(random.bounded(1000)));
            }
        }
        return lines.join(QString());
    };
    int clean = 0;
    for (int round = 0; round < 60; ++round) {
        QStringList lines;
        for (int line = 0; line < 40; ++line) {
            lines.append(u"line %1\n"_s.arg(line));
        }
        const QString base = lines.join(QString());
        const QString mine = changed(lines);
        const QString theirs = changed(lines);
        const tests::ToolResult expected = diff3(mine, base, theirs);
        const auto merge = merged(base, mine, theirs);
        QCOMPARE(merge.conflicts() == 0, expected.exitStatus == 0);
        if (expected.exitStatus == 0) {
            ++clean;
            QCOMPARE(merge.text({}, {}, {}), QString::fromUtf8(expected.output));
        }
    }
    QVERIFY(clean > 20);
}

void ThreeWayMergeTest::conflictsAreFoundAgain()
{
    const auto merge
        = merged(u"a\nb\nc\nd\ne\nf\n"_s, u"a\nX\nc\nd\nX2\nf\n"_s, u"a\nY\nc\nd\nY2\nf\n"_s);
    const QString text = merge.text(u"yours"_s, u"before"_s, u"server"_s);
    const auto first = edit::nextConflict(text, 0);
    QCOMPARE(first.mine, u"X\n"_s);
    QCOMPARE(first.theirs, u"Y\n"_s);
    const auto second = edit::nextConflict(text, first.end);
    QCOMPARE(second.mine, u"X2\n"_s);
    QCOMPARE(second.theirs, u"Y2\n"_s);
    QCOMPARE(edit::nextConflict(text, second.end).end, 0);
    QCOMPARE(edit::nextConflict(u"no <<<<<<< conflict\n"_s, 0).end, 0);
}

QTEST_APPLESS_MAIN(ThreeWayMergeTest)

#include "ThreeWayMergeTest.moc"
