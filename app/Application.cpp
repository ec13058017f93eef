#include "app/Application.h"

#include "app/ConfigFiles.h"
#include "app/headless/ExecVerb.h"
#include "app/headless/GetVerb.h"
#include "app/headless/KeysGenerateVerb.h"
#include "app/headless/KeysInstallVerb.h"
#include "app/headless/KeysListVerb.h"
#include "app/headless/ListVerb.h"
#include "app/headless/PutVerb.h"
#include "app/headless/Report.h"
#include "app/SessionTarget.h"
#include "app/SignalWatcher.h"
#include "app/WindowRun.h"
#include "base/DisplayText.h"
#include "ssh/LibsshVersion.h"
#include "ssh/ProfileSettings.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

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
    if (const auto safe = ssh::checkLibsshVersion(); !safe) {
        report(safe.error().detail + u". This is %1."_s.arg(safe.error().subject));
        return statusOf(ExitStatus::ConnectionFailed);
    }
    const bool needsWindow = std::holds_alternative<WindowRequest>(m_commandLine.request)
        || std::holds_alternative<DemoRequest>(m_commandLine.request);
    return needsWindow ? runWindow() : runVerb();
}

int Application::runWindow()
{
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
    const ConfigFiles files = ConfigFiles::in(m_commandLine.configDirectory);
    const settings::Settings settings(files.settings);
    profiles::ProfileStore store(files.sessions);
    if (const auto loaded = store.load(); !loaded) {
        report(loaded.error()); // addresses work without saved sessions
    }

    auto verb = makeVerb(store, settings);
    if (!verb) {
        report(verb.error().sentence);
        return statusOf(ExitStatus::Usage);
    }
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::received, verb->get(), &Verb::interrupt);
    QObject::connect(verb->get(), &Verb::finished, &application,
                     [](int exitStatus) { QCoreApplication::exit(exitStatus); });
    QMetaObject::invokeMethod(verb->get(), &Verb::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

base::Result<std::unique_ptr<Verb>, UsageError> Application::makeVerb(
    const profiles::ProfileStore &store, const settings::Settings &settings) const
{
    using Made = std::unique_ptr<Verb>;
    if (const auto *exec = std::get_if<ExecRequest>(&m_commandLine.request)) {
        return connectionTo(exec->target, store, settings)
            .transform([exec](const ssh::ConnectionSettings &connection) -> Made {
                return std::make_unique<ExecVerb>(connection, exec->command);
            });
    }
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
    if (const auto *keys = std::get_if<KeysRequest>(&m_commandLine.request)) {
        return makeKeysVerb(*keys, store, settings);
    }
    const auto &list = std::get<ListRequest>(m_commandLine.request);
    return connectionTo(list.file.target, store, settings)
        .transform([&list](const ssh::ConnectionSettings &connection) -> Made {
            return std::make_unique<ListVerb>(connection, list.file.path);
        });
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
        .transform([this](const ssh::ConnectionSettings &connection) -> Made {
            const QString file = m_commandLine.connection.identityFiles.value(0);
            return std::make_unique<KeysInstallVerb>(connection, file);
        });
}

base::Result<ssh::ConnectionSettings, UsageError> Application::connectionTo(
    const QString &target, const profiles::ProfileStore &store,
    const settings::Settings &settings) const
{
    const auto found = SessionTarget::find(target, m_commandLine.connection, store);
    if (!found) {
        return base::Failure(
            UsageError{u"\"%1\": %2"_s.arg(base::displayText(target), found.error().sentence)});
    }
    if (found->hadPassword) {
        report(u"The password in the address was not used: it would be in logs and histories."_s);
    }
    return withOptions(ssh::settingsFor(found->profile, settings), m_commandLine.connection,
                       m_commandLine.logLevel);
}

} // namespace app
