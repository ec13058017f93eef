// The expected number of differences comes from diff(1), where it is installed.

#include "commands/LineComparison.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using commands::ComparedLine;
using Where = ComparedLine::Where;

class LineComparisonTest : public QObject
{
    Q_OBJECT

private slots:
    void smallTexts_data();
    void smallTexts();
    void bothSidesCanBeReadBack();
    void noShorterWayThanThatOfDiff();
    void veryDifferentTextsAreBounded();
};

namespace {

QByteArray shown(const QList<ComparedLine> &lines)
{
    QByteArray text;
    for (const ComparedLine &line : lines) {
        text += line.where == Where::Both ? ' ' : line.where == Where::Left ? '-' : '+';
        text += line.text + '|';
    }
    return text;
}

QByteArray side(const QList<ComparedLine> &lines, Where where)
{
    QByteArray text;
    for (const ComparedLine &line : lines) {
        if (line.where == Where::Both || line.where == where) {
            text += line.text + '\n';
        }
    }
    return text;
}

QByteArray randomText(std::mt19937 &random)
{
    QByteArray text;
    for (int line = 0; line < 120; ++line) {
        text += QByteArray(1, static_cast<char>('a' + static_cast<int>(random() % 5))) + '\n';
    }
    return text;
}

} // namespace

void LineComparisonTest::smallTexts_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("equal") << QByteArray("a\nb\n") << QByteArray("a\nb\n") << QByteArray(" a| b|");
    QTest::newRow("changed") << QByteArray("a\nb\nc\n") << QByteArray("a\nx\nc\n")
                             << QByteArray(" a|-b|+x| c|");
    QTest::newRow("added") << QByteArray("a\n") << QByteArray("a\nb\n") << QByteArray(" a|+b|");
    QTest::newRow("removed in front")
        << QByteArray("a\nb\n") << QByteArray("b\n") << QByteArray("-a| b|");
    QTest::newRow("from nothing") << QByteArray() << QByteArray("a\nb") << QByteArray("+a|+b|");
    QTest::newRow("repeated line")
        << QByteArray("a\na\n") << QByteArray("a\n") << QByteArray(" a|-a|");
    QTest::newRow("empty lines") << QByteArray("\n\n") << QByteArray("\n") << QByteArray(" |-|");
}

void LineComparisonTest::smallTexts()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QByteArray, expected);

    QCOMPARE(shown(commands::comparedLines(left, right)), expected);
}

void LineComparisonTest::bothSidesCanBeReadBack()
{
    std::mt19937 random(7);
    for (int round = 0; round < 50; ++round) {
        const QByteArray left = randomText(random);
        const QByteArray right = randomText(random);
        const auto lines = commands::comparedLines(left, right);
        QCOMPARE(side(lines, Where::Left), left);
        QCOMPARE(side(lines, Where::Right), right);
    }
}

void LineComparisonTest::noShorterWayThanThatOfDiff()
{
    const QString diff = QStandardPaths::findExecutable(QStringLiteral("diff"));
    if (diff.isEmpty()) {
        QSKIP("diff is not installed");
    }
    QTemporaryDir directory;
    std::mt19937 random(11);
    for (int round = 0; round < 5; ++round) {
        const QByteArray texts[] = {randomText(random), randomText(random)};
        QStringList names;
        for (const QByteArray &text : texts) {
            QFile file(directory.filePath(QString::number(names.size())));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
            names.append(file.fileName());
        }
        QProcess process;
        process.start(diff, QStringList{QStringLiteral("--minimal")} + names);
        QVERIFY(process.waitForFinished());
        const QByteArrayList told = process.readAllStandardOutput().split('\n');
        const auto expected = std::ranges::count_if(told, [](const QByteArray &line) {
            return line.startsWith("< ") || line.startsWith("> ");
        });

        const auto lines = commands::comparedLines(texts[0], texts[1]);

        QCOMPARE(std::ranges::count_if(
                     lines, [](const ComparedLine &line) { return line.where != Where::Both; }),
                 expected);
    }
}

void LineComparisonTest::veryDifferentTextsAreBounded()
{
    QByteArray left;
    QByteArray right;
    for (int line = 0; line < 20'000; ++line) {
        left += "left " + QByteArray::number(line) + '\n';
        right += "right " + QByteArray::number(line) + '\n';
    }
    const auto lines
        = commands::comparedLines("same\n" + left + "end\n", "same\n" + right + "end\n");

    QCOMPARE(lines.size(), 40'002);
    QCOMPARE(lines.first(), (ComparedLine{Where::Both, "same"}));
    QCOMPARE(lines.last(), (ComparedLine{Where::Both, "end"}));
}

QTEST_GUILESS_MAIN(LineComparisonTest)
#include "LineComparisonTest.moc"
