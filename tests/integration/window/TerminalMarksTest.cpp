// What tabs say of their terminals: names, marks, and questions before something ends.

#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/main/MainWindow.h"
#include "ui/terminal/TerminalSplits.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::patience;
using View = tests::WindowFixture::View;

class TerminalMarksTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void titleOfTheProgramStandsBesideTheSession();
    void tabTakesAName();
    void marksOfTheTabBehind();
    void runningCommandAsksBeforeClosing();
    void withoutMarksThePromptIsLookedFor();
    void fullScreenProgramAsksBeforeItsTerminalCloses();
    void clipboardIsAskedForOnce();
    void pathIsShownInTheFiles();

private:
    QTabWidget *tabs() const { return m_test->visible<QTabWidget>("connectionTabs"); }
    QString mark(int index) const;

    std::unique_ptr<tests::WindowFixture> m_test;
};

void TerminalMarksTest::init()
{
    m_test = std::make_unique<tests::WindowFixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(m_test->connectToServer(View::Terminal));
    QVERIFY(m_test->screenShows(u"$"_s));
    m_test->run(u"PROMPT_COMMAND=; PS1='$ '; echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
}

void TerminalMarksTest::cleanup()
{
    m_test.reset();
}

QString TerminalMarksTest::mark(int index) const
{
    const QWidget *label = tabs()->tabBar()->tabButton(index, QTabBar::LeftSide);
    return label == nullptr ? QString() : label->accessibleName();
}

void TerminalMarksTest::titleOfTheProgramStandsBesideTheSession()
{
    m_test->run(u"printf '\\033]0;someone@elsewhere: ~/src\\033[2J\\007'"_s);

    QTRY_VERIFY_WITH_TIMEOUT(tabs()->tabText(0).endsWith(u" · ~/src"_s), patience);
    QVERIFY(tabs()->tabText(0).startsWith(m_test->serverAddress()));

    m_test->run(u"printf '\\033]0;%s\\007' $(seq 100 | tr -d '\\n')"_s);
    QTRY_VERIFY_WITH_TIMEOUT(tabs()->tabText(0).endsWith(u"…"_s), patience);
}

void TerminalMarksTest::tabTakesAName()
{
    const QString usual = tabs()->tabText(0);
    QTest::mouseDClick(tabs()->tabBar(), Qt::LeftButton, {}, tabs()->tabBar()->tabRect(0).center());
    QVERIFY(m_test->visible<QLineEdit>("tabNameEdit")->hasFocus());
    m_test->type(u"My  server & more"_s);
    m_test->press(Qt::Key_Return);
    QTRY_COMPARE(tabs()->tabText(0), u"My server && more"_s);
    QTRY_VERIFY(m_test->visible("tabNameEdit") == nullptr);

    QTest::mouseDClick(tabs()->tabBar(), Qt::LeftButton, {}, tabs()->tabBar()->tabRect(0).center());
    m_test->type(u"x"_s);
    m_test->press(Qt::Key_Escape);
    QCOMPARE(tabs()->tabText(0), u"My server && more"_s);
    QTRY_VERIFY(m_test->visible("tabNameEdit") == nullptr);

    QTest::mouseDClick(tabs()->tabBar(), Qt::LeftButton, {}, tabs()->tabBar()->tabRect(0).center());
    m_test->press(Qt::Key_Delete);
    m_test->press(Qt::Key_Return);
    QTRY_COMPARE(tabs()->tabText(0), usual);
    QTRY_VERIFY(m_test->visible("terminalView")->focusProxy()->hasFocus());
}

void TerminalMarksTest::marksOfTheTabBehind()
{
    // Each after a file appears, so that the other tab is in front by then.
    m_test->run(u"wait_for() { until [ -e $1 ]; do sleep 0.05; done; }; wait_for a; echo text; "
                "wait_for b; printf '\\033]133;C\\007\\033]133;D;0\\007'; wait_for c; "
                "printf '\\007'"_s);
    const auto happens = [this](const QString &name, const QString &words) {
        QFile file(m_test->server().home() + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QTRY_COMPARE_WITH_TIMEOUT(mark(0), words, patience);
    };
    m_test->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(tabs()->count(), 2);
    QCOMPARE(mark(0), QString());

    happens(u"a"_s, u"new output"_s);
    happens(u"b"_s, u"a command has finished"_s);
    happens(u"c"_s, u"the bell rang"_s);
    QVERIFY(tabs()->tabBar()->accessibleTabName(0).endsWith(u", the bell rang"_s));
    QCOMPARE(mark(1), QString());

    m_test->press(Qt::Key_PageUp, Qt::ControlModifier);
    QTRY_COMPARE(mark(0), QString());
    QCOMPARE(tabs()->tabBar()->accessibleTabName(0), QString());
}

void TerminalMarksTest::runningCommandAsksBeforeClosing()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    m_test->run(u"printf '\\033]133;C\\007'; echo =$((50+2))=; sleep 1000"_s);
    QVERIFY(m_test->screenShows(u"=52="_s));

    m_test->press(Qt::Key_W, both);

    QVERIFY(m_test->appears("confirmSheet"));
    QVERIFY(m_test->visible("confirmSheet")->accessibleDescription().contains(u"still running"_s));
    QVERIFY(m_test->visible("confirmCancel")->hasFocus());
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->vanishes("confirmSheet"));
    QCOMPARE(tabs()->count(), 1);
    QVERIFY(!m_test->window().close());
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->click("confirmCancel");
    QVERIFY(m_test->vanishes("confirmSheet"));

    m_test->press(Qt::Key_C, Qt::ControlModifier);
    m_test->run(u"printf '\\033]133;D;130\\007'; echo =$((60+2))="_s);
    QVERIFY(m_test->screenShows(u"=62="_s));
    m_test->press(Qt::Key_W, both); // at a prompt nothing is asked
    QVERIFY(m_test->vanishes("connectionTabs"));
}

