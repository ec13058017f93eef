#include "files/RenameRule.h"

#include <QTest>

using namespace Qt::StringLiterals;
using files::PlannedName;
using files::RenamePlan;
using files::RenameRule;
using Problem = files::PlannedName::Problem;

class RenameRuleTest : public QObject
{
    Q_OBJECT

private slots:
    void patterns_data();
    void patterns();
    void replacements_data();
    void replacements();
    void bytesThatAreNoTextAreSearchedAsShown();
    void foundFilesStayInTheirFolders();
    void problems_data();
    void problems();
    void brokenExpressionChangesNothing();
    void stepsNeverMeetANameInUse_data();
    void stepsNeverMeetANameInUse();
};

namespace {

RenameRule byPattern(const QString &pattern)
{
    RenameRule rule;
    rule.pattern = pattern;
    return rule;
}

RenameRule byReplacement(const QString &search, const QString &replacement)
{
    RenameRule rule;
    rule.kind = RenameRule::Kind::Replacement;
    rule.search = search;
    rule.replacement = replacement;
    return rule;
}

QByteArrayList namesOf(const RenamePlan &plan)
{
    QByteArrayList names;
    for (const PlannedName &name : plan.names()) {
        names << name.to;
    }
    return names;
}

} // namespace

void RenameRuleTest::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArrayList>("from");
    QTest::addColumn<QByteArrayList>("to");

    QTest::newRow("number") << u"img-{n}.{ext}"_s << QByteArrayList{"a.jpg", "b.png"}
                            << QByteArrayList{"img-08.jpg", "img-09.png"};
    QTest::newRow("no extension") << u"{name}-{n}.{ext}"_s << QByteArrayList{"README", ".profile"}
                                  << QByteArrayList{"README-08", ".profile-09"};
    QTest::newRow("last dot") << u"{name}_{ext}"_s << QByteArrayList{"a.tar.gz"}
                              << QByteArrayList{"a.tar_gz"};
    QTest::newRow("name that looks like a placeholder")
        << u"{name}{n}"_s << QByteArrayList{"{n}{ext}"} << QByteArrayList{"{n}{ext}08"};
    QTest::newRow("unknown placeholder")
        << u"{date}{n}"_s << QByteArrayList{"a"} << QByteArrayList{"{date}08"};
    QTest::newRow("not UTF-8") << u"{n} {name}.{ext}"_s
                               << QByteArrayList{"caf\xe9.txt", "\xe2\x82.\xff", "\xc3\xa9\xe9"}
                               << QByteArrayList{"08 caf\xe9.txt", "09 \xe2\x82.\xff",
                                                 "10 \xc3\xa9\xe9"};
    QTest::newRow("not ASCII") << u"ä {name}"_s << QByteArrayList{"ö"} << QByteArrayList{"ä ö"};
}

void RenameRuleTest::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArrayList, from);
    QFETCH(QByteArrayList, to);
    RenameRule rule = byPattern(pattern);
    rule.firstNumber = 8;
    rule.digits = 2;

    const RenamePlan plan(from, QSet<QByteArray>(from.begin(), from.end()), rule);

    QCOMPARE(namesOf(plan), to);
    QVERIFY(plan.isPossible());
}

void RenameRuleTest::replacements_data()
{
    QTest::addColumn<RenameRule>("rule");
    QTest::addColumn<QByteArray>("to");

    RenameRule rule = byReplacement(u".x"_s, u"\\1"_s);
    QTest::newRow("plain text is no expression") << rule << QByteArray("A\\1xtxt.AX");
    rule = byReplacement(u"a"_s, u"b"_s);
    rule.ignoresCase = true;
    QTest::newRow("case") << rule << QByteArray("b.xxtxt.bX");
    rule = byReplacement(u"(x+)t"_s, u"<\\1>"_s);
    rule.isRegularExpression = true;
    QTest::newRow("group") << rule << QByteArray("A.<xx><x>.AX");
    rule = byReplacement(QString(), u"never"_s);
    rule.letterCase = RenameRule::LetterCase::Lower;
    QTest::newRow("letters alone") << rule << QByteArray("a.xxtxt.ax");
}

void RenameRuleTest::replacements()
{
    QFETCH(RenameRule, rule);
    QFETCH(QByteArray, to);
    QCOMPARE(namesOf(RenamePlan({"A.xxtxt.AX"}, {"A.xxtxt.AX"}, rule)), QByteArrayList{to});
}

// As base::displayText() shows them. In what is text, the same is searched for as it stands.
void RenameRuleTest::bytesThatAreNoTextAreSearchedAsShown()
{
    const QByteArrayList chosen{"CAF\xe9.TXT", "a\\xe9"};
    RenameRule rule = byReplacement(u"\\xe9"_s, u"\u00e9"_s);
    rule.letterCase = RenameRule::LetterCase::Lower;
    QCOMPARE(namesOf(RenamePlan(chosen, {}, rule)),
             (QByteArrayList{"caf\xc3\xa9.txt", "a\xc3\xa9"}));

    rule = byReplacement(u"A(.)"_s, u"\\1"_s);
    rule.isRegularExpression = true;
    rule.letterCase = RenameRule::LetterCase::Upper;
    QCOMPARE(namesOf(RenamePlan({"\xe9\xff", "A\xe9\xff"}, {}, rule)),
             (QByteArrayList{"\xe9\xff", "\xe9\xff"}));
}

