// Measures how long 20 MB of text take through `cat` over SSH until the terminal has taken the last
// byte: Ponto, the same widget that runs `ssh` itself (as QTerminal does), and those of xterm,
// QTerminal and Konsole that are installed. In turns, five times; prints the medians, judges
// nothing.
//
// The end is told by the terminal: the script on the server asks for the place of the cursor after
// the text, and takes the time when the answer is there. Start it on a display of its own.

#include "files/LocalFileSystem.h"
#include "ssh/JumpHost.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "ui/main/MainWindow.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <qtermwidget.h>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

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

void write(const QString &path, QByteArrayView content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content.toByteArray()) != content.size()) {
        std::fprintf(stderr, "could not write %s\n", qPrintable(path));
        std::exit(1);
    }
}

void waitFor(const char *what, const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition()) {
            loop.quit();
        }
    });
    look.start(20ms);
    QTimer::singleShot(120s, &loop, [what] {
        std::fprintf(stderr, "gave up waiting for %s\n", what);
        std::exit(1);
    });
    loop.exec();
}

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

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QTemporaryDir directory;
    const auto path = [&](const QString &name) { return directory.filePath(name); };
    const auto key = tests::generateKey(path(u"key"_s));
    tests::SshServer server(tests::SshServerOptions().withAuthorizedKey(key->publicLine));
    if (const auto started = server.start(); !started) {
        std::fprintf(stderr, "%s\n", tests::reason(started).constData());
        return 1;
    }
    write(path(u"script"_s), script);
    write(path(u"known_hosts"_s), server.knownHostsLine(tests::KeyType::Ed25519));
    const QByteArray plain = "Nov 21 08:12:18 web01 sshd[4242]: Accepted publickey for deploy from "
                             "192.0.2.7 port 50022\n";
    const QByteArray colored
        = "\x1b[32mok\x1b[m \x1b[1;38;5;208mwarning\x1b[m some text in between "
          "\x1b[7mreversed\x1b[27m\n";
    write(path(u"plain"_s), plain.repeated(textBytes / plain.size()));
    write(path(u"colored"_s), colored.repeated(textBytes / colored.size()));
    const auto command = [&](const QString &text) {
        return u"bash %1 %2 %3"_s.arg(path(u"script"_s), path(text), path(u"result"_s));
    };

    settings::Settings settings(path(u"settings.ini"_s));
    settings.setValue(settings::keys::view, u"terminal"_s);
    profiles::ProfileStore profiles(path(u"sessions.json"_s));
    files::LocalFileSystem localFiles;
    ssh::RoutePool routes;
    const auto connectionSettings = [&](const profiles::Profile &profile, const ssh::AliasHosts &) {
        ssh::ConnectionSettings connection;
        connection.host = profile.host;
        connection.port = profile.port;
        connection.user = profile.user;
        connection.identityFiles = {key->privateFile};
        connection.useAgent = false;
        connection.useDefaultKeys = false;
        connection.knownHostsFiles = {path(u"known_hosts"_s)};
        return connection;
    };
    ui::MainWindow window({settings, profiles, localFiles, connectionSettings, routes});
    window.resize(1280, 800);
    window.show();
    profiles::Profile profile;
    profile.id = u"bench"_s;
    profile.host = server.address();
    profile.port = server.port();
    profile.user = server.userName();
    window.connectTo(ui::ConnectRequest::forProfile(profile, profiles));
    ui::TerminalView *terminal = nullptr;
    waitFor("a shell", [&] {
        terminal = window.findChild<ui::TerminalView *>();
        return terminal != nullptr && terminal->isVisible();
    });

    QStringList ssh{u"-F"_s,
                    u"none"_s,
                    u"-tt"_s,
                    u"-i"_s,
                    key->privateFile,
                    u"-p"_s,
                    QString::number(server.port()),
                    u"-o"_s,
                    u"UserKnownHostsFile="_s + path(u"known_hosts"_s),
                    server.userName() + u'@' + server.address()};
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
