// Measures how long 20 MB of text take through `cat` over SSH until the terminal has taken the last
// byte, and how long after Ctrl+C in a flood of `yes` it has taken the prompt: Ponto, the same
// widget that runs `ssh` itself (as QTerminal does), and those of xterm, QTerminal and Konsole that
// are installed. In turns, five times; prints the medians, judges nothing.
//
// All have as many rows and columns, the same font and 10,000 lines of history: a line more on the
// screen is a line more to draw. The end is told by the terminal: the script on the server asks for
// the place of the cursor after the text, and takes the time when the answer is there. Start it on
// a display of its own with a window manager; xdotool(1) resizes windows and presses Ctrl+C.

#include "tests/bench/BenchWindow.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFont>
#include <QMap>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <qtermwidget.h>
#include <QTest>

#include <chrono>
#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using tests::median;
using tests::waitFor;
using tests::writeFile;

namespace {

constexpr int runs = 5;
constexpr qsizetype textBytes = 20'000'000;

constexpr int historyLines = 10'000;

constexpr QByteArrayView serverScript = R"(while [ ! -e "$1.go" ]; do
    stty size > "$1.part"
    mv "$1.part" "$1.size"
    sleep 0.05
done
rm "$1.go" "$1.size"
trap : INT
begin=$EPOCHREALTIME
"$2" "$3"
ended=$EPOCHREALTIME
printf '\033[6n'
IFS= read -rs -d R answer
echo "$begin $ended $EPOCHREALTIME" > "$1.part"
mv "$1.part" "$1"
)";

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().simplified() : QByteArray();
}

struct Cells
{
    int rows = 0;
    int columns = 0;

    friend bool operator==(const Cells &, const Cells &) = default;
};

// What the script says, that runs at the other end of a terminal, and what it is told.
class Script
{
public:
    explicit Script(const QString &result)
        : m_result(result)
    {
    }

    Cells waitForSize() const
    {
        waitFor("a terminal", [this] { return !readFile(m_result + u".size"_s).isEmpty(); });
        const QList<QByteArray> size = readFile(m_result + u".size"_s).split(' ');
        return size.size() == 2 ? Cells{size[0].toInt(), size[1].toInt()} : Cells();
    }

    // Seconds until all is on the screen.
    double runToEnd() const
    {
        writeFile(m_result + u".go"_s, {});
        const Times times = takeResult();
        return times.shown - times.began;
    }

    // Seconds from the key that ends it until the shell goes on.
    double interrupt() const { return interrupted(&Times::ended); }

    // The same until what was sent before is on the screen.
    double interruptShown() const { return interrupted(&Times::shown); }

private:
    // Seconds since 1970.
    struct Times
    {
        double began = 0;
        double ended = 0;
        double shown = 0;
    };

    double interrupted(double Times::*event) const
    {
        writeFile(m_result + u".go"_s, {});
        QTest::qWait(1000);
        const auto pressed = std::chrono::system_clock::now().time_since_epoch();
        QProcess process;
        process.start(u"xdotool"_s, {u"key"_s, u"ctrl+c"_s});
        return takeResult().*event - std::chrono::duration<double>(pressed).count();
    }

    Times takeResult() const
    {
        waitFor("a result", [this] { return QFile::exists(m_result); });
        const QList<QByteArray> times = readFile(m_result).split(' ');
        QFile::remove(m_result);
        return times.size() == 3
            ? Times{times[0].toDouble(), times[1].toDouble(), times[2].toDouble()}
            : Times();
    }

    QString m_result;
};

struct Job
{
    const char *name;
    QString command; // for the shell on the server
    double (Script::*measure)() const;
};

