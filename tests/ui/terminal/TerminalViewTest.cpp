#include "ui/terminal/TerminalView.h"

#include "TerminalViewFixture.h"
#include "ui/terminal/PtyInput.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QShortcut>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

using ui::PtyInput;
using ui::TerminalView;

class TerminalViewTest : public TerminalViewFixture
{
    Q_OBJECT

private slots:
    void init() { QVERIFY(showView()); }
    void cleanup() { m_view.reset(); }

    void isNamedAfterItsHost();
    void hasTheUsualSizeBeforeItIsShown();
    void keysArriveAsBytes_data();
    void keysArriveAsBytes();
    void modifierAloneSendsNothing();
    void terminalWinsOverShortcuts_data();
    void terminalWinsOverShortcuts();
    void unusedWindowLettersAreNotTyped();
    void copyTakesTheSelection();
    void findShowsAField();
    void menuOffersWhatThereIs();
    void menuStaysAwayFromProgramsWithMouse();
    void outputIsSaved();
    void outputThatCanNotBeSavedIsTold();
    void onlyOneSizeIsReportedForManySteps();
    void textStaysWhereItIsWhenShownLater();
    void writingNeverBlocks();
};

void TerminalViewTest::isNamedAfterItsHost()
{
    m_view->setHost("web01");

    QCOMPARE(m_view->objectName(), "terminalView");
    QCOMPARE(m_view->accessibleName(), "Terminal on web01");
}

void TerminalViewTest::hasTheUsualSizeBeforeItIsShown()
{
    const TerminalView view;
    QVERIFY2(view.columns() >= 78, QByteArray::number(view.columns()).constData());
    QVERIFY2(view.rows() >= 23, QByteArray::number(view.rows()).constData());
}

// The bytes are those of terminfo's xterm-256color (kf10, kdch1, ...) in normal cursor key mode.
void TerminalViewTest::keysArriveAsBytes_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QByteArray>("bytes");
    const auto row
        = [](const char *name, Qt::Key key, Qt::KeyboardModifiers modifiers,
             const QByteArray &bytes) { QTest::newRow(name) << key << modifiers << bytes; };

    row("a", Qt::Key_A, Qt::NoModifier, "a");
    row("Enter", Qt::Key_Return, Qt::NoModifier, "\r");
    row("Tab", Qt::Key_Tab, Qt::NoModifier, "\t");
    row("Shift+Tab", Qt::Key_Backtab, Qt::ShiftModifier, "\x1b[Z");
    row("Escape", Qt::Key_Escape, Qt::NoModifier, "\x1b");
    row("Up", Qt::Key_Up, Qt::NoModifier, "\x1b[A");
    row("F1", Qt::Key_F1, Qt::NoModifier, "\x1bOP");
    row("F10", Qt::Key_F10, Qt::NoModifier, "\x1b[21~");
    row("Delete", Qt::Key_Delete, Qt::NoModifier, "\x1b[3~");
    row("Ctrl+C", Qt::Key_C, Qt::ControlModifier, "\x03");
    row("Ctrl+S", Qt::Key_S, Qt::ControlModifier, "\x13");
    row("Ctrl+K", Qt::Key_K, Qt::ControlModifier, "\x0b");
    row("Alt+X", Qt::Key_X, Qt::AltModifier, "\x1bx");
    row("Ctrl+Shift+circumflex", Qt::Key_AsciiCircum, Qt::ControlModifier | Qt::ShiftModifier,
        "\x1e");
}

void TerminalViewTest::keysArriveAsBytes()
{
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), key, modifiers);

    QCOMPARE(typed.count(), 1);
    QTEST(typed.first().first().toByteArray(), "bytes");
}

void TerminalViewTest::modifierAloneSendsNothing()
{
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), Qt::Key_Shift);

    QCOMPARE(typed.count(), 0);
}

void TerminalViewTest::terminalWinsOverShortcuts_data()
{
    QTest::addColumn<QKeySequence>("keys");
    QTest::addColumn<bool>("windowGetsIt");

    QTest::newRow("Ctrl+K") << QKeySequence(Qt::CTRL | Qt::Key_K) << false;
    QTest::newRow("Alt+1") << QKeySequence(Qt::ALT | Qt::Key_1) << false;
    QTest::newRow("F6") << QKeySequence(Qt::Key_F6) << false;
    QTest::newRow("Ctrl+Shift+K") << QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K) << true;
    QTest::newRow("Ctrl+Shift+F6") << QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F6) << true;
    QTest::newRow("Ctrl+PageDown") << QKeySequence(Qt::CTRL | Qt::Key_PageDown) << true;
}

void TerminalViewTest::terminalWinsOverShortcuts()
{
    QFETCH(QKeySequence, keys);
    QFETCH(bool, windowGetsIt);
    const QShortcut shortcut(keys, m_view.get());
    QSignalSpy activated(&shortcut, &QShortcut::activated);
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), keys[0].key(), keys[0].keyboardModifiers());

    QCOMPARE(activated.count(), windowGetsIt ? 1 : 0);
    QCOMPARE(typed.count(), windowGetsIt ? 0 : 1);
}

// Ctrl+Shift+D, pressed by mistake, must not end the shell as Ctrl+D does.
void TerminalViewTest::unusedWindowLettersAreNotTyped()
{
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);

    QCOMPARE(typed.count(), 0);
}

