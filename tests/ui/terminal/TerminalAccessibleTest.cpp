// A terminal as a screen reader sees it: through QAccessible alone.

#include "TerminalViewFixture.h"
#include "ui/terminal/AccessibleScreen.h"
#include "ui/terminal/PtyInput.h"
#include "ui/terminal/TerminalView.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>

class TerminalAccessibleTest : public TerminalViewFixture
{
    Q_OBJECT

private slots:
    void init() { QVERIFY(showView()); }
    void cleanup() { m_view.reset(); }
    void screenIsText();
    void focusedWidgetIsTheSameTerminal();
    void cursorAndPlacesAreFound();
    void rangesOutsideAreEmpty();
    void changesAreToldInFewPieces();
    void nothingIsToldToNobody();
    void selectionIsLeftAlone();

private:
    QAccessibleInterface *interface() const
    {
        return QAccessible::queryAccessibleInterface(m_view.get());
    }
    QString text() const
    {
        const auto *text = interface()->textInterface();
        return text->text(0, text->characterCount());
    }
};

void TerminalAccessibleTest::screenIsText()
{
    m_view->setHost("web01");
    show("first\r\n  second\r\n$ ");

    QCOMPARE(interface()->role(), QAccessible::Terminal);
    QCOMPARE(interface()->object(), m_view.get());
    QCOMPARE(interface()->text(QAccessible::Name), "Terminal on web01");
    QVERIFY(interface()->state().readOnly);
    QVERIFY(interface()->state().focused);
    QVERIFY(text().startsWith("first\n  second\n$"));
    QCOMPARE(interface()->textInterface()->text(0, 5), "first");

    show(QByteArray("line\r\n").repeated(100) + "last"); // the screen alone, not all that is kept
    QVERIFY(text().contains("last"));
    QCOMPARE(text().count('\n') + 1, m_view->rows());
}

void TerminalAccessibleTest::focusedWidgetIsTheSameTerminal()
{
    show("text");
    auto *focused = QAccessible::queryAccessibleInterface(display());
    QCOMPARE(focused->role(), QAccessible::Terminal);
    QVERIFY(focused->textInterface() != nullptr);
    QCOMPARE(focused->textInterface()->text(0, 4), "text");
}

void TerminalAccessibleTest::cursorAndPlacesAreFound()
{
    show("first\r\nsecond$");
    const auto *text = interface()->textInterface();
    QCOMPARE(text->cursorPosition(), 13); // behind "first\nsecond$"

    const QRect place = text->characterRect(6);
    QVERIFY(!place.isEmpty());
    QCOMPARE(text->offsetAtPoint(place.center()), 6);
    QVERIFY(place.top() > text->characterRect(0).top());
}

void TerminalAccessibleTest::rangesOutsideAreEmpty()
{
    show("text");
    const auto *text = interface()->textInterface();
    QCOMPARE(text->text(-5, 4), "text");
    QCOMPARE(text->text(1'000'000, 2'000'000), QString());
    QCOMPARE(text->text(3, 1), QString());
    QCOMPARE(text->characterRect(1'000'000), QRect());
}

void TerminalAccessibleTest::changesAreToldInFewPieces()
{
    m_view->accessibleScreen().setActivity([] { return true; });
    QSignalSpy changed(&m_view->accessibleScreen(), &ui::AccessibleScreen::changed);
    ui::PtyInput input(m_view->inputDescriptor());
    const auto told = [&changed] {
        QString all;
        for (const QList<QVariant> &each : changed) {
            all += each.at(2).toString();
        }
        return all;
    };
    for (int line = 0; line < 10; ++line) {
        QVERIFY(input.write("line " + QByteArray::number(line) + "\r\n") > 0);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(told().contains("line 9"));
    QVERIFY2(changed.size() <= 5, QByteArray::number(changed.size()).constData());

    changed.clear();
    show("more"); // what was there is not told again
    QTRY_VERIFY(told().contains("more"));
    QVERIFY(!told().contains("line"));
}

void TerminalAccessibleTest::nothingIsToldToNobody()
{
    QSignalSpy changed(&m_view->accessibleScreen(), &ui::AccessibleScreen::changed);
    m_view->accessibleScreen().setActivity([] { return false; });
    show("quiet");
    m_view->accessibleScreen().setActivity([] { return true; });
    show("\r\nloud");
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(changed.first().at(2).toString().contains("loud"));
}

void TerminalAccessibleTest::selectionIsLeftAlone()
{
    show("hello world");
    QTest::mouseDClick(display(), Qt::LeftButton, {}, QPoint(10, 12));
    m_view->copy();
    const QString selected = QApplication::clipboard()->text();
    QVERIFY(!selected.isEmpty());

    text();
    QApplication::clipboard()->clear();
    m_view->copy();
    QCOMPARE(QApplication::clipboard()->text(), selected);
}

QTEST_MAIN(TerminalAccessibleTest)
#include "TerminalAccessibleTest.moc"
