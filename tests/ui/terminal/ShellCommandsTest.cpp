// The commands of a terminal: with scripted marks, and with real shells that run our line.

#include "ui/terminal/ShellCommands.h"

#include "FakeByteStream.h"
#include "LocalShell.h"
#include "ui/terminal/CommandsPanel.h"
#include "ui/terminal/ShellHook.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using ui::ShellCommand;
using ui::ShellCommands;

namespace {

constexpr auto patience = 20s; // for shells of a busy computer

// As a shell writes them: what is typed comes back, then the marks and the output.
QByteArray run(const QByteArray &command, const QByteArray &output, const QByteArray &status)
{
    return command + "\r\n\033]133;C\a" + output + "\033]133;D;" + status
        + "\a\033]133;A\a$ \033]133;B\a";
}

} // namespace

class ShellCommandsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void commandsAreListed();
    void textToldByTheShellCounts();
    void commandIsFoundInAFullScrollback();
    void equalCommandsAreToldApart();
    void outputIsThatOfTheCommand();
    void outputOfARunningCommandIsCopied();
    void nothingIsReadWhileSomethingIsSelected();
    void lostBeginningIsNotCopied();
    void shellThatEndsEndsItsCommand();
    void listIsFilteredAndGoesToACommand();
    void helpIsShownWithoutMarks();
    void durationsReadWell();
    void commandToldTwiceIsOne();
    void commandTypedAheadIsFoundByItsText();
    void hooksWorkInRealShells_data();
    void hooksWorkInRealShells();

private:
    ShellCommands &commands() const { return m_pane->view().commands(); }
    void supply(const QByteArray &bytes);
    QString screenText() const;
    QString firstRow() const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_pane->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<ui::TerminalPane> m_pane;
    FakeByteStream *m_shell = nullptr;
};

void ShellCommandsTest::init()
{
    m_pane = std::make_unique<ui::TerminalPane>();
    m_pane->resize(900, 400);
    m_pane->show();
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    m_pane->join([this](QSize) {
        auto shell = std::make_unique<FakeByteStream>();
        m_shell = shell.get();
        return shell;
    });
    supply("\033]133;A\a$ \033]133;B\a");
}

void ShellCommandsTest::cleanup()
{
    m_pane.reset();
}

void ShellCommandsTest::supply(const QByteArray &bytes)
{
    m_shell->supply(bytes + "\033]7;file:///done\a");
    QTRY_VERIFY(m_shell->isDone());
    m_shell->supply("\033[6n"); // answered when all before is on the screen
    const qsizetype before = m_shell->written.size();
    QTRY_VERIFY(m_shell->written.size() > before);
}

QString ShellCommandsTest::screenText() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    m_pane->view().saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

// Of what is to be seen.
QString ShellCommandsTest::firstRow() const
{
    const auto *bar = m_pane->view().focusProxy()->findChild<QScrollBar *>();
    return screenText().split(u'\n').value(bar->value());
}

void ShellCommandsTest::commandsAreListed()
{
    QSignalSpy finished(&commands(), &ShellCommands::finished);
    supply(run("make all", "done\r\n", "0"));
    supply(run("false", {}, "1"));
    supply("sleep 9\r\n\033]133;C\a");

    QCOMPARE(commands().all().size(), 3);
    QCOMPARE(commands().all()[0].text, "make all");
    QCOMPARE(commands().all()[0].status, 0);
    QVERIFY(commands().all()[0].duration.has_value());
    QCOMPARE(commands().all()[1].status, 1);
    QCOMPARE(commands().all()[2].text, "sleep 9");
    QVERIFY(!commands().all()[2].duration.has_value());
    QVERIFY(commands().isRunning());
    QCOMPARE(finished.size(), 2);
}

void ShellCommandsTest::textToldByTheShellCounts()
{
    supply("ls\r\n\033]133;C;cmdline_url=ls%20-l%1b%5b2J\a");
    QCOMPARE(commands().all().last().text, "ls -l[2J");
}

void ShellCommandsTest::commandIsFoundInAFullScrollback()
{
    ui::TerminalAppearance appearance;
    appearance.font = m_pane->view().font();
    appearance.scrollbackLines = 100;
    m_pane->view().setAppearance(appearance);
    supply(QByteArray("filling\r\n").repeated(200) + "\033]133;A\a$ \033]133;B\a");
    supply(run("wanted", QByteArray("output\r\n").repeated(40), "0"));
    supply(run("later", "more\r\n", "0"));

    QVERIFY(commands().goTo(0));
    QCOMPARE(firstRow(), "$ wanted");

    supply(QByteArray("filling\r\n").repeated(200));
    QVERIFY(!commands().goTo(0));
}

