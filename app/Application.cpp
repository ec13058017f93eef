#include "app/Application.h"

#include "app/BatchTargets.h"
#include "app/ConfigFiles.h"
#include "app/headless/BatchVerb.h"
#include "app/headless/ExecVerb.h"
#include "app/headless/ForwardVerb.h"
#include "app/headless/GetVerb.h"
#include "app/headless/KeysGenerateVerb.h"
#include "app/headless/KeysInstallVerb.h"
#include "app/headless/KeysListVerb.h"
#include "app/headless/KnownHostsVerb.h"
#include "app/headless/ListVerb.h"
#include "app/headless/ProfileListing.h"
#include "app/headless/ProxyVerb.h"
#include "app/headless/PutVerb.h"
#include "app/headless/Report.h"
#include "app/headless/SyncVerb.h"
#include "app/SessionTarget.h"
#include "app/SignalWatcher.h"
#include "app/SingleInstance.h"
#include "app/VaultSetup.h"
#include "app/WindowRun.h"
#include "base/DisplayText.h"
#include "log/SessionLog.h"
#include "profiles/OpenSshConfig.h"
#include "ssh/AliasSettings.h"
#include "ssh/LibsshVersion.h"
#include "ui/errors/OpenSshErrorText.h"
#include "ui/errors/SessionsErrorText.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QByteArrayList bytesOf(int argc, char **argv)
{
    QByteArrayList arguments;
    for (int index = 1; index < argc; ++index) {
        arguments.append(argv[index]);
    }
    return arguments;
}

void print(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
}

int statusOf(ExitStatus status)
{
    return static_cast<int>(status);
}

// `verb` may be null: there is none yet.
void passOn(int signal, Verb *verb)
{
    if (signal == SIGWINCH) {
        if (verb != nullptr) {
            verb->handleResize();
        }
    } else if (verb == nullptr) {
        QCoreApplication::exit(exitStatusOfSignal(signal));
    } else {
        verb->interrupt(signal);
    }
}

} // namespace

Application::Application(int &argc, char **argv)
    : m_argc(argc)
    , m_argv(argv)
{
}

int Application::run()
{
    const auto parsed = CommandLine::parse(bytesOf(m_argc, m_argv));
    if (!parsed) {
        report(parsed.error().sentence);
        report(u"ponto --help lists what there is."_s);
        return statusOf(ExitStatus::Usage);
    }
    m_commandLine = *parsed;
    if (std::holds_alternative<HelpRequest>(m_commandLine.request)) {
        print(CommandLine::helpText());
        return statusOf(ExitStatus::Success);
    }
    if (std::holds_alternative<VersionRequest>(m_commandLine.request)) {
        print(u"Ponto "_s + QLatin1StringView(PONTO_VERSION) + u'\n');
        return statusOf(ExitStatus::Success);
    }
    if (std::holds_alternative<ListProfilesRequest>(m_commandLine.request)) {
        return listProfiles();
    }
    if (const auto safe = ssh::checkLibsshVersion(); !safe) {
        report(safe.error().detail + u". This is %1."_s.arg(safe.error().subject));
        return statusOf(ExitStatus::ConnectionFailed);
    }
    return m_commandLine.needsWindow() ? runWindow() : runVerb();
}

int Application::runWindow()
{
    const QString socket = SingleInstance::socketPath(m_commandLine.configDirectory);
    if (m_commandLine.canBeHandedOver()
        && SingleInstance::handOver(socket,
                                    {std::get<WindowRequest>(m_commandLine.request).target,
                                     qEnvironmentVariable("XDG_ACTIVATION_TOKEN")})) {
        return statusOf(ExitStatus::Success);
    }
    if (const QString why = WindowRun::whyImpossible(); !why.isEmpty()) {
        report(why);
        return statusOf(ExitStatus::SomeFailed);
    }
    return WindowRun(m_argc, m_argv, m_commandLine).run();
}

