#include "ssh/Connection.h"

#include "ssh/ConnectionLog.h"
#include "ssh/ExecProcess.h"
#include "ssh/JumpHost.h"
#include "ssh/JumpRoute.h"
#include "ssh/LibsshLog.h"
#include "ssh/SessionThread.h"
#include "ssh/SessionWorker.h"
#include "ssh/Shell.h"
#include "ssh/StreamHandler.h"
#include "ssh/TunnelHandler.h"

#include <QPointer>

#include <pwd.h>
#include <unistd.h>

#include <utility>

namespace ssh {
namespace {

QString localUser()
{
    const passwd *entry = ::getpwuid(::getuid());
    return entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : qEnvironmentVariable("USER");
}

// With what the settings say of programs on the server; what the request says itself comes first.
template<typename Request>
Request withSettings(Request request, const ConnectionSettings &settings)
{
    Variables environment = settings.environment;
    environment.insert(request.environment);
    request.environment = environment;
    request.use.agent = request.use.agent || settings.forwardsAgent;
    request.use.display = request.use.display || settings.forwardsX11;
    return request;
}

LoginMemory forReconnect(LoginMemory memory)
{
    memory.use = LoginMemory::Use::Reconnect;
    return memory;
}

std::optional<LoginMemory> ofJumpHost(const std::optional<LoginMemory> &memory)
{
    return memory && memory->jumpHost ? std::optional(*memory->jumpHost) : std::nullopt;
}

} // namespace

ConnectionSettings Connection::completed(ConnectionSettings settings)
{
    if (settings.user.isEmpty()) {
        settings.user = localUser();
    }
    return settings;
}

Connection::Connection(ConnectionSettings settings, QObject *parent)
    : Connection(std::move(settings), Inherited(), parent)
{
}

Connection::Connection(ConnectionSettings settings, RoutePool &routes,
                       const std::optional<LoginMemory> &remembered, QObject *parent)
    : Connection(std::move(settings), Inherited{remembered.transform(forReconnect)}, parent)
{
    m_routes = &routes;
}

Connection::Connection(ConnectionSettings settings, const std::optional<LoginMemory> &remembered,
                       QObject *parent)
    : Connection(std::move(settings), Inherited{remembered.transform(forReconnect)}, parent)
{
}

Connection::Connection(ConnectionSettings settings, Inherited inherited, QObject *parent)
    : QObject(parent)
    , m_settings(completed(std::move(settings)))
    , m_rememberedJumpHost(ofJumpHost(inherited.memory))
    , m_thread(std::make_shared<SessionThread>(m_settings, std::move(inherited.memory)))
{
    const SessionWorker &worker = m_thread->worker();
    connect(&worker, &SessionWorker::stateChanged, this, &Connection::follow);
    connect(&worker, &SessionWorker::promptRaised, this, &Connection::promptRaised);
    connect(&worker, &SessionWorker::promptWithdrawn, this, &Connection::promptWithdrawn);
    connect(&worker, &SessionWorker::noticed, this, &Connection::noticed);
    connect(&worker, &SessionWorker::hostKeyRefused, this, &Connection::hostKeyRefused);
    connect(&worker, &SessionWorker::agentWaitChanged, this, &Connection::agentWaitChanged);
    connect(&worker, &SessionWorker::loginTraced, this,
            [this](const LoginTrace &trace) { m_info.loginTrace = trace; });
    connect(&worker, &SessionWorker::closed, this, &Connection::handleClosed);
    connect(&worker, &SessionWorker::measured, this, &Connection::measured);
    connect(&worker, &SessionWorker::established, this,
            [this](const ConnectionInfo &info, const LoginMemory &learned) {
                if (m_log != nullptr) {
                    m_log->hide(learned);
                }
                m_info = info;
                m_info.hasUsedPassword = !learned.password.isEmpty();
                m_info.hasUsedProxyPassword = !learned.proxyPassword.isEmpty();
                m_info.unlockedKeys = learned.passphrases.keys();
                m_memory = learned;
                if (m_jumpHost) {
                    m_memory.jumpHost
                        = std::make_shared<const LoginMemory>(m_jumpHost->connection().memory());
                }
                m_memory.use = LoginMemory::Use::Twin;
            });
    startLog();
}

// What libssh says comes from the connection's thread, the rest from here.
void Connection::startLog()
{
    const std::shared_ptr<logging::SessionLog> log = m_settings.log.log;
    if (!log) {
        return;
    }
    m_log = new ConnectionLog(*this, log);
    const auto useLog
        = [this, log] { m_thread->post([log](SessionWorker &) { setThreadLog(log); }); };
    connect(m_log, &ConnectionLog::levelChanged, this, useLog);
    useLog();
}

std::unique_ptr<Connection> Connection::openTwin(const Connection &twin, QObject *parent)
{
    Q_ASSERT(twin.state() == State::Ready);
    std::unique_ptr<Connection> connection(
        new Connection(twin.m_settings, Inherited{twin.m_memory}, parent));
    connection->m_jumpHost = twin.m_jumpHost;
    connection->open();
    return connection;
}

std::unique_ptr<Connection> Connection::openTwin(const ConnectionSettings &settings,
                                                 LoginMemory memory, RoutePool *routes,
                                                 QObject *parent)
{
    memory.use = LoginMemory::Use::Twin;
    std::unique_ptr<Connection> connection(
        new Connection(settings, Inherited{std::move(memory)}, parent));
    connection->m_routes = routes;
    connection->open();
    return connection;
}

std::unique_ptr<Connection> Connection::makeBeside(const Connection &neighbor,
                                                   ConnectionSettings settings, QObject *parent)
{
    Q_ASSERT(settings.route == neighbor.m_settings.route);
    auto connection = std::make_unique<Connection>(std::move(settings), parent);
    connection->m_jumpHost = neighbor.m_jumpHost;
    return connection;
}

Connection::~Connection()
{
    m_thread->interrupt();
    m_thread->post([](SessionWorker &worker) { worker.abort(); });
}

void Connection::open()
{
    m_thread->post([](SessionWorker &worker) { worker.open(); });
    if (std::holds_alternative<JumpVia>(m_settings.route)) {
        startRoute();
    }
}

void Connection::startRoute()
{
    if (!m_jumpHost) {
        if (m_routes == nullptr) {
            m_ownRoutes = std::make_unique<RoutePool>();
            m_routes = m_ownRoutes.get();
        }
        m_jumpHost = m_routes->jumpHost(*std::get<JumpVia>(m_settings.route).host,
                                        std::exchange(m_rememberedJumpHost, std::nullopt));
    }
    m_jumpRoute = std::make_unique<JumpRoute>(m_jumpHost, m_settings);
    connect(m_jumpRoute.get(), &JumpRoute::promptRaised, this, &Connection::promptRaised);
    connect(m_jumpRoute.get(), &JumpRoute::promptWithdrawn, this, &Connection::promptWithdrawn);
    connect(m_jumpRoute.get(), &JumpRoute::noticed, this, &Connection::noticed);
    connect(m_jumpRoute.get(), &JumpRoute::agentWaitChanged, this, &Connection::agentWaitChanged);
    connect(m_jumpRoute.get(), &JumpRoute::hostKeyRefused, this, &Connection::hostKeyRefused);
    connect(m_jumpRoute.get(), &JumpRoute::passed, this, &Connection::jumpHostPassed);
    m_jumpRoute->start(m_thread->worker(), [this](base::Result<net::ConnectedSocket> socket) {
        m_thread->post([socket = std::move(socket)](SessionWorker &worker) mutable {
            worker.useTunnel(std::move(socket));
        });
    });
}

void Connection::close()
{
    m_thread->interrupt();
    m_thread->post([](SessionWorker &worker) { worker.close(); });
}

void Connection::answer(Prompt::Id prompt, PromptAnswer answer)
{
    if (m_log != nullptr) {
        m_log->hide(answer);
    }
    if (m_jumpRoute && m_jumpRoute->answer(prompt, answer)) {
        return;
    }
    m_thread->post([prompt, answer = std::move(answer)](SessionWorker &worker) {
        worker.answer(prompt, answer);
    });
}

// The jump host is let go, and takes back what it asks. Whoever wants to keep what the login took
// does so when he hears of the end.
void Connection::handleClosed(const base::Result<void> &reason)
{
    if (m_jumpRoute) {
        m_jumpRoute->withdrawAll();
        m_jumpRoute.reset();
        m_jumpHost.reset();
    }
    const QPointer<Connection> self(this);
    emit closed(reason);
    if (self) {
        m_memory = {};
    }
}

void Connection::follow(State state)
{
    m_state = state;
    emit stateChanged(state);
}

std::unique_ptr<Shell> Connection::openShell(const TerminalRequest &request)
{
    auto handler = std::make_unique<StreamHandler>();
    const StreamHandler &farEnd = *handler;
    handler->moveToThread(m_thread->worker().thread());
    auto shell = std::make_unique<Shell>(reserveChannel(), farEnd);
    TerminalRequest terminal = withSettings(request, m_settings);
    if (!m_settings.terminalType.isEmpty()) {
        terminal.term = m_settings.terminalType.toLatin1();
    }
    if (m_settings.startupCommand.isEmpty()) {
        openChannel(m_lastChannel, terminal, std::move(handler));
    } else {
        openChannel(m_lastChannel,
                    ExecRequest{.command = m_settings.startupCommand.toUtf8(),
                                .environment = terminal.environment,
                                .use = terminal.use,
                                .terminal = terminal},
                    std::move(handler));
    }
    return shell;
}

std::unique_ptr<ExecProcess> Connection::start(const ExecRequest &request)
{
    auto handler = std::make_unique<StreamHandler>();
    const StreamHandler &farEnd = *handler;
    handler->moveToThread(m_thread->worker().thread());
    auto process = std::make_unique<ExecProcess>(reserveChannel(), farEnd);
    openChannel(m_lastChannel, withSettings(request, m_settings), std::move(handler));
    return process;
}

ChannelHandle Connection::openChannel(const ChannelRequest &request,
                                      std::unique_ptr<ChannelHandler> handler)
{
    ChannelHandle channel = reserveChannel();
    openChannel(m_lastChannel, request, std::move(handler));
    return channel;
}

ChannelHandle Connection::openTunnel(const DirectTcpipRequest &request,
                                     std::unique_ptr<TunnelHandler> handler)
{
    handler->moveToThread(m_thread->worker().thread());
    return openChannel(request, std::move(handler));
}

ServiceHandle Connection::addService(std::unique_ptr<ConnectionService> service)
{
    const ServiceHandle::Id id = ++m_lastService;
    m_thread->post([id, service = std::move(service)](SessionWorker &worker) mutable {
        worker.services().add(id, std::move(service));
    });
    return {m_thread, id};
}

ChannelHandle Connection::reserveChannel()
{
    return {m_thread, ++m_lastChannel};
}

void Connection::openChannel(ChannelHandle::Id id, const ChannelRequest &request,
                             std::unique_ptr<ChannelHandler> handler)
{
    m_thread->post([id, request, handler = std::move(handler)](SessionWorker &worker) mutable {
        worker.channels().add(id, request, std::move(handler));
    });
}

} // namespace ssh
