#include "ssh/Dialer.h"

#include <QMetaObject>

#include <chrono>
#include <utility>
#include <variant>

namespace ssh {
namespace {

using namespace std::chrono_literals;

constexpr int mostPasswords = 3;

// A proxy command that closes its output is about to end, and says why until then.
constexpr std::chrono::milliseconds commandEndLimit = 1s;

QString nameOf(const base::ProxyAddress &proxy)
{
    return QStringLiteral("%1:%2").arg(proxy.host).arg(proxy.port);
}

} // namespace

Dialer::Dialer(const ConnectionSettings &settings, const std::optional<LoginMemory> &memory,
               QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_isTwin(memory && memory->use == LoginMemory::Use::Twin)
    , m_explanationLimit(this)
{
    if (memory && !memory->proxyPassword.isEmpty()) {
        m_password = memory->proxyPassword;
    }
    m_explanationLimit.setSingleShot(true);
    connect(&m_explanationLimit, &QTimer::timeout, this, &Dialer::explainNow);
}

Dialer::~Dialer() = default;

const base::ProxyAddress *Dialer::proxy() const
{
    return std::get_if<base::ProxyAddress>(&m_settings.route);
}

void Dialer::start()
{
    if (const base::ProxyAddress *through = proxy()) {
        connectTo(through->host, through->port);
    } else if (const auto *command = std::get_if<net::ProxyCommand>(&m_settings.route)) {
        startCommand(*command);
    } else if (const auto *none = std::get_if<NoRoute>(&m_settings.route)) {
        finish(base::Failure(none->reason));
    } else if (std::holds_alternative<DirectRoute>(m_settings.route)) {
        connectTo(m_settings.host, m_settings.port);
    }
}

void Dialer::connectTo(const QString &host, quint16 port)
{
    m_connector = std::make_unique<net::Connector>();
    connect(m_connector.get(), &net::Connector::finished, this, &Dialer::handleConnected);
    m_connector->start({host, port, m_settings.addressFamily, m_settings.bindAddress},
                       m_settings.timeouts.connect);
}

void Dialer::handleConnected()
{
    auto socket = m_connector->takeResult();
    if (socket && proxy() != nullptr) {
        negotiate(std::move(*socket));
    } else {
        finish(std::move(socket));
    }
}

void Dialer::negotiate(net::ConnectedSocket socket)
{
    m_negotiation = std::make_unique<net::ProxyNegotiation>(
        std::move(socket.fd), *proxy(), net::ProxyTarget{m_settings.host, m_settings.port},
        m_password);
    connect(m_negotiation.get(), &net::ProxyNegotiation::finished, this, &Dialer::handleNegotiated);
    m_negotiation->start(m_settings.timeouts.connect);
}

void Dialer::handleNegotiated()
{
    auto outcome = m_negotiation->takeOutcome();
    if (auto *socket = std::get_if<base::UniqueFd>(&outcome)) {
        m_proxyPassword = m_password.value_or(base::SecretString());
        finish(net::ConnectedSocket{std::move(*socket), {}, m_settings.port});
    } else if (const auto *error = std::get_if<base::Error>(&outcome)) {
        finish(base::Failure(*error));
    } else {
        askForPassword();
    }
}

void Dialer::askForPassword()
{
    if (m_isTwin || m_loginAttempts == mostPasswords) {
        finish(base::Failure(base::Error{.kind = base::ErrorKind::AuthenticationFailed,
                                         .operation = QStringLiteral("log in to the proxy"),
                                         .subject = nameOf(*proxy()),
                                         .detail = QStringLiteral("It refused the password")}));
        return;
    }
    ++m_loginAttempts;
    emit questionRaised(ProxyPasswordQuestion{proxy()->user, nameOf(*proxy()), m_loginAttempts});
}

void Dialer::answer(const PromptAnswer &answer)
{
    const auto *secrets = std::get_if<SecretAnswers>(&answer);
    if (secrets == nullptr || secrets->isEmpty()) {
        finish(base::Failure(base::Error{.kind = base::ErrorKind::Cancelled,
                                         .operation = QStringLiteral("log in to the proxy"),
                                         .subject = nameOf(*proxy())}));
        return;
    }
    m_password = secrets->first();
    connectTo(proxy()->host, proxy()->port);
}

void Dialer::startCommand(const net::ProxyCommand &command)
{
    m_process = std::make_unique<net::ProxyProcess>();
    connect(m_process.get(), &net::ProxyProcess::errorOutput, this, &Dialer::commandSaid);
    connect(m_process.get(), &net::ProxyProcess::ended, this, &Dialer::explainNow);
    auto socket = m_process->start(command,
                                   {.host = m_settings.host,
                                    .port = m_settings.port,
                                    .user = m_settings.user,
                                    .typedHost = m_settings.typedHost,
                                    .hostKeyAlias = m_settings.hostKeyAlias});
    if (socket) {
        finish(net::ConnectedSocket{std::move(*socket), {}, m_settings.port});
    } else {
        finish(base::Failure(socket.error()));
    }
}

void Dialer::useTunnel(base::Result<net::ConnectedSocket> tunnel)
{
    finish(std::move(tunnel));
}

void Dialer::handleTunnelLost(const base::Error &cause)
{
    m_tunnelEnd = cause;
}

void Dialer::cancel()
{
    m_connector.reset();
    m_negotiation.reset();
    if (!m_result) {
        m_result = base::Failure(base::Error{.kind = base::ErrorKind::Cancelled});
    }
}

void Dialer::hangUp()
{
    m_process.reset();
    m_password.reset();
    m_proxyPassword = {};
}

base::Result<net::ConnectedSocket> Dialer::takeResult()
{
    Q_ASSERT(m_result);
    return std::move(*m_result);
}

// The cause of a tunnel's end was posted to this thread before its socket was closed: what is
// queued now comes after it. A proxy command is given a moment to end and to say why.
void Dialer::explain(const base::Error &lost)
{
    m_unexplained = lost;
    if (m_process && !m_process->hasEnded()) {
        m_explanationLimit.start(commandEndLimit);
    } else {
        QMetaObject::invokeMethod(this, &Dialer::explainNow, Qt::QueuedConnection);
    }
}

void Dialer::explainNow()
{
    if (!m_unexplained) {
        return;
    }
    base::Error error = *std::exchange(m_unexplained, std::nullopt);
    m_explanationLimit.stop();
    if (m_tunnelEnd) {
        error.cause = base::ErrorCause::JumpHostLost;
        error.quote = m_tunnelEnd->quote;
        error.detail = m_tunnelEnd->detail;
    } else if (m_process && m_process->hasEnded()) {
        const base::Error end = m_process->error();
        error.kind = end.kind;
        error.cause = base::ErrorCause::ProxyCommandEnded;
        error.quote = end.quote;
        error.detail = QStringLiteral("%1: %2").arg(end.subject, end.detail);
    }
    emit explained(error);
}

void Dialer::finish(base::Result<net::ConnectedSocket> result)
{
    if (m_result) {
        return;
    }
    m_result = std::move(result);
    QMetaObject::invokeMethod(this, &Dialer::finished, Qt::QueuedConnection);
}

} // namespace ssh
