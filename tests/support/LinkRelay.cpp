#include "tests/support/LinkRelay.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace tests {
namespace {

using Clock = std::chrono::steady_clock;

constexpr qint64 maxQueuedBytes = 16LL * 1024 * 1024;
constexpr qint64 maxUnwrittenBytes = 1024LL * 1024; // in the outgoing socket
constexpr qint64 readBufferBytes = 256LL * 1024;
constexpr qint64 maxChunkBytes = 16LL * 1024;

// A fiftieth of a second's worth, so that a low rate is a trickle and no burst.
qint64 chunkBytes(qint64 bytesPerSecond)
{
    return bytesPerSecond == 0 ? maxChunkBytes
                               : std::clamp<qint64>(bytesPerSecond / 50, 1, maxChunkBytes);
}

// A close with a linger time of zero sends RST and drops what was not sent (socket(7)).
void reset(QTcpSocket &socket)
{
    const linger dropAll{.l_onoff = 1, .l_linger = 0};
    setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &dropAll,
               sizeof dropAll);
    socket.abort();
}

} // namespace

LinkPipe::LinkPipe(QTcpSocket &from, QTcpSocket &to, PipeConditions &conditions)
    : m_from(from)
    , m_to(to)
    , m_conditions(conditions)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LinkPipe::pump);
    connect(&m_from, &QTcpSocket::readyRead, this, &LinkPipe::pump);
    connect(&m_from, &QTcpSocket::disconnected, this, &LinkPipe::pump);
    connect(&m_to, &QTcpSocket::connected, this, &LinkPipe::pump);
    connect(&m_to, &QTcpSocket::bytesWritten, this, &LinkPipe::pump);
}

void LinkPipe::pump()
{
    if (m_conditions.stalled || m_to.state() == QTcpSocket::ConnectingState) {
        return;
    }
    takeIn();
    putOut();
    if (!m_chunks.isEmpty()) {
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(
            std::max(m_chunks.head().due - Clock::now(), Clock::duration::zero())));
    } else if (m_from.state() == QTcpSocket::UnconnectedState && m_from.bytesAvailable() == 0) {
        m_to.disconnectFromHost(); // after what it still has to write
    }
}

void LinkPipe::takeIn()
{
    while (m_from.bytesAvailable() > 0 && m_queuedBytes < maxQueuedBytes) {
        const QByteArray bytes = m_from.read(chunkBytes(m_conditions.bytesPerSecond));
        PipeConditions::Time &lineFree = m_conditions.lineFree;
        lineFree = std::max(lineFree, Clock::now());
        if (m_conditions.bytesPerSecond > 0) {
            lineFree += std::chrono::nanoseconds(1s) * bytes.size() / m_conditions.bytesPerSecond;
        }
        m_queuedBytes += bytes.size();
        m_chunks.enqueue({.due = lineFree + m_conditions.delay, .bytes = bytes});
    }
}

void LinkPipe::putOut()
{
    while (!m_chunks.isEmpty() && m_chunks.head().due <= Clock::now()
           && m_to.bytesToWrite() < maxUnwrittenBytes) {
        QByteArray bytes = m_chunks.dequeue().bytes;
        const qint64 flip = m_conditions.flipOffset - m_conditions.passed;
        if (m_conditions.flipOffset >= 0 && flip >= 0 && flip < bytes.size()) {
            bytes[flip] = static_cast<char>(bytes[flip] ^ 1);
        }
        m_queuedBytes -= bytes.size();
        const qint64 left = m_conditions.cutOffset - m_conditions.passed;
        const bool isLast = m_conditions.cutOffset >= 0 && left <= bytes.size();
        if (isLast) {
            bytes.truncate(std::max(left, qint64{0}));
            m_conditions.cutOffset = -1;
        }
        m_conditions.passed += bytes.size();
        m_to.write(bytes);
        if (isLast) {
            m_to.flush(); // a reset drops what is not sent
            m_chunks.clear();
            emit cutReached();
            return;
        }
    }
}

LinkRelay::LinkRelay(QString targetAddress, quint16 targetPort)
    : m_targetAddress(std::move(targetAddress))
    , m_targetPort(targetPort)
    , m_server(this)
{
    connect(&m_server, &QTcpServer::newConnection, this, &LinkRelay::handleNewConnection);
}

quint16 LinkRelay::listen()
{
    return m_server.listen(QHostAddress::LocalHost) ? m_server.serverPort() : quint16(0);
}

PipeConditions &LinkRelay::conditions(SlowLink::Direction direction)
{
    return m_conditions.at(direction == SlowLink::Direction::ToServer ? 0 : 1);
}

void LinkRelay::pumpAll()
{
    for (const Connection &connection : m_connections) {
        connection.toServer->pump();
        connection.toClient->pump();
    }
}

void LinkRelay::cut()
{
    std::vector<Connection> cut = std::exchange(m_connections, {});
    for (Connection &connection : cut) {
        connection.toServer.reset(); // a pipe would answer one side's end with an orderly one
        connection.toClient.reset();
        reset(*connection.client);
        reset(*connection.server);
    }
}

void LinkRelay::handleNewConnection()
{
    while (m_server.hasPendingConnections()) {
        Connection connection{.client
                              = std::unique_ptr<QTcpSocket>(m_server.nextPendingConnection()),
                              .server = std::make_unique<QTcpSocket>(),
                              .toServer = {},
                              .toClient = {}};
        QTcpSocket &client = *connection.client;
        QTcpSocket &server = *connection.server;
        // Else a small packet waits for the acknowledgment of the one before: up to 40 ms. A socket
        // forgets what it is told before it is connected.
        client.setSocketOption(QTcpSocket::LowDelayOption, 1);
        connect(&server, &QTcpSocket::connected, &server,
                [&server] { server.setSocketOption(QTcpSocket::LowDelayOption, 1); });
        for (QTcpSocket *socket : {&client, &server}) {
            socket->setReadBufferSize(readBufferBytes);
            connect(socket, &QTcpSocket::disconnected, this, &LinkRelay::removeClosed,
                    Qt::QueuedConnection);
        }
        // A target that refuses looks like one that closes at once.
        connect(&server, &QTcpSocket::errorOccurred, &client, [&client, &server] {
            if (server.state() != QTcpSocket::ConnectedState && server.bytesAvailable() == 0) {
                client.disconnectFromHost();
            }
        });
        connection.toServer
            = std::make_unique<LinkPipe>(client, server, conditions(SlowLink::Direction::ToServer));
        connection.toClient
            = std::make_unique<LinkPipe>(server, client, conditions(SlowLink::Direction::ToClient));
        for (const LinkPipe *pipe : {connection.toServer.get(), connection.toClient.get()}) {
            connect(pipe, &LinkPipe::cutReached, this, &LinkRelay::cut, Qt::QueuedConnection);
        }
        server.connectToHost(m_targetAddress, m_targetPort);
        m_connections.push_back(std::move(connection));
    }
}

void LinkRelay::removeClosed()
{
    std::erase_if(m_connections, [](const Connection &connection) {
        return connection.client->state() == QTcpSocket::UnconnectedState
            && connection.server->state() == QTcpSocket::UnconnectedState;
    });
}

} // namespace tests
