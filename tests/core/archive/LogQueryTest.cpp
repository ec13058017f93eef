#include "archive/LogQuery.h"

#include <QTest>

using archive::LogQuery;
using namespace Qt::StringLiterals;

class LogQueryTest : public QObject
{
    Q_OBJECT

private slots:
    void typedTextBecomesTerms_data();
    void typedTextBecomesTerms();
};

void LogQueryTest::typedTextBecomesTerms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expression");
    QTest::newRow("word") << u"timeout"_s << u"\"timeout\"*"_s;
    QTest::newRow("words") << u"  disk   full "_s << u"\"disk\"* AND \"full\"*"_s;
    QTest::newRow("phrase") << u"error \"no space\""_s << u"\"error\"* AND \"no space\""_s;
    QTest::newRow("open phrase") << u"\"no space"_s << u"\"no space\""_s;
    QTest::newRow("operators are words")
        << u"a OR NOT b*"_s << u"\"a\"* AND \"OR\"* AND \"NOT\"* AND \"b*\"*"_s;
    QTest::newRow("columns and brackets") << u"text:(x)"_s << u"\"text:(x)\"*"_s;
    QTest::newRow("no word") << u" -- \"\" ++ "_s << u""_s;
    QTest::newRow("signs beside a word") << u"-- nginx.conf"_s << u"\"nginx.conf\"*"_s;
    QTest::newRow("nothing") << u""_s << u""_s;
}

void LogQueryTest::typedTextBecomesTerms()
{
    QFETCH(QString, text);
    QTEST((LogQuery{.text = text, .host = {}}.expression()), "expression");
}

QTEST_GUILESS_MAIN(LogQueryTest)

#include "LogQueryTest.moc"