int Application::runVerb()
{
    QCoreApplication application(m_argc, m_argv);
    QCoreApplication::setApplicationName(u"ponto"_s);
    if (!openLog()) {
        return statusOf(ExitStatus::Usage);
    }
    const ConfigFiles files = ConfigFiles::in(m_commandLine.configDirectory);
    const settings::Settings settings(files.settings);
    profiles::ProfileStore store(files.sessions);
    if (const auto problem = ui::sessionsProblem(store.load())) {
        report(problem->toSentence()); // addresses work without saved sessions
    }

    const auto vault = makeVault(files, settings, m_commandLine.connection, verbKeyringLimit);
    std::unique_ptr<Verb> verb;
    SignalWatcher signalWatcher;
    if (std::holds_alternative<ExecRequest>(m_commandLine.request)) {
        signalWatcher.watch(SIGWINCH);
    }
    QObject::connect(&signalWatcher, &SignalWatcher::received, &application,
                     [&verb](int signal) { passOn(signal, verb.get()); });
    profiles::OpenSshConfig openSsh(profiles::OpenSshPlace::ofUser(),
                                    profiles::OpenSshConfig::installedClient());
    openSsh.load();
    m_aliases = openSsh.aliases();
    ssh::AliasSettings question(
        openSsh, [&](const profiles::Profile &profile, const ssh::AliasHosts &aliases) {
            return connectionTo(profile, store, settings, aliases);
        });
    BatchTargets targets(store, openSsh,
                         [&](const profiles::Profile &profile, const ssh::AliasHosts &aliases) {
                             return connectionTo(profile, store, settings, aliases);
                         });
    const auto start = [&] {
        if (std::holds_alternative<BatchRequest>(m_commandLine.request)) {
            startBatch(verb, targets, *vault);
        } else {
            startVerb(verb, store, settings, *vault);
        }
    };
    QObject::connect(&question, &ssh::AliasSettings::resolved, &application,
                     [&](const ssh::ConnectionSettings &connection) {
                         adopt(connection, question);
                         if (!asksOpenSsh(question, store)) {
                             start();
                         }
                     });
    QObject::connect(&question, &ssh::AliasSettings::failed, &application,
                     [](const base::Error &error, const QString &alias) {
                         report(ui::openSshErrorText(error, alias).toSentence());
                         QCoreApplication::exit(statusOf(ExitStatus::ConnectionFailed));
                     });
    m_unasked = targetNames();
    if (!asksOpenSsh(question, store)) {
        QMetaObject::invokeMethod(&application, start, Qt::QueuedConnection);
    }
    return QCoreApplication::exec();
}

// False if there is nothing more to ask, or a target is none: that is told by startVerb().
bool Application::asksOpenSsh(ssh::AliasSettings &question, const profiles::ProfileStore &store)
{
    while (!m_unasked.isEmpty()) {
        m_asked = m_unasked.takeFirst();
        const auto found = SessionTarget::find(m_asked, m_commandLine.connection, store, m_aliases);
        if (found && question.start(found->profile, ssh::effectiveProfiles(store))) {
            return true;
        }
    }
    return false;
}

QStringList Application::targetNames() const
{
    if (const auto *exec = std::get_if<ExecRequest>(&m_commandLine.request)) {
        return {exec->target};
    }
    if (const auto *get = std::get_if<GetRequest>(&m_commandLine.request)) {
        return {get->sources.first().target};
    }
    if (const auto *put = std::get_if<PutRequest>(&m_commandLine.request)) {
        return {put->destination.target};
    }
    if (const auto *sync = std::get_if<SyncRequest>(&m_commandLine.request)) {
        QStringList servers{sync->source.target, sync->target.target};
        servers.removeAll(QString());
        servers.removeDuplicates();
        return servers;
    }
    if (const auto *forward = std::get_if<ForwardRequest>(&m_commandLine.request)) {
        return {forward->target};
    }
    if (const auto *keys = std::get_if<KeysRequest>(&m_commandLine.request)) {
        return keys->action == KeysRequest::Action::Install ? QStringList{keys->operand}
                                                            : QStringList();
    }
    const auto *list = std::get_if<ListRequest>(&m_commandLine.request);
    return list == nullptr ? QStringList() : QStringList{list->file.target};
}

// In the event loop, which ends with the verb, or at once if there can be none.
void Application::startVerb(std::unique_ptr<Verb> &verb, const profiles::ProfileStore &store,
                            const settings::Settings &settings, vault::Vault &vault) const
{
    auto made = makeVerb(store, settings);
    if (!made) {
        report(made.error().sentence);
        QCoreApplication::exit(statusOf(ExitStatus::Usage));
        return;
    }
    verb = std::move(*made);
    run(*verb, vault);
}

