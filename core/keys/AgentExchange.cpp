#include "keys/AgentExchange.h"

#include "base/UnixSocket.h"
#include "keys/AgentProtocol.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

namespace keys {
namespace {

using namespace std::chrono_literals;

constexpr auto queueTime = 20ms; // until an agent that has too much to do is called again

QString systemText(int code)
{
    return QString::fromLocal8Bit(std::system_category().message(code));
}

} // namespace

AgentExchange::AgentExchange(QString socketPath, QByteArray request)
    : m_socketPath(std::move(socketPath))
    , m_request(std::move(request))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(base::ErrorKind::TimedOut, QStringLiteral("no answer")); });
}

void AgentExchange::start(std::chrono::milliseconds timeLimit)
{
    m_deadline.start(timeLimit);
    connectToAgent();
}

void AgentExchange::cancel()
{
    fail(base::ErrorKind::Cancelled, {});
}

void AgentExchange::connectToAgent()
{
    if (m_hasEnded) {
        return; // in the meantime
    }
    auto connected = base::connectToUnixSocket(m_socketPath);
    if (!connected && connected.error().code == EAGAIN) { // others are in the queue, up to its end
        QTimer::singleShot(queueTime, this, [this] { connectToAgent(); });
        return;
    }
    if (!connected) {
        fail(base::ErrorKind::Unreachable, systemText(connected.error().code));
        return;
    }
    m_socket = std::move(*connected);
    m_readable = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Write);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &AgentExchange::receive);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &AgentExchange::send);
}

void AgentExchange::send()
{
    const ssize_t count = ::send(m_socket.get(), m_request.constData(),
                                 static_cast<std::size_t>(m_request.size()), MSG_NOSIGNAL);
    if (count >= 0) {
        m_request.remove(0, count);
        m_writable->setEnabled(!m_request.isEmpty());
    } else if (errno != EAGAIN && errno != EINTR) {
        fail(base::ErrorKind::ConnectionLost, systemText(errno));
    }
}

void AgentExchange::receive()
{
    std::array<char, 4096> bytes;
    const ssize_t count = ::recv(m_socket.get(), bytes.data(), bytes.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (count <= 0) {
        fail(base::ErrorKind::ConnectionLost,
             count == 0 ? QStringLiteral("the agent has hung up") : systemText(errno));
        return;
    }
    m_received.append(bytes.data(), count);
    const auto taken = takeAgentMessage(m_received);
    if (!taken) {
        finish(base::Failure(taken.error()));
    } else if (const std::optional<QByteArray> &message = *taken; message) {
        finish(*message);
    }
}

void AgentExchange::fail(base::ErrorKind kind, const QString &detail)
{
    finish(base::Failure(base::Error{.kind = kind,
                                     .operation = QStringLiteral("ask agent"),
                                     .subject = m_socketPath,
                                     .detail = detail}));
}

void AgentExchange::finish(const base::Result<QByteArray> &answer)
{
    if (std::exchange(m_hasEnded, true)) {
        return;
    }
    m_deadline.stop();
    for (const auto *notifier : {&m_readable, &m_writable}) {
        if (*notifier != nullptr) {
            (*notifier)->setEnabled(false);
        }
    }
    m_socket = {};
    emit finished(answer);
}

} // namespace keys
