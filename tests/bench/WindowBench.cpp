// Measures how long it takes until the window of Ponto is on the display, beside a program that
// shows an empty QWidget and nothing else, in turns; and how much memory each further terminal
// takes that does nothing. Prints medians, judges nothing. Start it on an X display of its own.
//
// The end of a start is told by xwininfo(1), asked again and again: it takes some milliseconds.

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
const QString emptyMode = u"--empty"_s;
const QString emptyTitle = u"An empty window"_s;

bool isOnDisplay(const QString &title)
{
    QProcess look;
    look.start(u"xwininfo"_s, {u"-name"_s, title, u"-stats"_s});
    look.waitForFinished();
    return look.readAllStandardOutput().contains("IsViewable");
}

double millisecondsToShow(const QString &program, const QStringList &arguments,
                          const QString &title)
{
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    while (!isOnDisplay(title)) {
        if (timer.hasExpired(60'000)) {
            std::fprintf(stderr, "no window of %s\n", qPrintable(program));
            std::exit(1);
        }
    }
    const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    process.terminate();
    process.waitForFinished();
    return took;
}

int showEmptyWindow(QApplication &application)
{
    QWidget window;
    window.setWindowTitle(emptyTitle);
    window.resize(1020, 650);
    window.show();
    return application.exec();
}

void measureStarts(const QString &self)
{
    QList<double> ponto;
    QList<double> empty;
    for (int start = 0; start < starts; ++start) {
        ponto << millisecondsToShow(QStringLiteral(PONTO_PROGRAM), {}, u"Ponto"_s);
        empty << millisecondsToShow(self, {emptyMode}, emptyTitle);
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
    if (application.arguments().contains(emptyMode)) {
        return showEmptyWindow(application);
    }
    measureStarts(application.applicationFilePath());
    measureTabs();
    return 0;
}