void ShellCommandsTest::equalCommandsAreToldApart()
{
    supply(run("date", QByteArray("one\r\n").repeated(30), "0"));
    supply(run("date", QByteArray("two\r\n").repeated(30), "0"));
    supply("date"); // typed, not yet run

    QCOMPARE(commands().output(0), QString(u"one\n"_s).repeated(30));
    QCOMPARE(commands().output(1), QString(u"two\n"_s).repeated(30));
}

void ShellCommandsTest::outputIsThatOfTheCommand()
{
    const QByteArray longLine(300, 'x');
    supply(run("print", longLine + "\r\n\r\nend\r\n", "0"));
    supply(run("true", {}, "0"));

    QCOMPARE(commands().output(0), QString::fromLatin1(longLine) + u"\n\nend\n"_s);
    QCOMPARE(commands().output(1), QString(u""_s));

    supply(run("seq 2", "1\r\n2\r\n", "0"));
    m_pane->copyLastOutput();
    QCOMPARE(QApplication::clipboard()->text(), "1\n2\n");
}

void ShellCommandsTest::outputOfARunningCommandIsCopied()
{
    supply("tail -f log\r\n\033]133;C\aone\r\ntwo\r\n");
    QCOMPARE(commands().output(0), "one\ntwo\n");
}

void ShellCommandsTest::nothingIsReadWhileSomethingIsSelected()
{
    QTest::mouseDClick(m_pane->view().focusProxy(), Qt::LeftButton, {}, QPoint(8, 12));
    m_pane->view().copy();
    const QString selected = QApplication::clipboard()->text();
    supply(run("date", "one\r\n", "0"));

    QCOMPARE(commands().all().size(), 1);
    m_pane->view().copy();
    QCOMPARE(QApplication::clipboard()->text(), selected);
}

void ShellCommandsTest::lostBeginningIsNotCopied()
{
    ui::TerminalAppearance appearance;
    appearance.font = m_pane->view().font();
    appearance.scrollbackLines = 20;
    m_pane->view().setAppearance(appearance);
    supply(run("seq 500", QByteArray("line\r\n").repeated(500), "0"));
    QApplication::clipboard()->setText("before");

    m_pane->copyLastOutput();
    QCOMPARE(QApplication::clipboard()->text(), "before");
    QVERIFY(std::ranges::any_of(m_pane->findChildren<QWidget *>("noticeBar"), [](QWidget *bar) {
        return bar->isVisible() && bar->accessibleName().contains("Nothing was copied");
    }));
}

void ShellCommandsTest::shellThatEndsEndsItsCommand()
{
    supply("sleep 9\r\n\033]133;C\a");
    emit m_shell->finished(0);
    QVERIFY(!commands().isRunning());
    QVERIFY(!commands().all().last().status.has_value());
}

void ShellCommandsTest::listIsFilteredAndGoesToACommand()
{
    supply(run("make first", QByteArray("output\r\n").repeated(40), "0"));
    supply(run("make second", QByteArray("output\r\n").repeated(40), "2"));
    supply(run("ls", QByteArray("output\r\n").repeated(40), "0"));

    m_pane->showCommands();
    auto *list = find<QTreeWidget>("commandList");
    QVERIFY(find<QLineEdit>("commandFilter")->hasFocus());
    QCOMPARE(list->currentItem()->text(0), "ls");
    QTest::keyClicks(QApplication::focusWidget(), "make");
    QCOMPARE(list->currentItem()->text(0), "make second");
    QCOMPARE(list->currentItem()->text(1), "2");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QCOMPARE(list->currentItem()->text(0), "make first");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);

    QVERIFY(!find<QWidget>("commandsPanel")->isVisible());
    QCOMPARE(firstRow(), "$ make first");
    QVERIFY(m_pane->view().focusProxy()->hasFocus());
    QVERIFY(!m_shell->written.contains("make")); // nothing went to the shell
}

void ShellCommandsTest::helpIsShownWithoutMarks()
{
    m_pane->join([this](QSize) {
        auto shell = std::make_unique<FakeByteStream>();
        m_shell = shell.get();
        return shell;
    });
    ui::TerminalPane pane;
    pane.resize(900, 400);
    pane.show();
    QByteArray typed;
    connect(&pane.view(), &ui::TerminalView::typed, this,
            [&typed](const QByteArray &bytes) { typed += bytes; });

    pane.copyLastOutput(); // there is none, so it says what is missing
    auto *help = pane.findChild<QWidget *>("shellHookHelp");
    QVERIFY(help->isVisible());
    QVERIFY(help->isAncestorOf(pane.window()->focusWidget())); // keys are not the shell's
    QVERIFY(typed.isEmpty());
    QTest::mouseClick(help->findChild<QWidget *>("shellHookType"), Qt::LeftButton);

    QCOMPARE(QString::fromUtf8(typed), ui::ShellHook::all().first().line); // and no Enter
    QVERIFY(!help->isVisible());
}

