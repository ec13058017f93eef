// What the window makes of a shell that tells what it does, on a real server: the list of commands,
// files that follow, messages of the desktop; and typing into several terminals at once.

#include "tests/integration/window/WindowFixture.h"
#include "tests/support/PrivateBus.h"
#include "tests/support/Reason.h"
#include "ui/commands/RunPanel.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/DirectoryLink.h"
#include "ui/main/MainWindow.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/TabWindow.h"
#include "ui/terminal/ShellCommands.h"
#include "ui/terminal/ShellHook.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/terminal/TerminalView.h"

#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDir>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using tests::patience;
using View = tests::WindowFixture::View;

// The desktop's part of org.freedesktop.Notifications (specifications.freedesktop.org,
// version 1.2).
class FakeDesktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList titles;
    QStringList texts;

public slots:
    // NOLINTNEXTLINE(readability-identifier-naming): the name is the specification's
    uint Notify(const QString &, uint, const QString &, const QString &title, const QString &text,
                const QStringList &, const QVariantMap &, int)
    {
        titles.append(title);
        texts.append(text);
        return static_cast<uint>(titles.size());
    }

signals:
    void ActionInvoked(uint id, const QString &action);
};

class TerminalHelpTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void commandsAreListedAndTheLastOutputIsCopied();
    void hookIsTypedOnRequestAlone();
    void filesFollowTheShell();
    void serverTellsWhereTheShellIs();
    void shellGoesToTheFiles();
    void oddNamesAreNotTyped();
    void longCommandIsToldToTheDesktop();
    void typingGoesToChosenTerminals();
    void productionIsAskedAboutBeforeTypingThere();
    void terminalClosesWhenItIsSet();
    void tabMovesToAWindowAndBack();
    void windowOfATabClosesIt();
    void terminalsShareTheScrollback();
    void runningCommandOfTheRunPanelAsks();

private:
    QTabWidget *tabs() const { return m_test->visible<QTabWidget>("connectionTabs"); }
    ui::TerminalSplits &splits() const
    {
        return m_test->window().findChild<ui::SessionTabs *>()->currentPage()->terminals();
    }
    static QString textOf(const ui::TerminalPane &pane);
    void teachTheShell();
    [[nodiscard]] bool filesAreAt(const QString &directory);

    tests::PrivateBus m_bus;
    FakeDesktop m_desktop;
    std::unique_ptr<tests::WindowFixture> m_test;
};