void TerminalViewTest::copyTakesTheSelection()
{
    QApplication::clipboard()->setText("before");
    show("word and more\r\n");

    QTest::keyClick(display(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), "before"); // nothing was selected

    QTest::mouseDClick(display(), Qt::LeftButton, Qt::NoModifier, QPoint(15, 12));
    QTest::keyClick(display(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), "word");
}

void TerminalViewTest::findShowsAField()
{
    QTest::keyClick(display(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);

    QTRY_COMPARE(QString::fromLatin1(QApplication::focusWidget()->metaObject()->className()),
                 "QLineEdit");
}

void TerminalViewTest::menuOffersWhatThereIs()
{
    QContextMenuEvent click(QContextMenuEvent::Mouse, QPoint(50, 50),
                            m_view->mapToGlobal(QPoint(50, 50)));
    QApplication::sendEvent(display(), &click);

    auto *menu = m_view->findChild<QMenu *>("terminalMenu");
    QVERIFY(menu);
    QStringList texts;
    for (const QAction *action : menu->actions()) {
        texts << action->text();
    }
    QCOMPARE(texts,
             QStringList({"&Copy", "&Paste", QString::fromUtf8("&Find…"), "Pre&vious prompt",
                          "&Next prompt", "C&lear scrollback", QString::fromUtf8("&Save output…"),
                          "&Larger text", "S&maller text", "&Usual size of text"}));
    menu->close();
}

void TerminalViewTest::menuStaysAwayFromProgramsWithMouse()
{
    m_view->setModes({.mouseTracking = true});
    QContextMenuEvent click(QContextMenuEvent::Mouse, QPoint(50, 50),
                            m_view->mapToGlobal(QPoint(50, 50)));

    QApplication::sendEvent(display(), &click);

    QVERIFY(!m_view->findChild<QMenu *>("terminalMenu"));
}

void TerminalViewTest::outputIsSaved()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("output.txt");
    show("first line\r\nsecond line\r\n");
    QTRY_VERIFY(screenText().contains("second"));
    m_view->saveOutput();
    auto *dialog = m_view->findChild<QFileDialog *>("saveOutputDialog");
    QVERIFY(dialog);

    emit dialog->fileSelected(path);

    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("first line\nsecond line\n"));
    dialog->close();
}

void TerminalViewTest::outputThatCanNotBeSavedIsTold()
{
    QSignalSpy notSaved(m_view.get(), &TerminalView::notSaved);
    m_view->saveOutput();
    auto *dialog = m_view->findChild<QFileDialog *>("saveOutputDialog");
    QVERIFY(dialog);

    emit dialog->fileSelected("/nonexistent/output.txt");

    QCOMPARE(notSaved.count(), 1);
    QCOMPARE(notSaved.first().first().toString(), "/nonexistent/output.txt");
    QVERIFY(!notSaved.first().last().toString().isEmpty());
    dialog->close();
}

void TerminalViewTest::onlyOneSizeIsReportedForManySteps()
{
    QSignalSpy resized(m_view.get(), &TerminalView::resized);
    QVERIFY(resized.wait());
    resized.clear();

    for (int width = 790; width >= 400; width -= 10) {
        m_view->resize(width, 400);
        QCoreApplication::processEvents();
    }

    QTRY_COMPARE(resized.count(), 1);
    const QVariantList size{m_view->columns(), m_view->rows()};
    QCOMPARE(resized.first(), size);
    m_view->resize(4, 4);
    QVERIFY(!resized.wait(300)); // too small to be told
}

// As in a tab that shows the files first: a splitter gives a part its place after it was shown.
void TerminalViewTest::textStaysWhereItIsWhenShownLater()
{
    QSplitter splitter(Qt::Vertical);
    splitter.addWidget(new QWidget);
    auto *view = new TerminalView;
    splitter.addWidget(view);
    view->hide();
    splitter.resize(900, 900);
    splitter.show();
    QVERIFY(QTest::qWaitForWindowExposed(&splitter));
    QSignalSpy resized(view, &TerminalView::resized);
    PtyInput input(view->inputDescriptor());
    const QByteArray text = "first line of twelve\r\n" + QByteArray("more\r\n").repeated(11);
    QCOMPARE(input.write(text), text.size());
    QVERIFY(!resized.wait(200)); // nobody sees it

    view->show();

    QVERIFY(resized.wait());
    QCOMPARE(view->scrollbackLines(), 0);
    QVERIFY(!resized.wait(200));
    QCOMPARE(resized.count(), 1);
    QVERIFY2(view->columns() > 80, QByteArray::number(view->columns()).constData());
}

void TerminalViewTest::writingNeverBlocks()
{
    PtyInput input(m_view->inputDescriptor());
    const QByteArray flood(1'000'000, 'x');

    // The reader is this thread, and does not read; but the kernel passes on what it has, once or
    // twice, when it comes to it.
    qsizetype written = 0;
    while (const qsizetype count = input.write(flood)) {
        written += count;
        QVERIFY(written < flood.size());
    }

    QVERIFY(written > 0);
    QSignalSpy writable(&input, &PtyInput::writable);
    input.setNotifying(true);
    QVERIFY(writable.wait());
}

QTEST_MAIN(TerminalViewTest)
#include "TerminalViewTest.moc"
