// What a login shell makes of an order is what the shell of this computer makes of it.

#include "commands/RunOrder.h"

#include "tests/support/ToolRun.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using commands::RunOrder;

class RunOrderTest : public QObject
{
    Q_OBJECT

private slots:
    void commandAloneStaysAsItIs();
    void directoryIsEntered_data();
    void directoryIsEntered();
    void missingDirectoryKeepsTheCommandFromRunning();
    void shellOfATerminalGoesOn();
    void terminalIsAskedFor();
    void environmentIsRead();
    void nonsenseInEnvironmentIsNamed_data();
    void nonsenseInEnvironmentIsNamed();
};

namespace {

tests::ToolResult shell(const RunOrder &order, const QString &home)
{
    tests::ToolRun run{
        u"/bin/sh"_s,
        {u"-c"_s, u"cd \"$HOME\" && eval \"$1\""_s, u"sh"_s, QString::fromUtf8(order.line())}};
    run.environment.insert(u"HOME"_s, home);
    return tests::runTool(run);
}

} // namespace

void RunOrderTest::commandAloneStaysAsItIs()
{
    const RunOrder order{.command = "ls -l; pwd"};

    QCOMPARE(order.line(), "ls -l; pwd");
}

void RunOrderTest::directoryIsEntered_data()
{
    QTest::addColumn<QByteArray>("directory");
    QTest::addColumn<QString>("name"); // below the home directory

    QTest::newRow("plain") << QByteArray("plain") << u"plain"_s;
    QTest::newRow("spaces and quotes") << QByteArray("it's $HOME \"a\"") << u"it's $HOME \"a\""_s;
    QTest::newRow("minus") << QByteArray("-P") << u"-P"_s;
    QTest::newRow("home") << QByteArray("~") << QString();
    QTest::newRow("below home") << QByteArray("~/a b") << u"a b"_s;
}

void RunOrderTest::directoryIsEntered()
{
    QFETCH(QByteArray, directory);
    QFETCH(QString, name);
    const QTemporaryDir home;
    QVERIFY(name.isEmpty() || QDir(home.path()).mkpath(name));

    const auto result
        = shell({.command = "pwd -P; echo done", .directory = directory}, home.path());

    const QString place = name.isEmpty() ? home.path() : home.filePath(name);
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(QString::fromUtf8(result.output), QDir(place).canonicalPath() + u"\ndone\n"_s);
}

void RunOrderTest::missingDirectoryKeepsTheCommandFromRunning()
{
    const QTemporaryDir home;

    const auto result
        = shell({.command = "echo ran; echo again", .directory = "none"}, home.path());

    QVERIFY(result.exitStatus > 0);
    QCOMPARE(result.output, "");
    QVERIFY(result.errors.contains("none"));
}

void RunOrderTest::shellOfATerminalGoesOn()
{
    const QTemporaryDir home;
    QVERIFY(QDir(home.path()).mkpath(u"there"_s));
    const RunOrder order{.command = "echo 'it'; pwd -P", .directory = "there"};
    const RunOrder astray{.command = "echo ran; echo again", .directory = "none"};

    const auto result = shell({.command = order.terminalLine() + "; cd ..; " + astray.terminalLine()
                                   + "; echo still here"},
                              home.path());

    QCOMPARE(QString::fromUtf8(result.output),
             u"it\n"_s + QDir(home.filePath(u"there"_s)).canonicalPath() + u"\nstill here\n"_s);
}

void RunOrderTest::terminalIsAskedFor()
{
    QVERIFY(!RunOrder{.command = "ls"}.request().terminal);
    const RunOrder order{.command = "ls", .terminal = RunOrder::Terminal::Present};

    QCOMPARE(order.request().terminal.value_or(ssh::TerminalRequest{}).term, "dumb");
}

void RunOrderTest::environmentIsRead()
{
    const auto read = commands::environmentIn(u"LANG=C\n\n  _A1=x=y z\nEMPTY=\n"_s);

    const QHash<QByteArray, QByteArray> expected{{"LANG", "C"}, {"_A1", "x=y z"}, {"EMPTY", ""}};
    QVERIFY(read);
    QCOMPARE(*read, expected);
}

void RunOrderTest::nonsenseInEnvironmentIsNamed_data()
{
    QTest::addColumn<QString>("line");

    for (const char *line : {"LANG", "=C", "1A=x", "A B=x", "Ä=x"}) {
        QTest::newRow(line) << QString::fromUtf8(line);
    }
}

void RunOrderTest::nonsenseInEnvironmentIsNamed()
{
    QFETCH(QString, line);

    const auto read = commands::environmentIn(u"LANG=C\n"_s + line);

    QVERIFY(!read);
    QCOMPARE(read.error(), line);
}

QTEST_GUILESS_MAIN(RunOrderTest)

#include "RunOrderTest.moc"