void TerminalHelpTest::initTestCase()
{
    const auto started = m_bus.start();
    QVERIFY2(started, tests::reason(started).constData());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toUtf8());
    QDBusConnection server = QDBusConnection::connectToBus(m_bus.address(), u"desktop"_s);
    QVERIFY(server.registerService(u"org.freedesktop.Notifications"_s));
    QVERIFY(
        server.registerObject(u"/org/freedesktop/Notifications"_s, &m_desktop,
                              QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
}

void TerminalHelpTest::init()
{
    m_desktop.titles.clear();
    m_desktop.texts.clear();
    m_test = std::make_unique<tests::WindowFixture>();
    const auto started = m_test->startServer(tests::SshServerOptions().withShell(u"/bin/bash"_s));
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(m_test->connectToServer(View::Terminal));
    QVERIFY(m_test->screenShows(u"$"_s));
    m_test->run(u"PROMPT_COMMAND=; PS1='$ '; echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
}

void TerminalHelpTest::cleanup()
{
    m_test.reset();
}

QString TerminalHelpTest::textOf(const ui::TerminalPane &pane)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    pane.view().saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

void TerminalHelpTest::teachTheShell()
{
    m_test->run(ui::ShellHook::all().first().line + u"; echo =$((60+2))="_s);
    QVERIFY(m_test->screenShows(u"=62="_s));
}

bool TerminalHelpTest::filesAreAt(const QString &directory)
{
    return QTest::qWaitFor(
        [&] {
            const auto *view = m_test->visible("remoteFiles");
            return view != nullptr && view->isEnabled()
                && m_test->window().findChild<ui::FilesView *>()->rightPane().directory().bytes()
                == directory.toUtf8();
        },
        patience);
}

void TerminalHelpTest::commandsAreListedAndTheLastOutputIsCopied()
{
    teachTheShell();
    m_test->run(u"seq 3"_s);
    m_test->run(u"(exit 7)"_s);
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    m_test->press(Qt::Key_J, both);
    QVERIFY(m_test->appears("commandList"));
    auto *list = m_test->visible<QTreeWidget>("commandList");
    QTRY_VERIFY_WITH_TIMEOUT(
        list->topLevelItemCount() >= 2 && list->topLevelItem(0)->text(1) == u"7"_s, patience);
    QCOMPARE(list->topLevelItem(0)->text(0), u"(exit 7)"_s);
    QCOMPARE(list->topLevelItem(1)->text(0), u"seq 3"_s);
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->vanishes("commandsPanel"));

    m_test->run(u"echo one; echo two"_s);
    QTRY_COMPARE_WITH_TIMEOUT(splits().current().view().commands().all().last().text,
                              u"echo one; echo two"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!splits().current().view().commands().isRunning(), patience);
    QVERIFY(m_test->screenShows(u"\ntwo"_s));
    m_test->press(Qt::Key_U, both);
    QTRY_COMPARE(QApplication::clipboard()->text(), u"one\ntwo\n"_s);
}

void TerminalHelpTest::hookIsTypedOnRequestAlone()
{
    m_test->press(Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_test->appears("shellHookHelp"));
    QVERIFY(!m_test->screen().contains(u"__ponto"_s));
    m_test->click("shellHookType");
    QVERIFY(m_test->screenShows(u"__ponto_mark() {"_s));
    QVERIFY(!splits().current().view().commands().isMarked()); // nobody has pressed Enter yet
    m_test->press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(splits().current().view().commands().isMarked(), patience);
}

void TerminalHelpTest::filesFollowTheShell()
{
    const QString home = m_test->server().home();
    QVERIFY(QDir(home).mkpath(u"work/it's %41"_s));
    m_test->press(Qt::Key_3, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(filesAreAt(home));
    m_test->visible("terminalView")->setFocus();
    teachTheShell();
    m_test->run(u"cd work"_s);
    QVERIFY(filesAreAt(home + u"/work"_s));
    m_test->run(u"cd it*"_s);
    QVERIFY(filesAreAt(home + u"/work/it's %41"_s));

    m_test->click("followTerminal"); // no more
    m_test->visible("terminalView")->setFocus();
    m_test->run(u"cd ..; echo =$((70+2))="_s);
    QVERIFY(m_test->screenShows(u"=72="_s));
    QCOMPARE(splits().current().directory(), (home + u"/work"_s).toUtf8());
    QVERIFY(filesAreAt(home + u"/work/it's %41"_s));
    m_test->click("followTerminal"); // and again, at once
    QVERIFY(filesAreAt(home + u"/work"_s));
}

// No word from the shell: the server is asked, on a click alone.
void TerminalHelpTest::serverTellsWhereTheShellIs()
{
    const QString home = m_test->server().home();
    QVERIFY(QDir(home).mkpath(u"work/deep"_s));
    m_test->press(Qt::Key_3, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(filesAreAt(home));
    m_test->visible("terminalView")->setFocus();
    m_test->run(u"cd work; echo =$((70+2))="_s);
    QVERIFY(m_test->screenShows(u"=72="_s));
    m_test->click("followTerminal");
    m_test->click("followTerminal"); // off and on
    QVERIFY(filesAreAt(home + u"/work"_s));
    m_test->visible("terminalView")->setFocus();
    m_test->run(u"cd deep"_s); // and from then on
    QVERIFY(filesAreAt(home + u"/work/deep"_s));

    m_test->press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(splits().count(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(splits().current()).contains(u'$'), patience);
    m_test->click("followTerminal");
    m_test->click("followTerminal"); // which of the two?
    QVERIFY(m_test->appears("noticeBar"));
    QVERIFY(m_test->visible("noticeBar")->accessibleName().contains(u"which is meant"_s));
}

void TerminalHelpTest::shellGoesToTheFiles()
{
    const QString home = m_test->server().home();
    QVERIFY(QDir(home).mkpath(u"it's; touch gone"_s));
    m_test->press(Qt::Key_3, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(filesAreAt(home));
    m_test->window().findChild<ui::FilesView *>()->showRemote(
        files::FilePath((home + u"/it's; touch gone"_s).toUtf8()));
    QVERIFY(filesAreAt(home + u"/it's; touch gone"_s));
    m_test->visible("terminalView")->setFocus();
    m_test->type(u"rm -rf "_s); // half typed: it must not become a part of what follows
    m_test->click("terminalToFiles");
    m_test->run(u"printf '<%s>\\n' \"$PWD\""_s);
    QVERIFY2(m_test->screenShows(u"/it's; touch gone>"_s), qPrintable(m_test->screen()));
    QVERIFY(QDir(home).exists(u"it's; touch gone"_s));
}

void TerminalHelpTest::oddNamesAreNotTyped()
{
    QCOMPARE(ui::DirectoryLink::changeDirectoryLine("/a\nrm"), QByteArray());
    QCOMPARE(ui::DirectoryLink::changeDirectoryLine("/a\x1b"), QByteArray());
    QCOMPARE(ui::DirectoryLink::changeDirectoryLine("-x"), QByteArray());
    QCOMPARE(ui::DirectoryLink::changeDirectoryLine(""), QByteArray());
    QCOMPARE(ui::DirectoryLink::changeDirectoryLine("/a'b\xff"),
             QByteArray("\x05\x15"
                        "cd '/a'\\''b\xff'\r"));
}

void TerminalHelpTest::longCommandIsToldToTheDesktop()
{
    m_test->settings().setValue(settings::keys::commandNoticeSeconds, 1);
    teachTheShell();
    m_test->run(u"sleep 1.2; true --password=secret"_s);
    m_test->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(tabs()->count(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop.titles.size(), 1, patience);
    QVERIFY(m_desktop.titles.first().startsWith(u"sleep"_s));
    QVERIFY(!(m_desktop.titles + m_desktop.texts).join(u' ').contains(u"secret"_s));
    QVERIFY(m_desktop.texts.first().contains(u"Exit status: 0"_s));

    QCOMPARE(tabs()->currentIndex(), 1);
    emit m_desktop.ActionInvoked(1, u"default"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tabs()->currentIndex(), 0, patience);

    m_test->run(u"sleep 1.2; echo =$((80+2))="_s); // seen
    QVERIFY(m_test->screenShows(u"=82="_s));
    QTRY_VERIFY(!splits().current().view().commands().isRunning());
    QCOMPARE(m_desktop.titles.size(), 1);
}

void TerminalHelpTest::typingGoesToChosenTerminals()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    m_test->press(Qt::Key_E, both);
    QTRY_COMPARE(splits().count(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(splits().current()).contains(u'$'), patience);
    m_test->press(Qt::Key_G, both);
    QVERIFY(m_test->appears("broadcastSheet"));
    QCOMPARE(m_test->visible<QTreeWidget>("broadcastList")->topLevelItemCount(), 2);
    m_test->press(Qt::Key_Return); // the list has the focus
    QVERIFY(m_test->vanishes("broadcastSheet"));
    QVERIFY(m_test->appears("broadcastBar"));

    m_test->type(u"echo =$((50+2))=\r"_s);
    for (const ui::TerminalPane *pane : splits().panes()) {
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*pane).contains(u"=52="_s), patience);
    }
    m_test->press(Qt::Key_G, both);
    QVERIFY(m_test->vanishes("broadcastBar"));
    m_test->type(u"echo =$((90+2))=\r"_s);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(splits().current()).contains(u"=92="_s), patience);
    QVERIFY(!textOf(*splits().panes().first()).contains(u"=92="_s));

    m_test->press(Qt::Key_G, both);
    QVERIFY(m_test->appears("broadcastSheet"));
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->appears("broadcastBar"));
    m_test->closeWindow(); // while it is on
}

void TerminalHelpTest::productionIsAskedAboutBeforeTypingThere()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    m_test->press(Qt::Key_E, both);
    QTRY_COMPARE(splits().count(), 2);
    auto *page = m_test->window().findChild<ui::ConnectionPage *>();
    profiles::Profile own = page->request().profile;
    own.name = u"Shop"_s;
    own.environmentClass = profiles::EnvironmentClass::Production;
    page->setProfile(own);

    m_test->press(Qt::Key_G, both);
    QVERIFY(m_test->appears("broadcastCaution"));
    m_test->click("broadcastAccept");
    QVERIFY(m_test->appears("confirmSheet"));
    QVERIFY(m_test->visible("confirmSheet")->accessibleDescription().contains(u"Shop"_s));
    QVERIFY(m_test->visible("broadcastBar") == nullptr);
    m_test->click("confirmCancel");
    QVERIFY(m_test->vanishes("confirmSheet"));
    QVERIFY(m_test->visible("broadcastBar") == nullptr);
}

void TerminalHelpTest::terminalClosesWhenItIsSet()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    m_test->settings().setValue(settings::keys::terminalCloses, true);
    m_test->press(Qt::Key_E, both);
    QTRY_COMPARE(splits().count(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(splits().current()).contains(u'$'), patience);
    m_test->type(u"exit 3\r"_s); // an error is to be read
    QTRY_VERIFY_WITH_TIMEOUT(splits().current().hasEnded(), patience);
    QCOMPARE(splits().count(), 2);
    m_test->click("noticeAction"); // a new shell
    QTRY_VERIFY_WITH_TIMEOUT(!splits().current().hasEnded(), patience);
    m_test->type(u"exit 0\r"_s);
    QTRY_COMPARE_WITH_TIMEOUT(splits().count(), 1, patience);
    m_test->visible("terminalView")->setFocus();
    m_test->type(u"exit 0\r"_s);
    QVERIFY(m_test->vanishes("connectionTabs"));
}

void TerminalHelpTest::tabMovesToAWindowAndBack()
{
    for (QAction *action : m_test->window().actions()) {
        if (action->text().startsWith(u"Move tab"_s)) {
            action->trigger();
        }
    }
    ui::TabWindow *shown = nullptr;
    QTRY_VERIFY((shown = qobject_cast<ui::TabWindow *>(QApplication::activeWindow())) != nullptr);
    QVERIFY(tabs() == nullptr);
    auto *pane = shown->findChild<ui::TerminalPane *>();
    pane->setFocus();
    QTest::keyClicks(QApplication::focusWidget(), u"echo =$((30+2))=\r"_s);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(*pane).contains(u"=32="_s), patience); // the same shell
    QVERIFY(textOf(*pane).contains(u"=42="_s)); // and what was there before
    QVERIFY(shown->windowTitle().startsWith(m_test->serverAddress()));
    const auto *state = shown->findChild<QLabel *>(u"tabWindowState"_s);
    QVERIFY(state != nullptr && !state->pixmap().isNull());
    QVERIFY2(state->accessibleName().contains(u", connected"_s),
             qPrintable(state->accessibleName()));

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_E,
                    Qt::ControlModifier | Qt::ShiftModifier); // keys are those of the main window
    QTRY_COMPARE(shown->findChildren<ui::TerminalPane *>().size(), 2);

    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_G, both); // asks in this window
    auto *sheet = shown->findChild<QWidget *>(u"broadcastSheet"_s);
    QVERIFY(sheet != nullptr && sheet->isVisible());
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTest::keyClick(pane->focusProxy()->focusProxy(), Qt::Key_L, both); // that of the main window
    QTRY_COMPARE(QApplication::activeWindow(), &m_test->window());
    QVERIFY(m_test->visible("quickConnectEdit")->hasFocus());
    shown->activateWindow();

    QTest::mouseClick(shown->findChild<QWidget *>(u"tabWindowBack"_s), Qt::LeftButton);
    QTRY_VERIFY(tabs() != nullptr);
    QCOMPARE(tabs()->count(), 1);
    QCOMPARE(splits().count(), 2);
    QTRY_COMPARE(QApplication::activeWindow(), &m_test->window());
}