QString xdotool(const QStringList &arguments)
{
    QProcess process;
    process.start(u"xdotool"_s, arguments);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

// By whole cells, until the terminal in the program's window has as many as wanted.
void fitWindow(qint64 program, const Script &script, Cells wanted)
{
    Cells cells = script.waitForSize();
    for (int attempt = 0; attempt < 20 && cells != wanted; ++attempt) {
        const QString window
            = xdotool({u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(program)})
                  .section(u'\n', 0, 0);
        const QString shape = xdotool({u"getwindowgeometry"_s, u"--shell"_s, window});
        const auto pixels = [&shape](const QString &name) {
            return shape.section(name + u'=', 1).section(u'\n', 0, 0).toInt();
        };
        const int width = pixels(u"WIDTH"_s);
        const int height = pixels(u"HEIGHT"_s);
        xdotool({u"windowsize"_s, window,
                 QString::number(width + (wanted.columns - cells.columns) * width / cells.columns),
                 QString::number(height + (wanted.rows - cells.rows) * height / cells.rows)});
        QTest::qWait(300);
        cells = script.waitForSize();
    }
    if (cells != wanted) {
        std::fprintf(stderr, "%d x %d cells instead of %d x %d\n", cells.columns, cells.rows,
                     wanted.columns, wanted.rows);
    }
}

// How to start another program with the terminal's font and history.
QStringList configured(const QString &program, const QFont &font, const tests::BenchWindow &bench)
{
    const QString size = QString::number(font.pointSize());
    const QString history = QString::number(historyLines);
    if (program == u"xterm"_s) {
        return {u"-fa"_s, font.family(), u"-fs"_s, size, u"-sl"_s, history};
    }
    if (program == u"konsole"_s) {
        return {u"--separate"_s, u"-p"_s, u"Font=%1,%2"_s.arg(font.family(), size), u"-p"_s,
                u"HistorySize="_s + history};
    }
    QDir().mkpath(bench.path(u"config/qterminal.org"_s));
    writeFile(bench.path(u"config/qterminal.org/qterminal.ini"_s),
              u"[General]\nfontFamily=%1\nfontSize=%2\nHistoryLimited=true\n"
              "HistoryLimitedTo=%3\nAskOnExit=false\n"_s.arg(font.family(), size, history)
                  .toUtf8());
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    tests::BenchWindow bench;
    const auto path = [&](const QString &name) { return bench.path(name); };
    writeFile(path(u"script"_s), serverScript);
    const QByteArray plain = "Nov 21 08:12:18 web01 sshd[4242]: Accepted publickey for deploy from "
                             "192.0.2.7 port 50022\n";
    const QByteArray colored
        = "\x1b[32mok\x1b[m \x1b[1;38;5;208mwarning\x1b[m some text in between "
          "\x1b[7mreversed\x1b[27m\n";
    writeFile(path(u"plain"_s), plain.repeated(textBytes / plain.size()));
    writeFile(path(u"colored"_s), colored.repeated(textBytes / colored.size()));
    const Script script(path(u"result"_s));
    const auto command = [&](const QString &program, const QString &argument) {
        return u"bash %1 %2 %3 %4"_s.arg(path(u"script"_s), path(u"result"_s), program, argument);
    };
    const QList<Job> jobs{
        {"plain", command(u"cat"_s, path(u"plain"_s)), &Script::runToEnd},
        {"colored", command(u"cat"_s, path(u"colored"_s)), &Script::runToEnd},
        {"Ctrl+C", command(u"yes"_s, u"y"_s), &Script::interrupt},
        {"shown", command(u"yes"_s, u"y"_s), &Script::interruptShown},
    };

    bench.openTab();
    ui::TerminalView *terminal = nullptr;
    waitFor("a shell", [&] {
        terminal = bench.window().findChild<ui::TerminalView *>();
        return terminal != nullptr && terminal->isVisible();
    });

    QStringList ssh{u"-F"_s,
                    u"none"_s,
                    u"-tt"_s,
                    u"-i"_s,
                    bench.keyFile(),
                    u"-p"_s,
                    QString::number(bench.server().port()),
                    u"-o"_s,
                    u"UserKnownHostsFile="_s + path(u"known_hosts"_s),
                    bench.server().userName() + u'@' + bench.server().address()};
    const QFont font = terminal->findChild<QTermWidget *>()->getTerminalFont();
    Cells cells; // of Ponto, which runs first
    QList<std::pair<QString, std::function<double(const Job &)>>> terminals;
    terminals.emplaceBack(u"ponto"_s, [&](const Job &job) {
        QTest::keyClicks(terminal->focusProxy(), job.command);
        QTest::keyClick(terminal->focusProxy(), Qt::Key_Return);
        cells = script.waitForSize();
        bench.window().activateWindow();
        terminal->setFocus();
        return (script.*job.measure)();
    });
    terminals.emplaceBack(u"QTermWidget running ssh"_s, [&](const Job &job) {
        QTermWidget widget(0);
        widget.setHistorySize(historyLines);
        widget.setTerminalFont(font);
        widget.setScrollBarPosition(QTermWidget::ScrollBarRight);
        widget.setShellProgram(u"/usr/bin/ssh"_s);
        widget.setArgs(ssh + QStringList{job.command});
        widget.resize(terminal->findChild<QTermWidget *>()->size());
        widget.show();
        widget.startShellProgram();
        if (script.waitForSize() != cells) {
            std::fprintf(stderr, "the widget has another size\n");
        }
        widget.activateWindow();
        widget.setFocus();
        return (script.*job.measure)();
    });
    for (const QString &name : {u"xterm"_s, u"qterminal"_s, u"konsole"_s}) {
        if (QStandardPaths::findExecutable(name).isEmpty()) {
            continue;
        }
        terminals.emplaceBack(name, [&, name](const Job &job) {
            const QStringList line = QStringList{u"ssh"_s} + ssh + QStringList{job.command};
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"XDG_CONFIG_HOME"_s, path(u"config"_s));
            process.setProcessEnvironment(environment);
            process.start(name,
                          configured(name, font, bench)
                              + (name == u"qterminal"_s ? QStringList{u"-e"_s, line.join(u' ')}
                                                        : QStringList{u"-e"_s} + line));
            fitWindow(process.processId(), script, cells);
            const double took = (script.*job.measure)();
            process.terminate();
            process.waitForFinished();
            return took;
        });
    }

    for (const Job &job : jobs) {
        QMap<QString, QList<double>> times;
        for (int run = 0; run < runs; ++run) {
            for (const auto &[name, measure] : terminals) {
                times[name].append(measure(job));
            }
        }
        std::printf("%d columns, %d rows, %s\n", cells.columns, cells.rows,
                    qPrintable(font.toString()));
        const double yardstick = median(times.value(terminals[1].first));
        for (const auto &[name, measure] : terminals) {
            const double took = median(times.value(name));
            std::printf("%-8s %-24s %.3f s, %.2f times\n", job.name, qPrintable(name), took,
                        took / yardstick);
        }
    }
    return 0;
}
