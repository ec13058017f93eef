#include "commands/Snippet.h"

#include <QProcess>
#include <QTest>

using commands::Snippet;
using commands::SnippetParameter;
using namespace Qt::StringLiterals;

class SnippetTest : public QObject
{
    Q_OBJECT

private slots:
    void parametersAreFoundOnce();
    void usualValuesAreTaken();
    void valuesStayOneWord();
    void otherBracesStay_data();
    void otherBracesStay();
};

void SnippetTest::parametersAreFoundOnce()
{
    const Snippet snippet{.command = u"journalctl -u {{unit}} -n {{lines:50}}; echo {{ unit }}"_s};

    QCOMPARE(snippet.parameters(),
             QList<SnippetParameter>({{u"unit"_s, {}}, {u"lines"_s, u"50"_s}}));
}

void SnippetTest::usualValuesAreTaken()
{
    const Snippet snippet{.command = u"du {{directory:/var/log}} | head -n {{count:10}}"_s};

    QCOMPARE(snippet.filled({}), u"du /var/log | head -n 10"_s);
    QCOMPARE(snippet.filled({{u"count"_s, u"3"_s}}), u"du /var/log | head -n 3"_s);
}

// What a shell makes of it is what was typed.
void SnippetTest::valuesStayOneWord()
{
    const QString nasty = u"a 'b' $(touch /tmp/x) ; \"c\" \\ {{other}}\n{{value}}"_s;
    const Snippet snippet{.command = u"printf %s {{value}}"_s};
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, snippet.filled({{u"value"_s, nasty}})});
    QVERIFY(shell.waitForFinished());

    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), nasty);
}

void SnippetTest::otherBracesStay_data()
{
    QTest::addColumn<QString>("command");

    QTest::newRow("shell") << u"echo ${HOME} {a,b}"_s;
    QTest::newRow("awk") << u"awk '{print {1}}'"_s;
    QTest::newRow("Go template") << u"docker ps --format '{{.Names}}'"_s;
    QTest::newRow("open") << u"echo {{unit"_s;
    QTest::newRow("empty") << u"echo {{}}"_s;
}

void SnippetTest::otherBracesStay()
{
    QFETCH(QString, command);
    const Snippet snippet{.command = command};

    QVERIFY(snippet.parameters().isEmpty());
    QCOMPARE(snippet.filled({}), command);
}

QTEST_GUILESS_MAIN(SnippetTest)
#include "SnippetTest.moc"
