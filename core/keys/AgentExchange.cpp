#include "keys/AgentExchange.h"

#include "keys/AgentProtocol.h"

#include <optional>
#include <utility>

namespace keys {

AgentExchange::AgentExchange(QString socketPath, QByteArray request)
    : m_socketPath(std::move(socketPath))
    , m_request(std::move(request))
{
    m_deadline.setSingleShot(true);
    m_socket.setReadBufferSize(agentMessageLimitBytes);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(base::ErrorKind::TimedOut, QStringLiteral("no answer")); });
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_socket.write(m_request); });
    connect(&m_socket, &QLocalSocket::readyRead, this, &AgentExchange::handleReadyRead);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &AgentExchange::handleError);
}

void AgentExchange::start(std::chrono::milliseconds timeLimit)
{
    m_deadline.start(timeLimit);
    m_socket.connectToServer(m_socketPath);
}

void AgentExchange::cancel()
{
    fail(base::ErrorKind::Cancelled, {});
}

void AgentExchange::handleReadyRead()
{
    m_received.append(m_socket.readAll());
    const auto taken = takeAgentMessage(m_received);
    if (!taken) {
        finish(base::Failure(taken.error()));
    } else if (const std::optional<QByteArray> &message = *taken; message) {
        finish(*message);
    }
}

void AgentExchange::handleError(QLocalSocket::LocalSocketError error)
{
    const bool wasConnected = error == QLocalSocket::PeerClosedError;
    fail(wasConnected ? base::ErrorKind::ConnectionLost : base::ErrorKind::Unreachable,
         m_socket.errorString());
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
    m_socket.abort();
    emit finished(answer);
}

} // namespace keys
