#include "ui/terminal/TypingBroadcast.h"

#include "FakeByteStream.h"
#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using ui::TerminalPane;

// Three terminals in a window; the first one is typed into.
class TypingBroadcastTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void keysGoToTheChosenAlone();
    void eachProgramGetsKeysInItsOwnForm();
    void answersOfTheTerminalStayWhereTheyAre();
    void pasteIsAskedForOnceAndBracketedForEach();
    void textOfInputMethodsGoesToAll();
    void frameIsUnmistakable();
    void buttonStops();
    void endedShellLeavesForGood();
    void goneTerminalEndsIt();

private:
    QByteArray written(int index) const { return m_shells[index]->written; }
    QWidget *display(int index) const { return m_panes[index]->view().focusProxy(); }
    void start(const QList<int> &indexes);

    std::unique_ptr<QWidget> m_window;
    QList<TerminalPane *> m_panes;
    QList<FakeByteStream *> m_shells;
    std::unique_ptr<ui::TypingBroadcast> m_broadcast;
};

void TypingBroadcastTest::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(800, 900);
    auto *layout = new QVBoxLayout(m_window.get());
    for (int index = 0; index < 3; ++index) {
        auto *pane = new TerminalPane;
        pane->setHost(QStringLiteral("web0%1").arg(index + 1));
        layout->addWidget(pane);
        m_panes.append(pane);
        m_shells.append(nullptr);
        pane->join([this, index](QSize) {
            auto shell = std::make_unique<FakeByteStream>();
            m_shells[index] = shell.get();
            return shell;
        });
    }
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_panes[0]->setFocus();
    m_broadcast = std::make_unique<ui::TypingBroadcast>();
}

void TypingBroadcastTest::cleanup()
{
    m_broadcast.reset();
    m_panes.clear();
    m_shells.clear();
    m_window.reset();
}

void TypingBroadcastTest::start(const QList<int> &indexes)
{
    QList<TerminalPane *> panes;
    for (const int index : indexes) {
        panes.append(m_panes[index]);
    }
    m_broadcast->start(panes);
}

void TypingBroadcastTest::keysGoToTheChosenAlone()
{
    start({0, 1});
    QTest::keyClicks(display(0), "ls");
    QTest::keyClick(display(0), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(written(0), "ls\x03");
    QCOMPARE(written(1), "ls\x03");
    QCOMPARE(written(2), "");

    QTest::keyClicks(display(1), "x"); // from any of them
    QCOMPARE(written(0), "ls\x03x");
    QTest::keyClicks(display(2), "y"); // but not from one that is not among them
    QCOMPARE(written(0), "ls\x03x");

    m_broadcast->stop();
    QTest::keyClicks(display(0), "z");
    QCOMPARE(written(0), "ls\x03xz");
    QCOMPARE(written(1), "ls\x03x");
}

// Cursor keys are ESC O A after DECCKM (xterm, ctlseqs.txt, "PC-Style Function Keys").
void TypingBroadcastTest::eachProgramGetsKeysInItsOwnForm()
{
    start({0, 1});
    m_shells[1]->supply("\033[?1h\033[6n");
    QTRY_VERIFY(!written(1).isEmpty());
    m_shells[1]->written.clear();

    QTest::keyClick(display(0), Qt::Key_Up);
    QCOMPARE(written(0), "\033[A");
    QCOMPARE(written(1), "\033OA");
}

void TypingBroadcastTest::answersOfTheTerminalStayWhereTheyAre()
{
    start({0, 1});
    m_shells[0]->supply("\033[6n\033[c");
    QTRY_VERIFY(written(0).contains('c'));
    QCOMPARE(written(1), "");
}

void TypingBroadcastTest::pasteIsAskedForOnceAndBracketedForEach()
{
    start({0, 1});
    m_shells[1]->supply("\033[?2004h\033[6n");
    QTRY_VERIFY(!written(1).isEmpty());
    m_shells[1]->written.clear();
    QApplication::clipboard()->setText("a\nb");

    m_panes[0]->view().paste();
    QCOMPARE(written(0), "");
    QTest::mouseClick(m_panes[0]->findChild<QPushButton *>("pasteConfirm"), Qt::LeftButton);

    QCOMPARE(written(0), "a\rb");
    QCOMPARE(written(1), "\033[200~a\rb\033[201~");
    QVERIFY(!m_panes[1]->findChild<QWidget *>("pasteBar")->isVisible());
}

void TypingBroadcastTest::textOfInputMethodsGoesToAll()
{
    start({0, 1});
    QInputMethodEvent event;
    event.setCommitString(QString::fromUtf8("\u00e9"));
    QApplication::sendEvent(display(0), &event);
    QCOMPARE(written(0), QByteArray("\xc3\xa9"));
    QCOMPARE(written(1), QByteArray("\xc3\xa9"));
}

void TypingBroadcastTest::frameIsUnmistakable()
{
    start({0, 2});
    for (int index = 0; index < 3; ++index) {
        const bool isIn = index != 1;
        QCOMPARE(m_panes[index]->findChild<QWidget *>("broadcastBar")->isVisible(), isIn);
        const auto *frame = m_panes[index]->findChild<QWidget *>("broadcastFrame");
        QCOMPARE(frame->isVisible(), isIn);
        if (isIn) {
            QCOMPARE(frame->geometry(), m_panes[index]->rect());
        }
    }
    QCOMPARE(m_panes[0]->findChild<QWidget *>("broadcastBar")->accessibleName(),
             "What you type goes into 2 terminals at once: web01, web03");
}

void TypingBroadcastTest::buttonStops()
{
    start({0, 1});
    QTest::mouseClick(m_panes[1]->findChild<QPushButton *>("broadcastStop"), Qt::LeftButton);
    QVERIFY(!m_broadcast->isOn());
    for (const TerminalPane *pane : std::as_const(m_panes)) {
        QVERIFY(!pane->findChild<QWidget *>("broadcastBar")->isVisible());
        QVERIFY(!pane->findChild<QWidget *>("broadcastFrame")->isVisible());
    }
}

void TypingBroadcastTest::endedShellLeavesForGood()
{
    start({0, 1, 2});
    emit m_shells[1]->finished(0);
    QCOMPARE(m_broadcast->panes().size(), 2);
    m_panes[1]->join([this](QSize) {
        auto shell = std::make_unique<FakeByteStream>();
        m_shells[1] = shell.get();
        return shell;
    });
    QTest::keyClicks(display(0), "x");
    QCOMPARE(written(1), "");
    QCOMPARE(written(2), "x");

    m_panes[2]->leave(); // as a lost connection does: now there is only one
    QVERIFY(!m_broadcast->isOn());
}

void TypingBroadcastTest::goneTerminalEndsIt()
{
    start({0, 1});
    delete m_panes[1];
    QVERIFY(!m_broadcast->isOn());
    QTest::keyClicks(display(0), "x");
    QCOMPARE(written(0), "x");
}

QTEST_MAIN(TypingBroadcastTest)
#include "TypingBroadcastTest.moc"
