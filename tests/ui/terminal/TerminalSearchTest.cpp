#include "ui/terminal/TerminalSearch.h"

#include "tests/ui/terminal/FakeByteStream.h"
#include "ui/terminal/PtyInput.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

class TerminalSearchTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void matchesAreCountedAndGoneThrough();
    void matchIsMarkedAndCanBeCopied();
    void matchOfTheScrollbackIsBroughtIntoView();
    void matchAcrossRowsIsFound();
    void wideLettersAreMarkedInTheirPlace();
    void nothingFoundIsTold();
    void caseAndExpressionsCount();
    void brokenExpressionIsTold();
    void newOutputIsFoundToo();
    void escapeGivesTheFocusBack();
    void fullScrollbackWithAnEvilExpressionStaysAlive();
    void promptsAreGoneThrough();
    void promptWithoutEndIsFoundByTheFirstKey();
    void answersForTheProgramStayItsOwn();

private:
    QWidget *display() const { return m_view->focusProxy(); }
    void show(const QByteArray &text);
    void find(const QString &text);
    void enter(Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    QString count() const { return part<QLabel>("searchCount")->text(); }
    QString selected() const;
    int top() const { return m_view->findChild<QScrollBar *>()->value(); }
    QString screen() const;

    template<typename T>
    T *part(const char *name) const
    {
        return m_view->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<FakeByteStream> m_shell;
    std::unique_ptr<ui::TerminalView> m_view;
};

void TerminalSearchTest::init()
{
    m_shell = std::make_unique<FakeByteStream>();
    m_view = std::make_unique<ui::TerminalView>();
    auto *bridge = new ui::TerminalBridge(*m_view);
    m_view->resize(800, 480);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    bridge->attach(m_shell.get());
    QTRY_VERIFY(m_shell->size.width() > 80);
}

void TerminalSearchTest::cleanup()
{
    m_view.reset();
    m_shell.reset();
}

QString TerminalSearchTest::screen() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    m_view->saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

void TerminalSearchTest::show(const QByteArray &text)
{
    m_shell->supply(text + "the end");
    QTRY_VERIFY(m_shell->isDone());
    QTRY_VERIFY(screen().trimmed().endsWith("the end"));
    QTRY_COMPARE(top(), m_view->scrollbackLines()); // drawn
}

void TerminalSearchTest::find(const QString &text)
{
    QTest::keyClick(display(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(part<QLineEdit>("searchEdit")->hasFocus());
    QTest::keyClicks(part<QLineEdit>("searchEdit"), text);
    QTRY_VERIFY(!count().isEmpty());
}

void TerminalSearchTest::enter(Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(part<QLineEdit>("searchEdit"), Qt::Key_Return, modifiers);
}

QString TerminalSearchTest::selected() const
{
    QApplication::clipboard()->clear();
    m_view->copy();
    return QApplication::clipboard()->text();
}

void TerminalSearchTest::matchesAreCountedAndGoneThrough()
{
    show("one error\r\ntwo errors\r\nno more\r\nError\r\n");
    find("error");
    QTRY_COMPARE(count(), "3 of 3"); // the latest first

    enter();
    QTRY_COMPARE(count(), "2 of 3");
    enter();
    QTRY_COMPARE(count(), "1 of 3");
    enter(); // around the end
    QTRY_COMPARE(count(), "3 of 3");
    enter(Qt::ShiftModifier);
    QTRY_COMPARE(count(), "1 of 3");
    part<QToolButton>("searchNewer")->click();
    QTRY_COMPARE(count(), "2 of 3");
    part<QToolButton>("searchOlder")->click();
    QTRY_COMPARE(count(), "1 of 3");
}

void TerminalSearchTest::matchIsMarkedAndCanBeCopied()
{
    show("one error\r\ntwo Errors\r\n");
    const QImage before = display()->grab().toImage();

    find("error");

    QTRY_COMPARE(count(), "2 of 2");
    QCOMPARE(selected().trimmed(), "Error");
    QTRY_VERIFY(display()->grab().toImage() != before);
    const QImage second = display()->grab().toImage();
    enter();
    QTRY_COMPARE(selected().trimmed(), "error");
    QTRY_VERIFY(display()->grab().toImage() != second);
}

void TerminalSearchTest::matchOfTheScrollbackIsBroughtIntoView()
{
    QByteArray lines;
    for (int i = 0; i < 1000; ++i) {
        lines += "line " + QByteArray::number(i) + "\r\n";
    }
    show(lines);
    const int bottom = top();

    find("line 42");

    QTRY_COMPARE(count(), "11 of 11");
    QVERIFY(top() < bottom);
    QVERIFY(429 >= top() && 429 < top() + m_view->rows());
    QCOMPARE(selected().trimmed(), "line 42");
}

void TerminalSearchTest::matchAcrossRowsIsFound()
{
    show(QByteArray(m_view->columns() - 3, '.') + "needle\r\n");

    find("needle");

    QTRY_COMPARE(count(), "1 of 1");
    QCOMPARE(selected().trimmed(), "nee");
}

void TerminalSearchTest::wideLettersAreMarkedInTheirPlace()
{
    show("\xe6\xbc\xa2\xe5\xad\x97 needle \xe6\xbc\xa2\r\n");

    find("needle");

    QTRY_COMPARE(count(), "1 of 1");
    QCOMPARE(selected().trimmed(), "needle");
}

void TerminalSearchTest::nothingFoundIsTold()
{
    show("one error\r\n");

    find("warning");

    QTRY_COMPARE(count(), "No match");
    QCOMPARE(part<QLabel>("searchCount")->accessibleName(), "No match");
    enter(); // changes nothing
    QTRY_COMPARE(count(), "No match");
    part<QLineEdit>("searchEdit")->clear();
    QTRY_COMPARE(count(), "");
}

void TerminalSearchTest::caseAndExpressionsCount()
{
    show("one error\r\nERROR e.r\r\n");
    find("e.r");
    QTRY_COMPARE(count(), "1 of 1");

    part<QToolButton>("searchExpression")->click();
    QTRY_COMPARE(count(), "3 of 3");
    part<QToolButton>("searchCase")->click();
    QTRY_COMPARE(count(), "2 of 2");
}

void TerminalSearchTest::brokenExpressionIsTold()
{
    show("text\r\n");
    find("te");
    part<QToolButton>("searchExpression")->click();

    QTest::keyClicks(part<QLineEdit>("searchEdit"), "(x");

    QTRY_COMPARE(count(), "Not a regular expression");
    QVERIFY(!part<QLabel>("searchCount")->toolTip().isEmpty());
}

void TerminalSearchTest::newOutputIsFoundToo()
{
    show("one error\r\n");
    find("error");
    QTRY_COMPARE(count(), "1 of 1");

    m_shell->supply("\r\nanother error\r\nand an error");
    QTRY_VERIFY(screen().contains("and an error"));
    enter(Qt::ShiftModifier);

    QTRY_COMPARE(count(), "2 of 3");
}

void TerminalSearchTest::escapeGivesTheFocusBack()
{
    find("x");

    QTest::keyClick(part<QLineEdit>("searchEdit"), Qt::Key_Escape);

    QTRY_VERIFY(display()->hasFocus());
    QVERIFY(!part<QWidget>("terminalSearch")->isVisible());
    QVERIFY(m_shell->written.isEmpty());
}

void TerminalSearchTest::fullScrollbackWithAnEvilExpressionStaysAlive()
{
    show(QByteArray(2'000'000, 'a') + "!\r\n");
    QTest::keyClick(display(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    part<QToolButton>("searchExpression")->setChecked(true);
    part<QLineEdit>("searchEdit")->setText("(a+)+$");
    QElapsedTimer sinceTick;
    qint64 worst = 0;
    QTimer ticker;
    connect(&ticker, &QTimer::timeout, this, [&] { worst = qMax(worst, sinceTick.restart()); });
    sinceTick.start();
    ticker.start(10);

    QTRY_VERIFY_WITH_TIMEOUT(!count().isEmpty(), 20'000);

    QVERIFY2(worst < 500, QByteArray::number(worst).constData());
    QVERIFY(count() == "Too complex" || count() == "Took too long" || count().contains(" of "));
}

// With the marks of bash as their documentations set them: A and B around the prompt.
void TerminalSearchTest::promptsAreGoneThrough()
{
    const auto command = [](int number) {
        const QByteArray name = QByteArray::number(number);
        return "\x1b]133;A\amain line above\r\nme@web01:~$ \x1b]133;B\acommand " + name
            + "\r\n\x1b]133;C\a" + QByteArray("output\r\n").repeated(60) + "\x1b]133;D;0\a";
    };
    QByteArray all;
    for (int i = 0; i < 5; ++i) {
        all += command(i);
    }
    show(all);
    const auto press = [this](Qt::Key key) {
        QTest::keyClick(display(), key, Qt::ControlModifier | Qt::ShiftModifier);
        return top();
    };
    constexpr int rowsOfOne = 62;

    QCOMPARE(press(Qt::Key_PageUp), 4 * rowsOfOne);
    QCOMPARE(press(Qt::Key_PageUp), 3 * rowsOfOne);
    QCOMPARE(press(Qt::Key_PageUp), 2 * rowsOfOne);
    QCOMPARE(press(Qt::Key_PageDown), 3 * rowsOfOne);
    press(Qt::Key_PageDown);
    press(Qt::Key_PageDown);
    QCOMPARE(top(), m_view->scrollbackLines()); // the end
    QVERIFY(m_shell->written.isEmpty());
}

void TerminalSearchTest::promptWithoutEndIsFoundByTheFirstKey()
{
    m_shell->supply("\x1b]133;A\ame@web01:~$ ");
    QTRY_VERIFY(screen().contains("me@web01:~$"));
    QTest::keyClicks(display(), "ls");
    m_shell->supply("ls\r\n" + QByteArray("output\r\n").repeated(100) + "the end");
    QTRY_VERIFY(screen().contains("the end"));
    QTRY_VERIFY(top() > 0);

    QTest::keyClick(display(), Qt::Key_PageUp, Qt::ControlModifier | Qt::ShiftModifier);

    QCOMPARE(top(), 0);
    QCOMPARE(m_shell->written, QByteArray("ls"));
}

void TerminalSearchTest::answersForTheProgramStayItsOwn()
{
    m_shell->supply("\x1b[6n\x1b]133;A\a$ \x1b[6n\x1b]133;B\a\x1b[6nx\x1b[6n");

    QTRY_COMPARE(m_shell->written, QByteArray("\x1b[1;1R\x1b[1;3R\x1b[1;3R\x1b[1;4R"));
}

QTEST_MAIN(TerminalSearchTest)

#include "TerminalSearchTest.moc"
