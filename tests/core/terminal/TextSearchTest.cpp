#include "terminal/TextSearch.h"

#include <QElapsedTimer>
#include <QTest>

using namespace std::chrono_literals;
using terminal::findText;
using terminal::TextMatch;
using terminal::TextMatches;
using terminal::TextQuery;
using terminal::TextRow;
using End = terminal::TextMatches::End;

class TextSearchTest : public QObject
{
    Q_OBJECT

private slots:
    void findsInRows_data();
    void findsInRows();
    void brokenExpressionIsTold();
    void manyMatchesAreCut();
    void timeIsKept();
    void evilExpressionEnds_data();
    void evilExpressionEnds();
};

void TextSearchTest::findsInRows_data()
{
    QTest::addColumn<QList<TextRow>>("rows");
    QTest::addColumn<TextQuery>("query");
    QTest::addColumn<QList<TextMatch>>("matches");
    const QList<TextRow> lines{{"first error"}, {""}, {"ERROR and error"}};
    const QList<TextRow> wrapped{
        {"before"}, {"a long er", true}, {"ror, and an", true}, {" error"}};
    const auto row
        = [](const char *name, const QList<TextRow> &rows, const TextQuery &query,
             const QList<TextMatch> &matches) { QTest::newRow(name) << rows << query << matches; };

    row("any case", lines, {"error"}, {{0, 6, 5}, {2, 0, 5}, {2, 10, 5}});
    row("case counts", lines, {"error", true}, {{0, 6, 5}, {2, 10, 5}});
    row("nothing", lines, {"warning"}, {});
    row("empty", lines, {""}, {});
    row("empty expression", lines, {"", false, true}, {});
    row("no rows", {}, {"x"}, {});
    row("across rows", wrapped, {"error"}, {{1, 7, 5}, {3, 1, 5}});
    row("not across lines", {{"er"}, {"ror"}}, {"error"}, {});
    row("overlapping", {{"aaaa"}}, {"aa"}, {{0, 0, 2}, {0, 2, 2}});
    row("expression", lines, {"e[r]+or\\b", false, true}, {{0, 6, 5}, {2, 0, 5}, {2, 10, 5}});
    row("expression, case counts", lines, {"E[R]+", true, true}, {{2, 0, 3}});
    row("expression across rows", wrapped, {"er+or", false, true}, {{1, 7, 5}, {3, 1, 5}});
    row("start of a line", wrapped, {"^\\S+", false, true}, {{0, 0, 6}, {1, 0, 1}});
    row("empty matches", lines, {"x*", false, true}, {});
    row("no expression", {{"a.c abc"}}, {"a.c"}, {{0, 0, 3}});
    row("letters beyond ASCII",
        {{"GR\xc3\x9c\xc3\x9f"
          "E"}},
        {"gr\xc3\xbc"}, {{0, 0, 3}});
    row("last row goes on", {{"ab", true}}, {"ab"}, {{0, 0, 2}});
}

void TextSearchTest::findsInRows()
{
    QFETCH(QList<TextRow>, rows);
    QFETCH(TextQuery, query);

    const TextMatches found = findText(rows, query, 10s);

    QTEST(found.matches, "matches");
    QCOMPARE(found.end, End::Complete);
}

void TextSearchTest::brokenExpressionIsTold()
{
    const TextMatches found = findText({{"text"}}, {"te(xt", false, true}, 10s);

    QCOMPARE(found.end, End::Invalid);
    QVERIFY(!found.problem.isEmpty());
    QVERIFY(found.matches.isEmpty());
}

void TextSearchTest::manyMatchesAreCut()
{
    const QList<TextRow> rows(10'000, TextRow{"xxxx"});

    for (const bool isExpression : {false, true}) {
        const TextMatches found = findText(rows, {"x", false, isExpression}, 10s);
        QCOMPARE(found.end, End::TooMany);
        QCOMPARE(found.matches.size(), TextMatches::mostMatches);
    }
}

void TextSearchTest::timeIsKept()
{
    const QList<TextRow> rows(10'000, TextRow{"some text"});

    QCOMPARE(findText(rows, {"nowhere"}, 0ms).end, End::TooLong);
}

// Backtracking without end, and one line of a million letters.
void TextSearchTest::evilExpressionEnds_data()
{
    QTest::addColumn<QString>("expression");

    for (const char *expression : {"(a+)+$", "(a|aa)+$", "(.*)*x", "(?:a*)*b", "a*a*a*a*a*b",
                                   "(a?){30}a{30}b", "((a+)(a+))+\\1b"}) {
        QTest::newRow(expression) << QString::fromLatin1(expression);
    }
}

void TextSearchTest::evilExpressionEnds()
{
    QFETCH(QString, expression);
    QList<TextRow> rows(10'000, TextRow{QString(100, u'a'), true});
    rows.last().text += u'!';
    QElapsedTimer took;
    took.start();

    const TextMatches found = findText(rows, {expression, true, true}, 500ms);

    QVERIFY2(took.elapsed() < 5000, QByteArray::number(took.elapsed()).constData());
    QVERIFY(found.end != End::Invalid);
}

QTEST_GUILESS_MAIN(TextSearchTest)

#include "TextSearchTest.moc"
