// How a terminal looks as the settings say, and how its text is zoomed.

#include "settings/Settings.h"
#include "terminal/ColorScheme.h"
#include "TerminalViewFixture.h"
#include "ui/terminal/PtyInput.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using ui::PtyInput;
using ui::TerminalAppearance;
using ui::TerminalView;

namespace {

using terminal::ColorScheme;

// Of WCAG 2.2: relative luminance, and contrast ratio.
double luminance(const ColorScheme::Color &color)
{
    const auto linear = [](quint8 value) {
        const double part = value / 255.0;
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
}

double contrast(const ColorScheme::Color &one, const ColorScheme::Color &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

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
    void programsCanBeRead_data();
    void programsCanBeRead();
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

void TerminalLookTest::programsCanBeRead_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("light") << ":/terminal/PontoLight.colorscheme";
    QTest::newRow("dark") << ":/terminal/PontoDark.colorscheme";
}

// On the ground of the terminal, and in the pairs that programs of the whole screen draw with: tmux
// its black on green, mc its light gray and white on blue, whiptail its black on light gray. No
// scheme can have all of them at 4.5, for light gray is read on white as well as on blue.
void TerminalLookTest::programsCanBeRead()
{
    QFETCH(QString, file);
    QFile scheme(file);
    QVERIFY(scheme.open(QIODevice::ReadOnly));
    const auto read = ColorScheme::fromKonsole(scheme.readAll());
    QVERIFY(read.has_value());
    constexpr std::size_t blue = 4;
    constexpr std::size_t white = 7;

    QVERIFY(contrast(read->foreground, read->background) > 7);
    for (std::size_t color = 1; color < white; ++color) {
        QVERIFY(contrast(read->colors[color], read->background) > 4.2);
        QVERIFY(contrast(read->brightColors[color], read->background) > 3.7);
    }
    QVERIFY(contrast(read->colors[white], read->background) > 3);
    QVERIFY(contrast(read->brightColors[0], read->background) > 4.5);
    for (const std::size_t ground : {1, 2, 3, 5, 6, 7}) {
        QVERIFY(contrast(read->colors[0], read->colors[ground]) > 3);
    }
    QVERIFY(contrast(read->colors[white], read->colors[blue]) > 3);
    QVERIFY(contrast(read->brightColors[white], read->colors[blue]) > 4);
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
