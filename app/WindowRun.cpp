#include "app/WindowRun.h"

#include "app/ConfigFiles.h"
#include "app/DemoServer.h"
#include "app/headless/Report.h"
#include "app/ProxyService.h"
#include "app/SessionTarget.h"
#include "app/SignalWatcher.h"
#include "app/SingleInstance.h"
#include "app/VaultSetup.h"
#include "archive/LogArchive.h"
#include "files/LocalFileSystem.h"
#include "log/LogBook.h"
#include "profiles/OpenSshConfig.h"
#include "ssh/ProfileSettings.h"
#include "storage/Database.h"
#include "transfer/TransferSchedule.h"
#include "ui/connect/ConnectRequest.h"
#include "ui/errors/SessionsErrorText.h"
#include "ui/keyboard/KeyBindings.h"
#include "ui/main/MainWindow.h"
#include "ui/theme/ControlStyle.h"
#include "ui/units/SizeText.h"

#include <QEvent>
#include <QIcon>
#include <QTimer>

#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace app {
namespace {

// What stands on the command line, put there by the user or by the desktop.
void connectTo(const QString &target, const ConnectionOptions &options,
               const profiles::ProfileStore &store, const profiles::OpenSshConfig &openSsh,
               ui::MainWindow &window)
{
    auto request = ui::ConnectRequest::fromText(target, store, &openSsh);
    if (!request) {
        window.showProblem({.what = target, .why = ui::addressErrorText(request.error())});
        return;
    }
    const auto profile = withOptions(request->profile, options, store, openSsh.aliases());
    if (!profile) {
        window.showProblem({.what = target, .why = profile.error().sentence});
        return;
    }
    request->profile = *profile;
    const bool isUrl = target.contains(u"://"_s);
    if (isUrl) {
        window.offer(*request); // browsers and mail programs call us with these
    } else {
        window.connectTo(*request);
    }
}

// The token lets it pass before the window that has the focus, where the desktop asks for one.
void bringToFront(ui::MainWindow &window, const QString &activationToken)
{
    if (!activationToken.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    }
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

// First of all who follow the settings, so that sizes that are shown anew have the new units.
void followSizeUnits(const settings::Settings &settings)
{
    const auto follow = [&settings] {
        ui::setSizeUnits(ui::sizeUnitsFromName(settings.value(settings::keys::sizeUnits)));
    };
    follow();
    QObject::connect(&settings, &settings::Settings::changed, &settings, follow);
}

// Does something when the window was painted first.
class AfterFirstPaint final : public QObject
{
public:
    AfterFirstPaint(QWidget &window, std::function<void()> task)
        : m_task(std::move(task))
    {
        window.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            QTimer::singleShot(0, this, m_task);
        }
        return false;
    }

private:
    std::function<void()> m_task;
};

} // namespace

QString WindowRun::whyImpossible()
{
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(variable)) {
            return {};
        }
    }
    return u"There is no display to open a window on; exec, get, put, ls, known-hosts and keys work without one."_s;
}

