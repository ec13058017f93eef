// Measures how long it takes until the window manager has taken up the window of Ponto, and until
// something is painted in it, beside a program that shows an empty QWidget and nothing else, in
// turns; and how much memory each further terminal takes that does nothing. Prints medians, judges
// nothing. Start it on an X display of its own with a window manager: xprop(1) tells when that has
// taken up a window, and the middle of the display when it is painted.

#include "tests/bench/BenchWindow.h"
#include "tests/support/ProcessMemory.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QScreen>
#include <QThread>
#include <QTimer>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int starts = 15;
constexpr int tabs = 10;

// Hears of each window that the window manager takes up.
class WindowWatch final
{
public:
    WindowWatch()
    {
        m_spy.start(u"xprop"_s, {u"-root"_s, u"-spy"_s, u"_NET_CLIENT_LIST"_s});
        waitForLine();
    }

    ~WindowWatch()
    {
        m_spy.kill();
        m_spy.waitForFinished();
    }

    Q_DISABLE_COPY_MOVE(WindowWatch)

    // The list of windows has changed.
    void waitForLine()
    {
        while (!m_spy.canReadLine()) {
            if (!m_spy.waitForReadyRead(20'000)) {
                std::fprintf(stderr, "no window, or no window manager\n");
                std::exit(1);
            }
        }
        m_spy.readLine();
    }

private:
    QProcess m_spy;
};

QRgb middleOfDisplay()
{
    QScreen *screen = QGuiApplication::primaryScreen();
    const QPoint middle = screen->geometry().center();
    return screen->grabWindow(0, middle.x(), middle.y(), 1, 1).toImage().pixel(0, 0);
}

void waitForMiddle(const std::function<bool(QRgb)> &isAwaited)
{
    while (!isAwaited(middleOfDisplay())) {
        QThread::usleep(500); // or the display would be busy with us alone
    }
}

// In milliseconds since the program was started.
struct Start
{
    QList<double> takenUp;
    QList<double> painted;
};

void measureStart(const QString &program, WindowWatch &watch, Start &start)
{
    const auto since = [](const QElapsedTimer &timer) {
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    };
    const QRgb before = middleOfDisplay();
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start(program, QStringList());
    watch.waitForLine();
    start.takenUp << since(timer);
    waitForMiddle([before](QRgb pixel) { return pixel != before; });
    start.painted << since(timer);
    process.terminate();
    process.waitForFinished();
    watch.waitForLine();
    waitForMiddle([before](QRgb pixel) { return pixel == before; });
}

void printStart(const char *what, const QList<double> &ponto, const QList<double> &empty)
{
    std::printf("%s ponto %.0f ms, an empty window %.0f ms, %.2f times\n", what,
                tests::median(ponto), tests::median(empty),
                tests::median(ponto) / tests::median(empty));
}

void measureStarts()
{
    WindowWatch watch;
    Start ponto;
    Start empty;
    for (int start = 0; start < starts; ++start) {
        measureStart(QStringLiteral(PONTO_PROGRAM), watch, ponto);
        measureStart(QStringLiteral(EMPTY_PROGRAM), watch, empty);
    }
    printStart("shown   ", ponto.takenUp, empty.takenUp);
    printStart("painted ", ponto.painted, empty.painted);
}

void measureTabs()
{
    tests::BenchWindow bench;
    const auto open = [&bench](int count) {
        bench.openTab();
        tests::waitFor("a terminal", [&] {
            return bench.window().findChildren<ui::TerminalView *>().size() == count;
        });
        QTimer prompt; // until the shell has said all it says
        prompt.setSingleShot(true);
        prompt.start(1500ms);
        tests::waitFor("a prompt", [&] { return !prompt.isActive(); });
        return support::usedMemory();
    };
    const qint64 first = open(1);
    qint64 last = first;
    for (int tab = 2; tab <= tabs; ++tab) {
        last = open(tab);
    }
    std::printf("memory   with one terminal %.1f MB, each further one %.2f MB\n",
                static_cast<double>(first) / 1024,
                static_cast<double>(last - first) / 1024 / (tabs - 1));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    measureStarts();
    measureTabs();
    return 0;
}
