#include "profiles/Variable.h"

#include <QTest>

using namespace Qt::StringLiterals;
using profiles::Variable;

class VariableTest : public QObject
{
    Q_OBJECT

private slots:
    void nameEndsAtTheFirstSign();
    void rejects_data();
    void rejects();
};

void VariableTest::nameEndsAtTheFirstSign()
{
    QCOMPARE(Variable::parse(u"LC_ALL=C.UTF-8"), (Variable{u"LC_ALL"_s, u"C.UTF-8"_s}));
    QCOMPARE(Variable::parse(u"_a1=b=\"c d\""), (Variable{u"_a1"_s, u"b=\"c d\""_s}));
    QCOMPARE(Variable::parse(u"EMPTY="), (Variable{u"EMPTY"_s, QString()}));
}

void VariableTest::rejects_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no sign") << u"PATH"_s;
    QTest::newRow("no name") << u"=x"_s;
    QTest::newRow("blank in the name") << u"A B=x"_s;
    QTest::newRow("digit in front") << u"1A=x"_s;
    QTest::newRow("other letters") << u"Å=x"_s;
    QTest::newRow("two lines") << u"A=x\nB=y"_s;
    QTest::newRow("NUL") << u"A=x"_s + QChar(0);
}

void VariableTest::rejects()
{
    QFETCH(const QString, text);
    QVERIFY(!Variable::parse(text));
}

QTEST_GUILESS_MAIN(VariableTest)
#include "VariableTest.moc"
