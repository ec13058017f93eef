#include "archive/LogName.h"

#include <QTest>

using archive::LogName;
using namespace Qt::StringLiterals;

class LogNameTest : public QObject
{
    Q_OBJECT

private slots:
    void templateIsFilled_data();
    void templateIsFilled();
    void nothingLeadsOutOfTheFolder_data();
    void nothingLeadsOutOfTheFolder();
};

namespace {

LogName name()
{
    return {u"Web shop"_s, u"web01.example.com"_s, u"deploy"_s,
            QDateTime(QDate(2026, 11, 9), QTime(7, 5, 3))};
}

} // namespace

void LogNameTest::templateIsFilled_data()
{
    QTest::addColumn<QString>("nameTemplate");
    QTest::addColumn<QString>("path");
    QTest::newRow("usual") << LogName::usualTemplate << u"Web-shop/2026-11-09-070503"_s;
    QTest::newRow("host and user") << u"%u@%h %t"_s << u"deploy@web01.example.com 070503"_s;
    QTest::newRow("other letters stay") << u"100%% %x %"_s << u"100%% %x %"_s;
    QTest::newRow("empty") << u""_s << u"Web-shop/2026-11-09-070503"_s;
    QTest::newRow("blanks and slashes") << u" // / "_s << u"Web-shop/2026-11-09-070503"_s;
}

void LogNameTest::templateIsFilled()
{
    QFETCH(QString, nameTemplate);
    QTEST(name().pathFor(nameTemplate), "path");
}

void LogNameTest::nothingLeadsOutOfTheFolder_data()
{
    QTest::addColumn<QString>("session");
    QTest::addColumn<QString>("nameTemplate");
    QTest::addColumn<QString>("path");
    QTest::newRow("parent in the template") << u"a"_s << u"../../%s"_s << u"a"_s;
    QTest::newRow("absolute template") << u"a"_s << u"/etc/%s"_s << u"etc/a"_s;
    QTest::newRow("slashes in the session") << u"../../etc/passwd"_s << u"%s"_s << u"etc-passwd"_s;
    QTest::newRow("parent alone") << u".."_s << u"%s"_s << u"terminal"_s;
    QTest::newRow("nothing usual") << u"\n\a;"_s << u"%s"_s << u"terminal"_s;
    QTest::newRow("letters of all languages")
        << u"Žluťoučký 東京"_s << u"%s"_s << u"Žluťoučký-東京"_s;
    QTest::newRow("option") << u"--rm"_s << u"%s"_s << u"rm"_s;
    QTest::newRow("far too long") << QString(5000, u'x') << u"%s"_s << QString(100, u'x');
}

void LogNameTest::nothingLeadsOutOfTheFolder()
{
    QFETCH(QString, session);
    QFETCH(QString, nameTemplate);
    LogName hostile = name();
    hostile.session = session;
    QTEST(hostile.pathFor(nameTemplate), "path");
}

QTEST_GUILESS_MAIN(LogNameTest)

#include "LogNameTest.moc"