void Application::startBatch(std::unique_ptr<Verb> &verb, BatchTargets &targets,
                             vault::Vault &vault) const
{
    const auto &request = std::get<BatchRequest>(m_commandLine.request);
    QObject::connect(&targets, &BatchTargets::remarked, &targets,
                     [](const QString &sentence) { report(sentence); });
    if (const auto found = targets.find(request, m_commandLine.connection); !found) {
        report(found.error().sentence);
        QCoreApplication::exit(statusOf(ExitStatus::Usage));
        return;
    }
    if (request.isDryRun) {
        print(targets.hosts().listing(request.command));
        QCoreApplication::exit(statusOf(ExitStatus::Success));
        return;
    }
    const commands::BatchOrder order{
        targets.hosts().names(), request.command,          request.mostAtOnce, request.stopAfter,
        request.timeLimit,       request.stopAfterPercent, request.canary};
    verb = std::make_unique<BatchVerb>(
        order,
        [&targets](qsizetype host, const commands::CommandBatch::Resolved &resolved) {
            targets.hosts().resolve(host, resolved);
        },
        request.isJson ? commands::OutcomeFormat::Json : commands::OutcomeFormat::Text);
    run(*verb, vault);
}

void Application::run(Verb &verb, vault::Vault &vault)
{
    if (vault.place() == vault::Place::Keyring) { // the file would need a password itself
        verb.useStoredSecrets(vault);
    }
    QObject::connect(&verb, &Verb::finished, QCoreApplication::instance(),
                     [](int exitStatus) { QCoreApplication::exit(exitStatus); });
    verb.start();
}

void Application::adopt(const ssh::ConnectionSettings &settings, const ssh::AliasSettings &answer)
{
    if (const QString lost = lostSettingsRemark(answer); !lost.isEmpty()) {
        report(lost);
    }
    if (m_aliasSettings.isEmpty() && profiles::OpenSshConfig::installedClient().isEmpty()) {
        report(
            u"OpenSSH's client is not installed: only plain Host blocks of ~/.ssh/config count."_s);
    }
    m_aliasSettings.insert(m_asked, settings);
}

int Application::listProfiles()
{
    QCoreApplication application(m_argc, m_argv);
    QCoreApplication::setApplicationName(u"ponto"_s);
    profiles::ProfileStore store(ConfigFiles::in(m_commandLine.configDirectory).sessions);
    const auto loaded = store.load();
    if (const auto problem = ui::sessionsProblem(loaded)) {
        report(problem->toSentence());
    }
    profiles::OpenSshConfig openSsh(profiles::OpenSshPlace::ofUser(), {});
    openSsh.load();
    print(profileListing(store, openSsh));
    return statusOf(loaded ? ExitStatus::Success : ExitStatus::SomeFailed);
}

base::Result<std::unique_ptr<Verb>, UsageError> Application::makeVerb(
    const profiles::ProfileStore &store, const settings::Settings &settings) const
{
    using Made = std::unique_ptr<Verb>;
    if (const auto *exec = std::get_if<ExecRequest>(&m_commandLine.request)) {
        return connectionTo(exec->target, store, settings)
            .transform([exec](ssh::ConnectionSettings connection) -> Made {
                connection.commandTerminal = exec->terminal.value_or(connection.commandTerminal);
                return std::make_unique<ExecVerb>(connection, exec->command);
            });
    }
    if (const auto *forward = std::get_if<ForwardRequest>(&m_commandLine.request)) {
        return connectionTo(forward->target, store, settings)
            .transform([forward](const ssh::ConnectionSettings &connection) -> Made {
                return std::make_unique<ForwardVerb>(connection, forward->forwards);
            });
    }
    if (const auto *proxy = std::get_if<ProxyRequest>(&m_commandLine.request)) {
        return Made(
            std::make_unique<ProxyVerb>(ProxyWish{proxy->session, proxy->host, proxy->port}));
    }
    if (const auto *knownHosts = std::get_if<KnownHostsRequest>(&m_commandLine.request)) {
        return Made(std::make_unique<KnownHostsVerb>(*knownHosts, scopeOf(*knownHosts, settings)));
    }
    if (const auto *keys = std::get_if<KeysRequest>(&m_commandLine.request)) {
        return makeKeysVerb(*keys, store, settings);
    }
    return makeFileVerb(store, settings);
}