void RenameRuleTest::foundFilesStayInTheirFolders()
{
    const QByteArrayList chosen{"sub/deep/z.txt", "sub/y.txt", "x.txt"};
    QCOMPARE(namesOf(RenamePlan(chosen, {}, byPattern(u"q{n}.{ext}"_s))),
             (QByteArrayList{"sub/deep/q1.txt", "sub/q2.txt", "q3.txt"}));
    QCOMPARE(namesOf(RenamePlan(chosen, {}, byReplacement(u"s"_s, u"a/"_s))), chosen);
    QCOMPARE(namesOf(RenamePlan({"ab/b", "ab/c"}, {}, byReplacement(u"b"_s, u"d"_s))),
             (QByteArrayList{"ab/d", "ab/c"}));

    const RenamePlan circle({"d/2", "d/1"}, {}, byPattern(u"{n}"_s));
    QVERIFY(std::ranges::all_of(circle.steps(), [](const auto &step) {
        return step.first.startsWith("d/") && step.second.startsWith("d/");
    }));
}

void RenameRuleTest::problems_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArrayList>("chosen");
    QTest::addColumn<Problem>("problem"); // of the last one

    QTest::newRow("twice") << u"same"_s << QByteArrayList{"a", "b"} << Problem::Twice;
    QTest::newRow("taken") << u"other"_s << QByteArrayList{"a"} << Problem::Taken;
    QTest::newRow("slash") << u"x/{name}"_s << QByteArrayList{"a"} << Problem::NoName;
    QTest::newRow("empty") << QString() << QByteArrayList{"a"} << Problem::NoName;
    QTest::newRow("up") << u".."_s << QByteArrayList{"a"} << Problem::NoName;
    QTest::newRow("too long") << QString(256, u'x') << QByteArrayList{"a"} << Problem::NoName;
    QTest::newRow("stands for a byte")
        << u"{name}{n}"_s << QByteArrayList{"\xf4\x8f\xbf\xbf"} << Problem::Strange; // U+10FFFF
}

void RenameRuleTest::problems()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArrayList, chosen);
    QFETCH(Problem, problem);
    QSet<QByteArray> present(chosen.begin(), chosen.end());
    present.insert("other");

    const RenamePlan plan(chosen, present, byPattern(pattern));

    QCOMPARE(plan.names().last().problem, problem);
    QVERIFY(!plan.isPossible());
}

void RenameRuleTest::brokenExpressionChangesNothing()
{
    RenameRule rule = byReplacement(u"(a"_s, u"b"_s);
    QCOMPARE(rule.complaint(), QString());
    rule.isRegularExpression = true;
    QVERIFY(!rule.complaint().isEmpty());
    const RenamePlan plan({"(a)"}, {"(a)"}, rule);
    QCOMPARE(plan.changes(), 0);
    QVERIFY(!plan.isPossible());
}

void RenameRuleTest::stepsNeverMeetANameInUse_data()
{
    QTest::addColumn<QByteArrayList>("chosen"); // numbered from 1
    QTest::addColumn<QByteArrayList>("others");

    QTest::newRow("free names") << QByteArrayList{"a", "b"} << QByteArrayList{"c"};
    QTest::newRow("one up") << QByteArrayList{"0", "1", "2"} << QByteArrayList();
    QTest::newRow("one down") << QByteArrayList{"2", "3", "4"} << QByteArrayList();
    QTest::newRow("places changed") << QByteArrayList{"2", "1"} << QByteArrayList();
    QTest::newRow("two circles and one that stays")
        << QByteArrayList{"2", "1", "3", "5", "6", "4"} << QByteArrayList{".ponto-rename-1"};
}

// Played on a directory that is a map of names to what they held in the beginning.
void RenameRuleTest::stepsNeverMeetANameInUse()
{
    QFETCH(QByteArrayList, chosen);
    QFETCH(QByteArrayList, others);
    QMap<QByteArray, QByteArray> directory;
    for (const QByteArray &name : chosen + others) {
        directory.insert(name, name);
    }
    const RenamePlan plan(chosen, QSet<QByteArray>(directory.keyBegin(), directory.keyEnd()),
                          byPattern(u"{n}"_s));
    QVERIFY(plan.isPossible());

    for (const auto &[from, to] : plan.steps()) {
        QVERIFY2(directory.contains(from), from.constData());
        QVERIFY2(!directory.contains(to), to.constData());
        directory.insert(to, directory.take(from));
    }

    for (qsizetype i = 0; i < chosen.size(); ++i) {
        QCOMPARE(directory.value(QByteArray::number(i + 1)), chosen[i]);
    }
    QCOMPARE(directory.size(), chosen.size() + others.size());
}

QTEST_APPLESS_MAIN(RenameRuleTest)

#include "RenameRuleTest.moc"
