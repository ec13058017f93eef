// Measures how long it takes until the window of Ponto is on the display, beside a program that
// shows an empty QWidget and nothing else, in turns; and how much memory each further terminal
// takes that does nothing. Prints medians, judges nothing. Start it on an X display of its own with
// a window manager: xprop(1) tells when that has taken up a window.

#include "tests/bench/BenchWindow.h"
#include "tests/support/ProcessMemory.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTimer>

#include <cstdio>

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

double millisecondsToShow(const QString &program, WindowWatch &watch)
{
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start(program, QStringList());
    watch.waitForLine();
    const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    process.terminate();
    process.waitForFinished();
    watch.waitForLine();
    return took;
}

void measureStarts()
{
    WindowWatch watch;
    QList<double> ponto;
    QList<double> empty;
    for (int start = 0; start < starts; ++start) {
        ponto << millisecondsToShow(QStringLiteral(PONTO_PROGRAM), watch);
        empty << millisecondsToShow(QStringLiteral(EMPTY_PROGRAM), watch);
    }
    std::printf("start    ponto %.0f ms, an empty window %.0f ms, %.2f times\n",
                tests::median(ponto), tests::median(empty),
                tests::median(ponto) / tests::median(empty));
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