void ShellCommandsTest::durationsReadWell()
{
    QCOMPARE(ui::CommandsPanel::durationText(1234ms), "1.2 s");
    QCOMPARE(ui::CommandsPanel::durationText(42s), "42 s");
    QCOMPARE(ui::CommandsPanel::durationText(125s), "2 min 05 s");
    QCOMPARE(ui::CommandsPanel::durationText(3720s), "1 h 02 min");
}

// By fish 4 and by our line in it. What belongs to the first may be on the screen already.
void ShellCommandsTest::commandToldTwiceIsOne()
{
    supply("make\r\n\033]133;C\a");
    supply("\033]133;C;cmdline_url=make\a");
    supply("done\r\n\033]133;D;2\a\033]133;D;2\a\033]133;A\a\033]133;A\a$ \033]133;B\a");
    supply("make\r\n\033]133;C\a");
    supply("\033]133;C;cmdline_url=make\a");

    QCOMPARE(commands().all().size(), 2);
    QCOMPARE(commands().all()[0].text, "make");
    QCOMPARE(commands().all()[0].status, 2);
    QCOMPARE(commands().output(0), "done\n");
    QVERIFY(commands().isRunning());
}

// In a shell that does not mark the end of its prompt, and while another one ran: no key has told
// it.
void ShellCommandsTest::commandTypedAheadIsFoundByItsText()
{
    supply("\033]133;A\along\r\n> sleep 1\r\n\033]133;C;cmdline_url=sleep%201\a");
    supply("seq 2\r\n\033]133;D;0\a\033]133;A\along\r\n> seq 2\r\n"
           "\033]133;C;cmdline_url=seq%202\a1\r\n2\r\n\033]133;D;0\a");
    supply("\033]133;A\along\r\n> " + QByteArray("\r\n").repeated(40));

    QCOMPARE(commands().all().last().text, "seq 2");
    QVERIFY(commands().goTo(commands().all().size() - 1));
    QCOMPARE(firstRow().trimmed(), "long");
    QVERIFY(
        commands().output(commands().all().size() - 1).value_or(QString()).startsWith("1\n2\n"));
}

void ShellCommandsTest::hooksWorkInRealShells_data()
{
    QTest::addColumn<QString>("commandLine");
    QTest::newRow("bash") << u"bash --norc --noprofile -i"_s;
    QTest::newRow("zsh") << u"zsh -f -i"_s;
    QTest::newRow("fish") << u"fish --no-config -i"_s;
}

void ShellCommandsTest::hooksWorkInRealShells()
{
    QFETCH(QString, commandLine);
    const QString name = commandLine.section(u' ', 0, 0);
    if (QStandardPaths::findExecutable(name).isEmpty()) {
        QSKIP("The shell is not installed.");
    }
    QSignalSpy directories(m_pane.get(), &ui::TerminalPane::directoryChanged);
    const LocalShell *shell = nullptr;
    m_pane->join([&](QSize) {
        auto made = std::make_unique<LocalShell>(commandLine);
        shell = made.get();
        return made;
    });
    const auto hook = std::ranges::find(ui::ShellHook::all(), name, &ui::ShellHook::shell);
    const auto type = [this](const QString &line) { m_pane->view().type(line.toUtf8() + '\r'); };
    type(name == u"fish"_s ? u"echo x(echo 42)x"_s : u"echo x$(echo 42)x"_s);
    QTRY_VERIFY_WITH_TIMEOUT(screenText().contains("x42x"), patience);

    type(hook->line);
    type(u"mkdir 'a %41 b'; cd 'a %41 b'"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->directory(), (shell->home() + "/a %41 b").toUtf8(), patience);
    type(u"sh -c 'echo out; exit 3'"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!commands().all().isEmpty() && commands().all().last().status == 3,
                             patience);
    QTRY_VERIFY_WITH_TIMEOUT(commands().output(commands().all().size() - 1) == "out\n", patience);
    QVERIFY2(commands().all().last().text.contains("exit 3"),
             qPrintable(commands().all().last().text));
    type(u"sleep 0.2"_s);
    type(u"sh -c 'echo ahead; exit 4'"_s); // before there is a prompt
    QTRY_VERIFY_WITH_TIMEOUT(commands().all().last().status == 4, patience);
    QTRY_COMPARE_WITH_TIMEOUT(commands().output(commands().all().size() - 1), "ahead\n", patience);
    if (name == u"bash"_s) {
        return; // which does not know what it runs
    }
    const qsizetype before = commands().all().size();
    type(u"true '50%; first'"_s);
    type(u"sleep 0.2; false second"_s); // ahead of its prompt
    QTRY_VERIFY_WITH_TIMEOUT(
        commands().all().size() == before + 2 && commands().all().last().status == 1, patience);
    QCOMPARE(commands().all().at(before).text, u"true '50%; first'"_s);
    QCOMPARE(commands().all().last().text, u"sleep 0.2; false second"_s);
}

QTEST_MAIN(ShellCommandsTest)
#include "ShellCommandsTest.moc"
