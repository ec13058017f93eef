// How a terminal looks as the settings say, and how its text is zoomed.

#include "settings/Settings.h"
#include "TerminalViewFixture.h"
#include "ui/terminal/PtyInput.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using ui::PtyInput;
using ui::TerminalAppearance;
using ui::TerminalView;

class TerminalLookTest : public TerminalViewFixture
{
    Q_OBJECT

private slots:
    void init() { QVERIFY(showView()); }
    void cleanup() { m_view.reset(); }

    void scrollbackIsAsLongAsChosen();
    void zoomChangesTheCells();
    void zoomEndsAtItsLimits();
    void wheelWithCtrlZooms();
    void colorsAreThoseChosen();
    void bellDoesWhatIsChosen();
    void clearScrollbackKeepsTheScreen();

private:
    const QTemporaryDir m_directory;
    const settings::Settings m_settings{m_directory.filePath("settings.ini")};
};

void TerminalLookTest::scrollbackIsAsLongAsChosen()
{
    TerminalAppearance appearance = TerminalAppearance::of(m_settings);
    appearance.scrollbackLines = 20;
    m_view->setAppearance(appearance);

    show(QByteArray("line\r\n").repeated(300) + "prompt$");

    QTRY_VERIFY(screenText().contains("prompt$"));
    QCOMPARE(m_view->scrollbackLines(), 20);
}

void TerminalLookTest::zoomChangesTheCells()
{
    QSignalSpy resized(m_view.get(), &TerminalView::resized);
    QTRY_COMPARE(resized.count(), 1);
    const int usual = m_view->columns();

    QTest::keyClick(display(), Qt::Key_Plus, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(display(), Qt::Key_Plus, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_view->columns() < usual);
    QTRY_COMPARE(resized.last().first().toInt(), m_view->columns());

    QTest::keyClick(display(), Qt::Key_0, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_view->columns(), usual);

    QTest::keyClick(display(), Qt::Key_Minus, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(display(), Qt::Key_Minus, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_view->columns() > usual);
}

void TerminalLookTest::zoomEndsAtItsLimits()
{
    for (int i = 0; i < 100; ++i) {
        m_view->zoomIn();
    }
    QTRY_VERIFY(m_view->columns() >= 2);
    const int largest = m_view->columns();
    m_view->zoomOut();
    m_view->zoomOut(); // one step need not make room for a column more
    QTRY_VERIFY(m_view->columns() > largest); // the other 60 steps were none
}

void TerminalLookTest::wheelWithCtrlZooms()
{
    const int usual = m_view->columns();
    const QPointF middle = display()->rect().center();
    constexpr QPoint notch(0, 120);
    for (int i = 0; i < 2; ++i) {
        QWheelEvent wheel(middle, display()->mapToGlobal(middle), {}, notch, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(display(), &wheel);
    }

    QTRY_VERIFY(m_view->columns() < usual);
}

void TerminalLookTest::colorsAreThoseChosen()
{
    const auto ground = [this] {
        return display()->grab().toImage().pixelColor(display()->rect().center()).lightness();
    };
    TerminalAppearance appearance = TerminalAppearance::of(m_settings);
    appearance.colors = TerminalAppearance::Colors::Dark;
    m_view->setAppearance(appearance);
    QTRY_VERIFY(ground() < 100);

    appearance.colors = TerminalAppearance::Colors::Light;
    m_view->setAppearance(appearance);
    QTRY_VERIFY(ground() > 200);
}

void TerminalLookTest::bellDoesWhatIsChosen()
{
    using Bell = TerminalAppearance::Bell;
    QSignalSpy rang(m_view.get(), &TerminalView::bellRang);
    const auto *flash = m_view->findChild<QWidget *>("bellFlash");
    TerminalAppearance appearance = TerminalAppearance::of(m_settings);
    PtyInput input(m_view->inputDescriptor());
    const auto isRung = [&](Bell bell) {
        appearance.bell = bell;
        m_view->setAppearance(appearance);
        const qsizetype before = rang.count();
        input.write("\a");
        return QTest::qWaitFor([&] { return rang.count() > before; }, 1000);
    };

    QVERIFY(isRung(Bell::Mark));
    QVERIFY(!flash->isVisible());
    QVERIFY(!isRung(Bell::None)); // and the widget takes no other within that time
    QVERIFY(isRung(Bell::Visual));
    QVERIFY(flash->isVisible());
    QTRY_VERIFY(!flash->isVisible());
}

void TerminalLookTest::clearScrollbackKeepsTheScreen()
{
    show(QByteArray("line\r\n").repeated(100) + "prompt$");
    QTRY_VERIFY(m_view->scrollbackLines() > 0);

    m_view->clearScrollback();

    QCOMPARE(m_view->scrollbackLines(), 0);
    QVERIFY(screenText().contains("prompt$"));
    show(QByteArray("line\r\n").repeated(100)); // and it goes on
    QTRY_VERIFY(m_view->scrollbackLines() > 50);
}

QTEST_MAIN(TerminalLookTest)
#include "TerminalLookTest.moc"