void TerminalHelpTest::windowOfATabClosesIt()
{
    auto *page = m_test->window().findChild<ui::ConnectionPage *>();
    auto *sessions = m_test->window().findChild<ui::SessionTabs *>();
    sessions->detachOrReturn();
    QPointer<QWidget> window = page->window();
    QVERIFY(window != &m_test->window());
    QTest::keyClicks(page->terminals().current().view().focusProxy(),
                     u"printf '\\033]133;C\\007'; sleep 1000\r"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page->terminals().busyCount() == 1, patience);

    QVERIFY(!window->close()); // asks, in it
    QTRY_VERIFY(window->findChild<QWidget *>(u"confirmSheet"_s) != nullptr);
    QTest::mouseClick(window->findChild<QWidget *>(u"confirmAccept"_s), Qt::LeftButton);
    QTRY_VERIFY(window == nullptr);
    QCOMPARE(sessions->pageCount(), 0);
}

// 100,000 lines for all (see SessionTabs).
void TerminalHelpTest::terminalsShareTheScrollback()
{
    m_test->run(u"seq 6000; echo =$((50+2))="_s);
    QVERIFY(m_test->screenShows(u"=52="_s));
    QVERIFY(splits().current().view().scrollbackLines() > 5900);
    m_test->window().resize(2400, 1600);
    for (int made = 1; made < 20; ++made) {
        m_test->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(tabs()->count(), made + 1, patience);
    }
    tabs()->setCurrentIndex(0);
    QCOMPARE(splits().current().view().scrollbackLines(), 5000);
    QVERIFY(m_test->screenShows(u"\n6000\n"_s)); // the latest stay
}

void TerminalHelpTest::runningCommandOfTheRunPanelAsks()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    m_test->press(Qt::Key_M, both);
    m_test->type(u"sleep 1000\r"_s);
    const auto *run = m_test->window().findChild<ui::RunPanel *>();
    QTRY_VERIFY_WITH_TIMEOUT(run->isRunning(), patience);

    m_test->press(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(m_test->appears("confirmSheet"));
    QVERIFY(m_test->visible("confirmSheet")->accessibleDescription().contains(u"Run panel"_s));
    m_test->click("confirmCancel");
    QVERIFY(m_test->vanishes("confirmSheet"));
    QVERIFY(!m_test->window().close());
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->click("confirmAccept");
}

QTEST_MAIN(TerminalHelpTest)
#include "TerminalHelpTest.moc"
