// Words are compared with those that a real /bin/sh makes of the same text.

#include "net/CommandWords.h"

#include "tests/support/ToolRun.h"

#include <QTest>

using namespace Qt::StringLiterals;

class CommandWordsTest : public QObject
{
    Q_OBJECT

private slots:
    void splitsAsAShell_data();
    void splitsAsAShell();
    void execInFrontIsDropped();
    void refuses_data();
    void refuses();
};

void CommandWordsTest::splitsAsAShell_data()
{
    QTest::addColumn<QString>("text");

    for (const char *text :
         {"nc %h %p", "  nc\t-X 5   %h  %p ", "'a b' c", "\"a b\" c", "a'b'\"c\"d", "a\\ b",
          "\"a\\\"b\\\\c\\$d\\`e\\f\"", "'a\\b'", "'' \"\"", "a'$b|c'", "--opt=x y=z", "a~b c#d",
          "~/nc ~ ~/'a b' x=~/c '~/d' \\~/e ~", "\\'", "\"'\" '\"'", "a{b}", "\\|",
          "caf\xc3\xa9"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void CommandWordsTest::splitsAsAShell()
{
    QFETCH(QString, text);
    // Words with NUL behind each. The shell reads "command" first, so that none of them is run.
    const tests::ToolResult shell = tests::runTool(
        {.program = u"/bin/sh"_s, .arguments = {u"-c"_s, u"printf '%s\\0' "_s + text}});
    QCOMPARE(shell.exitStatus, 0);
    QStringList expected = QString::fromUtf8(shell.output).split(QChar(0));
    expected.removeLast();

    const auto words = net::commandWords(text);

    QVERIFY(words);
    QCOMPARE(*words, expected);
}

void CommandWordsTest::execInFrontIsDropped()
{
    QCOMPARE(net::commandWords(u"exec nc %h %p").value_or(QStringList()),
             (QStringList{u"nc"_s, u"%h"_s, u"%p"_s}));
}

void CommandWordsTest::refuses_data()
{
    using net::CommandProblem;
    QTest::addColumn<CommandProblem>("problem");
    const auto row
        = [](const char *text, CommandProblem problem) { QTest::newRow(text) << problem; };

    row("", CommandProblem::Empty);
    row(" \t ", CommandProblem::Empty);
    row("exec", CommandProblem::Empty);
    row("'a", CommandProblem::OpenQuote);
    row("a \"b", CommandProblem::OpenQuote);
    row("a\\", CommandProblem::OpenQuote);
    for (const char *text :
         {"a | b",  "a; b",    "a && b", "a > b", "a < b", "$HOME/nc", "\"$HOME\"",
          "a `b`",  "\"`b`\"", "(a)",    "a *",   "a ?",   "a [b]",    "~root/nc",
          "~'/nc'", "# a",     "{ a",    "! a",   "X=1 a", "a\nb"}) {
        row(text, CommandProblem::NeedsShell);
    }
}

void CommandWordsTest::refuses()
{
    QFETCH(net::CommandProblem, problem);

    const auto words = net::commandWords(QString::fromLatin1(QTest::currentDataTag()));

    QVERIFY(!words);
    QCOMPARE(words.error(), problem);
}

QTEST_APPLESS_MAIN(CommandWordsTest)

#include "CommandWordsTest.moc"
