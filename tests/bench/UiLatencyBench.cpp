// Measures how late the UI thread is while a download runs and `yes` floods a terminal of the same
// connection, and how long Ctrl+C takes to end the flood. Prints figures; judges nothing.
//
// The yardstick in the same run is the window at rest. Start it on a display of its own, or with
// QT_QPA_PLATFORM=offscreen. With an argument it also writes a picture of the window there.

#include "files/LocalFileSystem.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "ui/files/FilesView.h"
#include "ui/main/MainWindow.h"
#include "ui/terminal/TerminalView.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QBuffer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace std::chrono_literals;

namespace {

constexpr qint64 fileSize = 1024LL * 1024 * 1024;

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
            m_lateness.push_back(std::max(0.0, elapsed - 10.0));
            m_clock.restart();
        });
    }

    void start()
    {
        m_lateness.clear();
        m_clock.start();
        m_timer.start();
    }

    void report(const char *label)
    {
        m_timer.stop();
        std::sort(m_lateness.begin(), m_lateness.end());
        const auto at = [this](double share) {
            return m_lateness[std::size_t(share * double(m_lateness.size() - 1))];
        };
        std::printf("%-28s %5zu ticks, late by: median %.1f ms, 99%% %.1f ms, worst %.1f ms\n",
                    label, m_lateness.size(), at(0.5), at(0.99), m_lateness.back());
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_lateness;
};

QByteArray screenOf(const ui::TerminalView &terminal)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    terminal.saveText(buffer);
    return buffer.data();
}

// Looks every 50 ms only, and lets the event loop run in between: QTest::qWaitFor() sleeps.
template<typename Condition>
void waitFor(const char *what, Condition condition)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition()) {
            loop.quit();
        }
    });
    look.start(50ms);
    QTimer::singleShot(30s, &loop, [what] {
        std::fprintf(stderr, "gave up waiting for %s\n", what);
        std::exit(1);
    });
    loop.exec();
}

void spend(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

void type(ui::TerminalView &terminal, const QString &text)
{
    QTest::keyClicks(terminal.focusProxy(), text);
    QTest::keyClick(terminal.focusProxy(), Qt::Key_Return);
}

// Starts to download the one file in the server's home directory.
void startDownload(ui::MainWindow &window, const QString &name)
{
    auto *files = window.findChild<QAbstractItemView *>(QStringLiteral("remoteFiles"));
    waitFor("the list of files", [&] { return files->model()->rowCount() > 0; });
    for (int row = 0; row < files->model()->rowCount(); ++row) {
        const QModelIndex index = files->model()->index(row, 0);
        if (index.data().toString() == name) {
            files->setCurrentIndex(index);
        }
    }
    QTest::mouseClick(window.findChild<QWidget *>(QStringLiteral("downloadButton")),
                      Qt::LeftButton);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QTemporaryDir directory;
    const auto key = tests::generateKey(directory.filePath(QStringLiteral("key")));
    tests::SshServer server(tests::SshServerOptions().withAuthorizedKey(key->publicLine));
    if (const auto started = server.start(); !started) {
        std::fprintf(stderr, "%s\n", tests::reason(started).constData());
        return 1;
    }
    QFile big(server.home() + QStringLiteral("/big"));
    if (!big.open(QIODevice::WriteOnly) || !big.resize(fileSize)) {
        return 1;
    }

    settings::Settings settings(directory.filePath(QStringLiteral("settings.ini")));
    profiles::ProfileStore profiles(directory.filePath(QStringLiteral("sessions.json")));
    files::LocalFileSystem localFiles;
    const auto connectionSettings = [&](const profiles::Profile &profile, const ssh::AliasHosts &) {
        ssh::ConnectionSettings connection;
        connection.host = profile.host;
        connection.port = profile.port;
        connection.user = profile.user;
        connection.identityFiles = {key->privateFile};
        connection.useAgent = false;
        connection.useDefaultKeys = false;
        connection.knownHostsFiles = {directory.filePath(QStringLiteral("known_hosts"))};
        connection.hostKeyPolicy = hostkeys::HostKeyPolicy::AutoAdd;
        return connection;
    };
    QElapsedTimer clock;
    clock.start();
    ssh::RoutePool routes;
    ui::MainWindow window({settings, profiles, localFiles, connectionSettings, routes});
    window.resize(1280, 800);
    window.show();
    waitFor("the window", [&] { return window.isVisible() && window.windowHandle()->isExposed(); });
    std::printf("window shown after           %lld ms\n", clock.elapsed());

    profiles::Profile profile;
    profile.id = QStringLiteral("bench");
    profile.host = server.address();
    profile.port = server.port();
    profile.user = server.userName();
    window.connectTo(ui::ConnectRequest::forProfile(profile, profiles));
    ui::TerminalView *terminal = nullptr;
    waitFor("a shell", [&] {
        terminal = window.findChild<ui::TerminalView *>();
        return terminal != nullptr && screenOf(*terminal).contains('$');
    });
    if (auto *both = window.findChild<QWidget *>(QStringLiteral("viewBoth"))) {
        QTest::mouseClick(both, Qt::LeftButton);
    }
    window.findChild<ui::FilesView *>()->showLocal(files::FilePath::fromText(directory.path()));

    TickMeter meter;
    meter.start();
    spend(3s);
    meter.report("at rest");

    terminal->setFocus();
    type(*terminal, QStringLiteral("yes"));
    waitFor("the flood", [&] { return screenOf(*terminal).contains("y\ny\n"); });
    startDownload(window, QStringLiteral("big"));
    const QString target = directory.filePath(QStringLiteral("big"));
    meter.start();
    clock.restart();
    spend(8s);
    meter.report("flood and download");
    std::printf("download of 1 GiB beside it  %s\n",
                QFile::exists(target) ? "complete" : "under way");
    if (argc > 1) {
        window.grab().save(QString::fromLocal8Bit(argv[1]));
    }

    terminal->setFocus();
    clock.restart();
    QTest::keyClick(terminal->focusProxy(), Qt::Key_C, Qt::ControlModifier);
    waitFor("the prompt", [&] { return screenOf(*terminal).trimmed().endsWith('$'); });
    std::printf("Ctrl+C to prompt             %lld ms\n", clock.elapsed());
    return 0;
}