WindowRun::WindowRun(int &argc, char **argv, CommandLine commandLine)
    : m_application(argc, argv)
    , m_commandLine(std::move(commandLine))
{
    QCoreApplication::setApplicationName(u"ponto"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PONTO_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Ponto"_s);
    QGuiApplication::setDesktopFileName(u"org.ponto.Ponto"_s);
    QApplication::setStyle(new ui::ControlStyle);
}

int WindowRun::run()
{
    if (std::holds_alternative<DemoRequest>(m_commandLine.request)) {
        return runDemo();
    }
    return runWith(nullptr);
}

int WindowRun::runDemo()
{
    DemoServer demo;
    if (const auto started = demo.start(); !started) {
        report(started.error());
        return static_cast<int>(ExitStatus::SomeFailed);
    }
    return runWith(&demo);
}

// Without a private directory, or beside another Ponto, `ponto proxy` does not find this one.
void WindowRun::serveProxy(ProxyService &proxy, logging::SessionLog &log)
{
    const auto listening = proxysocket::path().and_then(
        [&proxy](const QString &path) { return proxy.listen(path); });
    if (!listening) {
        log.append(
            logging::LogLevel::Info, u"proxy"_s,
            u"Not offered: %1: %2"_s.arg(listening.error().subject, listening.error().detail));
    }
}

void WindowRun::writeToFile(logging::SessionLog &log) const
{
    if (m_commandLine.logFile.isEmpty()) {
        return;
    }
    if (const auto opened = log.writeTo(m_commandLine.logFile); !opened) {
        report(opened.error());
    }
}

std::shared_ptr<logging::SessionLog> WindowRun::openLog(logging::LogBook &logs,
                                                        const profiles::Profile &profile) const
{
    const auto log = logs.open(profile.title());
    writeToFile(*log);
    return log;
}

int WindowRun::runWith(const DemoServer *demo)
{
    using LoadReport = profiles::ProfileStore::LoadReport;
    const ConfigFiles files = ConfigFiles::in(m_commandLine.configDirectory);
    settings::Settings settings(files.settings);
    ui::KeyBindings::shared().useSettings(settings);
    followSizeUnits(settings);
    profiles::ProfileStore store(files.sessions);
    const auto loaded = store.load();
    files::LocalFileSystem localFiles;
    storage::Database database(files.database);
    logging::LogBook logs(m_commandLine.keptLogLevel());
    const logging::MessageCapture capture(logs.program());
    writeToFile(*logs.program());
    QByteArray keysOfThisRun;
    const auto connectionSettings
        = [&](const profiles::Profile &profile, const ssh::AliasHosts &aliases) {
              auto result = withOptions(
                  ssh::settingsFor(profile, settings, ssh::effectiveProfiles(store), aliases),
                  m_commandLine.connection, m_commandLine.logLevel, openLog(logs, profile));
              result.keysOfThisRun = keysOfThisRun;
              if (demo != nullptr && profile.id == demo->profile().id) {
                  result.knownHostsFiles = {demo->knownHostsFile()};
              }
              return result;
          };
    const auto keepForThisRun = [&keysOfThisRun](const QByteArray &line) { keysOfThisRun += line; };
    const auto vault = makeVault(files, settings, m_commandLine.connection, windowKeyringLimit);
    profiles::OpenSshConfig openSsh(profiles::OpenSshPlace::ofUser(),
                                    profiles::OpenSshConfig::installedClient());
    const auto *windowRequest = std::get_if<WindowRequest>(&m_commandLine.request);
    const QString target = windowRequest == nullptr ? QString() : windowRequest->target;
    if (target.isEmpty()) {
        openSsh.reload();
    } else {
        openSsh.load(); // it may be an alias, or a jump host on the way
    }
    storage::Database *remembered = demo == nullptr ? &database : nullptr; // a demo leaves nothing
    std::optional<archive::LogArchive> terminalLogs;
    if (remembered != nullptr) {
        terminalLogs.emplace(database);
    }
    transfer::TransferSchedule transfers(remembered);
    ssh::RoutePool routes;
    ui::MainWindow window({.settings = settings,
                           .profiles = store,
                           .localFiles = localFiles,
                           .connectionSettings = connectionSettings,
                           .routes = routes,
                           .vault = vault.get(),
                           .keepForThisRun = keepForThisRun,
                           .openSsh = &openSsh,
                           .database = remembered,
                           .archive = terminalLogs ? &*terminalLogs : nullptr,
                           .logs = &logs,
                           .tabsFile = demo == nullptr ? files.tabs : QString(),
                           .editsDirectory = demo == nullptr ? files.edits : QString(),
                           .transfers = &transfers},
                          ui::MainWindow::Showing::BeforeContent);
    ProxyService proxy([&window](const QString &name) { return window.openConnection(name); });
    std::optional<ui::ErrorText> sessionsTrouble;
    const auto tellSessions = [&](const base::Result<LoadReport> &report) {
        const auto problem = ui::sessionsProblem(report);
        if (problem) {
            window.showProblem(*problem);
        } else if (sessionsTrouble) {
            window.withdrawProblem(*sessionsTrouble);
        }
        sessionsTrouble = problem;
    };
    tellSessions(loaded);
    QObject::connect(&store, &profiles::ProfileStore::fileStateChanged, &window, tellSessions);
    if (demo != nullptr) {
        window.connectTo({.profile = demo->profile(), .isPassing = true});
    } else if (!target.isEmpty()) {
        connectTo(target, m_commandLine.connection, store, openSsh, window);
    }
    SingleInstance instance;
    QObject::connect(&instance, &SingleInstance::received, &window,
                     [&](const WindowMessage &message) {
                         bringToFront(window, message.activationToken);
                         if (!message.target.isEmpty()) {
                             connectTo(message.target, {}, store, openSsh, window);
                         }
                     });
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::received, &window,
                     [](int signal) { QCoreApplication::exit(exitStatusOfSignal(signal)); });
    // The window is not to wait for pictures and sockets.
    AfterFirstPaint icon(window,
                         [] { QGuiApplication::setWindowIcon(QIcon(u":/icons/ponto.svg"_s)); });
    QTimer::singleShot(0, &window, [&] {
        store.follow();
        serveProxy(proxy, *logs.program());
        // What was said on our own command line must not hold for what others ask for.
        if (m_commandLine.canBeHandedOver()) {
            instance.listen(SingleInstance::socketPath(m_commandLine.configDirectory));
        }
    });
    return QApplication::exec();
}

} // namespace app
