// Measures how late the UI thread is, how long an echo takes and how long Ctrl+C takes to end a
// flood of `yes`: at rest and while a download runs over the same connection. Prints figures;
// judges nothing.
//
// The server tells when it has come to the prompt or has seen a key: it sets the title, which the
// window hears as soon as all that was sent before has gone to the terminal. Start it on a display
// of its own, with TMPDIR where 4 GiB are kept in memory. With an argument it also writes a picture
// of the window there.

#include "tests/bench/BenchWindow.h"
#include "ui/files/FilesView.h"
#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TerminalView.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using tests::waitFor;

namespace {

constexpr qint64 fileSize = 4096LL * 1024 * 1024;
constexpr int keys = 100;
constexpr int floods = 5;

double at(QList<double> values, double share)
{
    std::ranges::sort(values);
    return values[qsizetype(share * double(values.size() - 1))];
}

void spend(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

// How late each tick of a 10 ms timer was, in milliseconds.
class TickMeter final : public QObject
{
public:
    TickMeter()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(10ms);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double elapsed = double(m_clock.nsecsElapsed()) / 1e6;
            m_lateness.append(std::max(0.0, elapsed - 10.0));
            m_clock.restart();
        });
    }

    void measure(const char *label, std::chrono::milliseconds time)
    {
        m_lateness.clear();
        m_clock.start();
        m_timer.start();
        spend(time);
        m_timer.stop();
        std::printf("%-28s ticks late by: median %.1f ms, 99%% %.1f ms, worst %.1f ms\n", label,
                    at(m_lateness, 0.5), at(m_lateness, 0.99), at(m_lateness, 1));
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    QList<double> m_lateness;
};

// The one terminal, and the shell in it.
class Shell
{
public:
    explicit Shell(ui::TerminalPane &pane)
        : m_pane(pane)
        , m_terminal(*pane.findChild<ui::TerminalView *>())
    {
    }

    void run(const QString &command)
    {
        m_terminal.setFocus();
        QTest::keyClicks(m_terminal.focusProxy(), command);
        QTest::keyClick(m_terminal.focusProxy(), Qt::Key_Return);
    }

    // Milliseconds from a key to a title that the server sets because of it.
    double timeToTitle(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QEventLoop loop;
        QObject::connect(&m_pane, &ui::TerminalPane::titleChanged, &loop, &QEventLoop::quit);
        QTimer::singleShot(20s, &loop, [] {
            std::fprintf(stderr, "gave up waiting for a title\n");
            std::exit(1);
        });
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(m_terminal.focusProxy(), key, modifiers);
        loop.exec();
        return double(clock.nsecsElapsed()) / 1e6;
    }

private:
    ui::TerminalPane &m_pane;
    ui::TerminalView &m_terminal;
};

void measureEcho(Shell &shell, const char *label)
{
    shell.run(u"while IFS= read -rsn1 key && [ \"$key\" != q ]; do title; done"_s);
    spend(500ms);
    QList<double> times;
    for (int i = 0; i < keys; ++i) {
        times.append(shell.timeToTitle(Qt::Key_X));
        spend(20ms);
    }
    shell.timeToTitle(Qt::Key_Q); // the prompt's
    std::printf("%-28s median %.1f ms, 95%% %.1f ms, worst %.1f ms\n", label, at(times, 0.5),
                at(times, 0.95), at(times, 1));
}

void measureInterrupt(Shell &shell, const char *label)
{
    QList<double> times;
    for (int i = 0; i < floods; ++i) {
        shell.run(u"yes"_s);
        spend(1s);
        times.append(shell.timeToTitle(Qt::Key_C, Qt::ControlModifier));
    }
    std::printf("%-28s median %.0f ms, least %.0f ms, worst %.0f ms\n", label, at(times, 0.5),
                at(times, 0), at(times, 1));
}

// Starts to download the one file in the server's home directory.
void startDownload(ui::MainWindow &window, const QString &name)
{
    auto *files = window.findChild<QAbstractItemView *>(u"remoteFiles"_s);
    waitFor("the list of files", [&] { return files->model()->rowCount() > 0; });
    for (int row = 0; row < files->model()->rowCount(); ++row) {
        const QModelIndex index = files->model()->index(row, 0);
        if (index.data().toString() == name) {
            files->setCurrentIndex(index);
        }
    }
    QTest::mouseClick(window.findChild<QWidget *>(u"downloadButton"_s), Qt::LeftButton);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    tests::BenchWindow bench;
    QFile big(bench.server().home() + u"/big"_s);
    if (!big.open(QIODevice::WriteOnly) || !big.resize(fileSize)) {
        return 1;
    }
    tests::writeFile(bench.path(u"profile"_s),
                     "n=0; title() { printf '\\033]0;%s\\007' $((++n)); }; PROMPT_COMMAND=title\n");

    bench.openTab();
    ui::MainWindow &window = bench.window();
    ui::TerminalPane *pane = nullptr;
    waitFor("a shell", [&] {
        pane = window.findChild<ui::TerminalPane *>();
        return pane != nullptr && pane->isVisible();
    });
    QTest::mouseClick(window.findChild<QWidget *>(u"viewBoth"_s), Qt::LeftButton);
    window.findChild<ui::FilesView *>()->showLocal(files::FilePath::fromText(bench.path(u"."_s)));
    Shell shell(*pane);
    shell.run(u"exec bash --rcfile "_s + bench.path(u"profile"_s));
    spend(2s);

    TickMeter meter;
    meter.measure("at rest", 3s);
    measureEcho(shell, "echo at rest");
    measureInterrupt(shell, "Ctrl+C to prompt");

    startDownload(window, u"big"_s);
    spend(500ms);
    measureEcho(shell, "echo beside a download");
    measureInterrupt(shell, "Ctrl+C beside a download");
    shell.run(u"yes"_s);
    meter.measure("flood and download", 3s);
    std::printf("%-28s %s\n", "download of 4 GiB",
                QFile::exists(bench.path(u"big"_s)) ? "complete: too short" : "under way");
    if (argc > 1) {
        window.grab().save(QString::fromLocal8Bit(argv[1]));
    }
    return 0;
}
