#include "ui/palette/FuzzyMatch.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ui::fuzzyScore;

class FuzzyMatchTest : public QObject
{
    Q_OBJECT

private slots:
    void findsOrNot_data();
    void findsOrNot();
    void betterIsHigher_data();
    void betterIsHigher();
};

void FuzzyMatchTest::findsOrNot_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isFound");
    const auto row = [](const QString &typed, const QString &name, bool isFound) {
        QTest::addRow("%s in %s", qPrintable(typed), qPrintable(name)) << typed << name << isFound;
    };
    row(u"web"_s, u"web01"_s, true);
    row(u"WEB"_s, u"web01"_s, true);
    row(u"w1"_s, u"web01"_s, true);
    row(u"1w"_s, u"web01"_s, false);
    row(u"web02"_s, u"web01"_s, false);
    row(u"nt"_s, u"New terminal"_s, true);
    row(u"new ter"_s, u"New terminal"_s, true);
    row(u"window own"_s, u"Move tab to a window of its own"_s, true);
    row(u"own window"_s, u"Move tab to a window of its own"_s, true);
    row(u"own widow"_s, u"Move tab to a window of its own"_s, false);
    row(u"newter"_s, u"New terminal"_s, true);
    row(u"straße"_s, u"Hauptstraße"_s, true);
    row(u"ÄPFEL"_s, u"äpfel"_s, true);
    // The "t" of the first word is no good: after it there is no "x" left to find "tx".
    row(u"atx"_s, u"a tea at xenon"_s, true);
    row(u"abc"_s, u"a b_ab c"_s, true);
    row(u""_s, u"anything"_s, true);
    row(u"x"_s, u""_s, false);
}

void FuzzyMatchTest::findsOrNot()
{
    QFETCH(QString, typed);
    QFETCH(QString, name);
    QFETCH(bool, isFound);

    QCOMPARE(fuzzyScore(typed, name).has_value(), isFound);
}

void FuzzyMatchTest::betterIsHigher_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    const auto row = [](const char *why, const QString &typed, const QString &better,
                        const QString &worse) { QTest::newRow(why) << typed << better << worse; };
    row("at the front", u"db"_s, u"db01"_s, u"olddb"_s);
    row("in a row", u"web"_s, u"my-web"_s, u"w-e-b-x-y"_s);
    row("beginnings of words", u"nt"_s, u"New terminal"_s, u"Quick connect"_s.replace(u'Q', u'n'));
    row("a word inside", u"term"_s, u"New terminal"_s, u"the ermine"_s);
    row("the order of what was typed", u"new tab"_s, u"New tab"_s, u"Tab new"_s);
    row("words before scattered letters", u"tab new"_s, u"New tab"_s, u"To a bar no elk wants"_s);
    row("the shorter one", u"web"_s, u"web1"_s, u"web1-backup"_s);
}

void FuzzyMatchTest::betterIsHigher()
{
    QFETCH(QString, typed);
    QFETCH(QString, better);
    QFETCH(QString, worse);

    const auto high = fuzzyScore(typed, better);
    const auto low = fuzzyScore(typed, worse);
    QVERIFY(high && low);
    QVERIFY2(*high > *low, qPrintable(u"%1 and %2"_s.arg(*high).arg(*low)));
}

QTEST_GUILESS_MAIN(FuzzyMatchTest)

#include "FuzzyMatchTest.moc"