void TerminalMarksTest::withoutMarksThePromptIsLookedFor()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    m_test->run(u"echo =$((50+3))=; sleep 1000"_s);
    QVERIFY(m_test->screenShows(u"=53="_s));

    m_test->press(Qt::Key_W, both);
    QVERIFY(m_test->appears("confirmSheet"));
    QVERIFY(m_test->visible("confirmSheet")->accessibleDescription().contains(u"may still be"_s));
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->vanishes("confirmSheet"));

    m_test->press(Qt::Key_C, Qt::ControlModifier);
    m_test->run(u"echo =$((50+4))="_s);
    QVERIFY(m_test->screenShows(u"=54="_s));
    const auto *terminals = m_test->window().findChild<ui::TerminalSplits *>();
    QTRY_COMPARE(terminals->perhapsBusyCount(), 0); // when the prompt has come
    m_test->press(Qt::Key_W, both);
    QVERIFY(m_test->vanishes("connectionTabs"));
}

void TerminalMarksTest::fullScreenProgramAsksBeforeItsTerminalCloses()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    const auto count
        = [this] { return m_test->window().findChildren<QWidget *>(u"terminalPane"_s).size(); };
    m_test->press(Qt::Key_E, both);
    QCOMPARE(count(), 2);
    m_test->press(Qt::Key_X, both); // alone, so that it is the one that is read
    QVERIFY(m_test->screenShows(u"$"_s));
    m_test->type(u"printf '\\033[?1049h'; echo =$((50+2))=\r"_s);
    QVERIFY(m_test->screenShows(u"=52="_s));

    m_test->press(Qt::Key_W, both);
    QVERIFY(m_test->appears("confirmSheet"));
    QCOMPARE(count(), 2);
    m_test->click("confirmAccept");

    QTRY_COMPARE(count(), 1);
    QCOMPARE(tabs()->count(), 1);
}

void TerminalMarksTest::clipboardIsAskedForOnce()
{
    QApplication::clipboard()->setText(u"before"_s);
    m_test->run(u"printf '\\033]52;c;dGV4dA==\\007'"_s);
    QVERIFY(m_test->appears("noticeBar"));
    QVERIFY(m_test->visible("noticeBar")->accessibleName().contains(u"4 characters"_s));
    QCOMPARE(QApplication::clipboard()->text(), u"before"_s);

    m_test->click("noticeAction");
    QCOMPARE(QApplication::clipboard()->text(), u"text"_s);
    QVERIFY(m_test->vanishes("noticeBar"));

    m_test->run(u"printf '\\033]52;c;b3RoZXI=\\007'"_s);
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::clipboard()->text(), u"other"_s, patience);
    QVERIFY(m_test->visible("noticeBar") == nullptr);
}

void TerminalMarksTest::pathIsShownInTheFiles()
{
    auto *splits = m_test->window().findChild<ui::TerminalSplits *>();
    QVERIFY(QDir(m_test->server().home()).mkpath(u"pictures/old"_s));
    QFile file(m_test->server().home() + u"/pictures/one.png"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(m_test->visible("remotePath") == nullptr);
    const auto isShown = [this](const QString &directory) {
        return QTest::qWaitFor(
            [&] {
                const auto *view = m_test->visible("remoteFiles");
                return view != nullptr && view->isEnabled()
                    && m_test->window()
                           .findChild<ui::FilesView *>()
                           ->rightPane()
                           .directory()
                           .bytes()
                    == (m_test->server().home() + directory).toUtf8();
            },
            patience);
    };

    emit splits->pathActivated((m_test->server().home() + u"/pictures/old"_s).toUtf8());
    QVERIFY(isShown(u"/pictures/old"_s));
    emit splits->pathActivated(file.fileName().toUtf8()); // in its directory
    QVERIFY(isShown(u"/pictures"_s));

    emit splits->pathActivated("/nonexistent/\x1b[2J");
    QVERIFY(m_test->appears("noticeBar"));
    QVERIFY(
        m_test->visible("noticeBar")->accessibleName().startsWith(u"/nonexistent/\\x1B[2J can"_s));
}

QTEST_MAIN(TerminalMarksTest)
#include "TerminalMarksTest.moc"
