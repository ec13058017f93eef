#include "ssh/JumpRoute.h"

#include "ssh/SessionWorker.h"
#include "ssh/TunnelHandler.h"

#include <QUrl>

#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace ssh {
namespace {

// Far from the numbers that SessionWorker gives to its own questions, so that an answer which comes
// late never meets another server's question.
constexpr Prompt::Id firstPrompt = Prompt::Id{1} << 32;

QString nameOf(const ConnectionSettings &settings)
{
    return settings.port == 22 ? settings.host
                               : QStringLiteral("%1:%2").arg(settings.host).arg(settings.port);
}

} // namespace

JumpRoute::JumpRoute(std::shared_ptr<JumpHost> host, const ConnectionSettings &settings)
    : m_host(std::move(host))
    , m_targetHost(QUrl::toAce(settings.host))
    , m_target(nameOf(settings))
    , m_targetPort(settings.port)
    , m_lastPrompt(firstPrompt)
{
    if (m_targetHost.isEmpty()) { // a numeric address with a zone, for example
        m_targetHost = settings.host.toUtf8();
    }
}

JumpRoute::~JumpRoute()
{
    m_host->leave(*this);
}

QString JumpRoute::hostName() const
{
    return nameOf(m_host->connection().settings());
}

void JumpRoute::start(SessionWorker &worker, Done done)
{
    m_worker = &worker;
    m_done = std::move(done);
    m_host->join(*this);
    Connection &connection = m_host->connection();
    connect(&connection, &Connection::jumpHostPassed, this, &JumpRoute::passed);
    connect(&connection, &Connection::stateChanged, this, [this](Connection::State state) {
        if (state == Connection::State::Ready) {
            emit passed(m_host->connection().settings(), m_host->connection().info());
            openTunnel();
        }
    });
    connect(&connection, &Connection::closed, this, [this] {
        if (m_done) {
            fail(*m_host->end()); // JumpHost was told first
        }
    });
    connect(&connection, &Connection::hostKeyRefused, this, &JumpRoute::hostKeyRefused);
    connect(&connection, &Connection::agentWaitChanged, this, &JumpRoute::agentWaitChanged);
    connect(&connection, &Connection::noticed, this, [this](Notice notice) {
        if (notice.jumpHost.isEmpty()) {
            notice.jumpHost = hostName();
        }
        emit noticed(notice);
    });
    if (!m_host->isUsable()) {
        fail(*m_host->end());
    } else if (connection.state() == Connection::State::Ready) {
        openTunnel();
    }
}

void JumpRoute::openTunnel()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0) {
        fail(base::Error::fromErrno(errno, QStringLiteral("make a socket"), m_target));
        return;
    }
    m_socket = base::UniqueFd(ends[0]);
    auto handler = std::make_unique<TunnelHandler>(base::UniqueFd(ends[1]));
    connect(handler.get(), &TunnelHandler::opened, this, [this] {
        if (m_done) {
            std::exchange(m_done, {})(net::ConnectedSocket{std::move(m_socket), {}, m_targetPort});
        }
    });
    connect(handler.get(), &TunnelHandler::failed, this, &JumpRoute::handleTunnelFailure);
    connect(handler.get(), &TunnelHandler::failed, m_worker,
            [worker = m_worker, name = hostName()](base::Error error) {
                error.quote = name;
                error.detail = QStringLiteral("The jump host %1: %2").arg(name, error.detail);
                worker->handleTunnelLost(error);
            });
    m_host->connection().openTunnel(DirectTcpipRequest{m_targetHost, m_targetPort},
                                    std::move(handler));
}

// Before it was open: the jump host refuses, or has ended.
void JumpRoute::handleTunnelFailure(const base::Error &error)
{
    if (m_done) {
        fail(error);
    }
}

void JumpRoute::fail(base::Error error)
{
    const QString where
        = QStringLiteral("%1 is a jump host on the way to %2").arg(hostName(), m_target);
    error.detail = error.detail.isEmpty() ? where : where + u'\n' + error.detail;
    if (error.subject.isEmpty()) {
        error.subject = m_target;
    }
    if (error.kind == base::ErrorKind::ForwardingRefused) {
        error.quote = hostName();
    }
    std::exchange(m_done, {})(base::Failure(error));
}

void JumpRoute::present(const Prompt &prompt)
{
    Prompt relayed = prompt;
    relayed.id = ++m_lastPrompt;
    if (relayed.jumpHost.isEmpty()) {
        relayed.jumpHost = hostName();
    }
    m_prompts.emplace(relayed.id, prompt.id);
    emit promptRaised(relayed);
}

void JumpRoute::withdraw(Prompt::Id prompt)
{
    const auto found
        = std::ranges::find(m_prompts, prompt, [](const auto &pair) { return pair.second; });
    if (found != m_prompts.end()) {
        const Prompt::Id ours = found->first;
        m_prompts.erase(found);
        emit promptWithdrawn(ours);
    }
}

void JumpRoute::withdrawAll()
{
    for (const auto &[ours, theirs] : std::exchange(m_prompts, {})) {
        emit promptWithdrawn(ours);
    }
}

bool JumpRoute::answer(Prompt::Id prompt, const PromptAnswer &answer)
{
    if (prompt <= firstPrompt) {
        return false;
    }
    if (const auto found = m_prompts.find(prompt); found != m_prompts.end()) {
        const Prompt::Id theirs = found->second;
        m_prompts.erase(found);
        m_host->answer(theirs, answer);
    }
    return true;
}

} // namespace ssh
