// Measures how long 20 MB of text take through `cat` over SSH until the terminal has taken the last
// byte: Ponto, the same widget that runs `ssh` itself (as QTerminal does), and those of xterm,
// QTerminal and Konsole that are installed. In turns, five times; prints the medians, judges
// nothing.
//
// The end is told by the terminal: the script on the server asks for the place of the cursor after
// the text, and takes the time when the answer is there. Start it on a display of its own.

#include "tests/bench/BenchWindow.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QStandardPaths>
#include <qtermwidget.h>
#include <QTest>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using tests::median;
using tests::waitFor;
using tests::writeFile;

namespace {

constexpr int runs = 5;
constexpr qsizetype textBytes = 20'000'000;

constexpr QByteArrayView script = R"(begin=$EPOCHREALTIME
cat "$1"
printf '\033[6n'
IFS= read -rs -d R answer
echo "$begin $EPOCHREALTIME" > "$2.part"
mv "$2.part" "$2"
)";

// Seconds, as the script has written them.
double takeResult(const QString &path)
{
    waitFor("a result", [&] { return QFile::exists(path); });
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QList<QByteArray> times = file.readAll().simplified().split(' ');
    file.remove();
    return times.size() == 2 ? times[1].toDouble() - times[0].toDouble() : 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    tests::BenchWindow bench;
    const auto path = [&](const QString &name) { return bench.path(name); };
    writeFile(path(u"script"_s), script);
    const QByteArray plain = "Nov 21 08:12:18 web01 sshd[4242]: Accepted publickey for deploy from "
                             "192.0.2.7 port 50022\n";
    const QByteArray colored
        = "\x1b[32mok\x1b[m \x1b[1;38;5;208mwarning\x1b[m some text in between "
          "\x1b[7mreversed\x1b[27m\n";
    writeFile(path(u"plain"_s), plain.repeated(textBytes / plain.size()));
    writeFile(path(u"colored"_s), colored.repeated(textBytes / colored.size()));
    const auto command = [&](const QString &text) {
        return u"bash %1 %2 %3"_s.arg(path(u"script"_s), path(text), path(u"result"_s));
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
    QList<std::pair<QString, std::function<double(const QString &)>>> terminals;
    terminals.emplaceBack(u"ponto"_s, [&](const QString &text) {
        QTest::keyClicks(terminal->focusProxy(), command(text));
        QTest::keyClick(terminal->focusProxy(), Qt::Key_Return);
        return takeResult(path(u"result"_s));
    });
    terminals.emplaceBack(u"QTermWidget running ssh"_s, [&](const QString &text) {
        QTermWidget widget(0);
        widget.setHistorySize(10'000);
        widget.setShellProgram(u"/usr/bin/ssh"_s);
        widget.setArgs(ssh + QStringList{command(text)});
        widget.resize(terminal->size());
        widget.show();
        widget.startShellProgram();
        return takeResult(path(u"result"_s));
    });
    for (const QString &name : {u"xterm"_s, u"qterminal"_s, u"konsole"_s}) {
        if (QStandardPaths::findExecutable(name).isEmpty()) {
            continue;
        }
        terminals.emplaceBack(name, [&, name](const QString &text) {
            const QStringList line = QStringList{u"ssh"_s} + ssh + QStringList{command(text)};
            QProcess process;
            process.start(name,
                          name == u"qterminal"_s ? QStringList{u"-e"_s, line.join(u' ')}
                                                 : QStringList{u"-e"_s} + line);
            const double took = takeResult(path(u"result"_s));
            process.terminate();
            process.waitForFinished();
            return took;
        });
    }

    for (const QString &text : {u"plain"_s, u"colored"_s}) {
        QMap<QString, QList<double>> times;
        for (int run = 0; run < runs; ++run) {
            for (const auto &[name, measure] : terminals) {
                times[name].append(measure(text));
            }
        }
        const double yardstick = median(times.value(terminals[1].first));
        for (const auto &[name, measure] : terminals) {
            const double took = median(times.value(name));
            std::printf("%-8s %-24s %.2f s, %.2f times\n", qPrintable(text), qPrintable(name), took,
                        took / yardstick);
        }
    }
    return 0;
}