base::Result<std::unique_ptr<Verb>, UsageError> Application::makeFileVerb(
    const profiles::ProfileStore &store, const settings::Settings &settings) const
{
    using Made = std::unique_ptr<Verb>;
    if (const auto *get = std::get_if<GetRequest>(&m_commandLine.request)) {
        return connectionTo(get->sources.first().target, store, settings)
            .transform([get](const ssh::ConnectionSettings &connection) -> Made {
                QByteArrayList paths;
                std::ranges::transform(get->sources, std::back_inserter(paths), &RemoteFile::path);
                return std::make_unique<GetVerb>(connection, paths, get->destination, get->options);
            });
    }
    if (const auto *put = std::get_if<PutRequest>(&m_commandLine.request)) {
        return connectionTo(put->destination.target, store, settings)
            .transform([put](const ssh::ConnectionSettings &connection) -> Made {
                return std::make_unique<PutVerb>(connection, put->sources, put->destination.path,
                                                 put->options);
            });
    }
    if (const auto *sync = std::get_if<SyncRequest>(&m_commandLine.request)) {
        return makeSyncVerb(*sync, store, settings);
    }
    const auto &list = std::get<ListRequest>(m_commandLine.request);
    return connectionTo(list.file.target, store, settings)
        .transform([&list](const ssh::ConnectionSettings &connection) -> Made {
            return std::make_unique<ListVerb>(connection, list.file.path);
        });
}

base::Result<std::unique_ptr<Verb>, UsageError> Application::makeSyncVerb(
    const SyncRequest &request, const profiles::ProfileStore &store,
    const settings::Settings &settings) const
{
    SyncVerb::Servers servers;
    for (const auto &[directory, server] : {std::pair(&request.source, &servers.source),
                                            std::pair(&request.target, &servers.target)}) {
        if (directory->isLocal()) {
            continue;
        }
        const auto connection = connectionTo(directory->target, store, settings);
        if (!connection) {
            return base::Failure(connection.error());
        }
        *server = *connection;
    }
    return std::make_unique<SyncVerb>(servers, request);
}

// As for a connection with the same options.
hostkeys::TrustScope Application::scopeOf(const KnownHostsRequest &request,
                                          const settings::Settings &settings) const
{
    profiles::Profile profile;
    profile.host = request.host;
    const ssh::ConnectionSettings connection = withOptions(
        ssh::settingsFor(profile, settings), m_commandLine.connection, m_commandLine.logLevel);
    hostkeys::TrustScope scope = ssh::trustScope(connection);
    scope.port = request.port.value_or(m_commandLine.connection.port.value_or(scope.port));
    return scope;
}

base::Result<std::unique_ptr<Verb>, UsageError> Application::makeKeysVerb(
    const KeysRequest &request, const profiles::ProfileStore &store,
    const settings::Settings &settings) const
{
    using Made = std::unique_ptr<Verb>;
    switch (request.action) {
    case KeysRequest::Action::List:
        return std::make_unique<KeysListVerb>(request.isJson ? KeysListVerb::Form::Json
                                                             : KeysListVerb::Form::Lines);
    case KeysRequest::Action::Generate:
        return std::make_unique<KeysGenerateVerb>(request.operand, request.key);
    case KeysRequest::Action::Install:
        break;
    }
    return connectionTo(request.operand, store, settings)
        .transform([this](ssh::ConnectionSettings connection) -> Made {
            const QString key = m_commandLine.connection.identityFiles.value(0);
            if (!QFileInfo::exists(key)) { // one of the agent, by its comment or fingerprint
                connection.identityFiles.removeAll(key);
            }
            return std::make_unique<KeysInstallVerb>(std::move(connection), key);
        });
}

base::Result<ssh::ConnectionSettings, UsageError> Application::connectionTo(
    const QString &target, const profiles::ProfileStore &store,
    const settings::Settings &settings) const
{
    const auto found = SessionTarget::find(target, m_commandLine.connection, store, m_aliases);
    if (!found) {
        return base::Failure(
            UsageError{u"\"%1\": %2"_s.arg(base::displayText(target), found.error().sentence)});
    }
    if (found->hadPassword) {
        report(SessionTarget::passwordRemark());
    }
    const auto answer = m_aliasSettings.constFind(target);
    return answer != m_aliasSettings.cend() ? *answer
                                            : connectionTo(found->profile, store, settings);
}

ssh::ConnectionSettings Application::connectionTo(const profiles::Profile &profile,
                                                  const profiles::ProfileStore &store,
                                                  const settings::Settings &settings,
                                                  const ssh::AliasHosts &aliases) const
{
    return withOptions(ssh::settingsFor(profile, settings, ssh::effectiveProfiles(store), aliases),
                       m_commandLine.connection, m_commandLine.logLevel, m_log);
}

// False if there should be one and can be none.
bool Application::openLog()
{
    if (m_commandLine.logFile.isEmpty()) {
        return true;
    }
    m_log = std::make_shared<logging::SessionLog>(u"ponto"_s, m_commandLine.keptLogLevel());
    const auto opened = m_log->writeTo(m_commandLine.logFile);
    if (!opened) {
        report(opened.error());
    }
    return opened.has_value();
}

} // namespace app
