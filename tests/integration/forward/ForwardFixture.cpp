#include "tests/integration/forward/ForwardFixture.h"

#include <QFile>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>

namespace tests {

base::Result<void> ForwardFixture::start(const SshServerOptions &options)
{
    if (const auto ready = m_fixture.setUp(); !ready) {
        return ready;
    }
    SshServerOptions withKey = options;
    m_server
        = std::make_unique<SshServer>(withKey.withAuthorizedKey(m_fixture.userKey().publicLine));
    return m_server->start();
}

bool ForwardFixture::connect()
{
    ssh::ConnectionSettings settings = m_fixture.settingsWithKey(*m_server);
    settings.timeouts.keepAlive = m_keepAlive;
    m_probe = std::make_unique<ConnectionProbe>(settings);
    m_forwards.attach(m_probe->connection());
    return m_probe->connectAndWait();
}

ForwardFixture::Id ForwardFixture::attempt(profiles::Forward::Kind kind, const QString &words)
{
    const auto forward = profiles::Forward::parse(kind, words);
    if (!forward) {
        return 0;
    }
    const Id id = m_forwards.add(*forward);
    const bool isDecided = QTest::qWaitFor(
        [&] { return status(id).state == State::Listening || status(id).state == State::Failed; });
    return isDecided ? id : 0;
}

ForwardFixture::Id ForwardFixture::add(profiles::Forward::Kind kind, const QString &words)
{
    const Id id = attempt(kind, words);
    return id != 0 && status(id).state == State::Listening ? id : 0;
}

BlockingSocket BlockingSocket::connectedTo(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    base::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const bool isConnected
        = ::connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    return isConnected ? BlockingSocket(fd.release()) : BlockingSocket();
}

BlockingSocket BlockingSocket::connectedTo(const QString &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, QFile::encodeName(path).constData(),
                 sizeof address.sun_path - 1);
    base::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const bool isConnected
        = ::connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    return isConnected ? BlockingSocket(fd.release()) : BlockingSocket();
}

bool BlockingSocket::send(const QByteArray &bytes) const
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count = ::send(m_fd.get(), bytes.constData() + sent,
                                     static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        sent += count;
    }
    return true;
}

QByteArray BlockingSocket::receive(qsizetype atMost) const
{
    QByteArray bytes(atMost, '\0');
    const ssize_t count
        = ::recv(m_fd.get(), bytes.data(), static_cast<std::size_t>(bytes.size()), 0);
    return bytes.first(std::max(count, ssize_t{0}));
}

QByteArray BlockingSocket::receiveExactly(qsizetype size) const
{
    QByteArray all;
    for (QByteArray piece; all.size() < size; all += piece) {
        piece = receive(size - all.size());
        if (piece.isEmpty()) {
            break;
        }
    }
    return all;
}

QByteArray BlockingSocket::receiveAll() const
{
    QByteArray all;
    for (QByteArray piece = receive(65536); !piece.isEmpty(); piece = receive(65536)) {
        all += piece;
    }
    return all;
}

void BlockingSocket::shutDown() const
{
    ::shutdown(m_fd.get(), SHUT_WR);
}

BlockingServer::BlockingServer(std::function<void(BlockingSocket)> serve)
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listener.get(), reinterpret_cast<const sockaddr *>(&address), size) != 0) {
        qFatal("no port to listen on");
    }
    ::listen(m_listener.get(), 256);
    ::getsockname(m_listener.get(), reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this, fd = m_listener.get(), serve = std::move(serve)] {
        for (int client = ::accept(fd, nullptr, nullptr); client >= 0;
             client = ::accept(fd, nullptr, nullptr)) {
            m_clients.emplace_back([client, serve] { serve(BlockingSocket(client)); });
        }
        for (std::thread &thread : m_clients) {
            thread.join();
        }
    });
}

BlockingServer::~BlockingServer()
{
    ::shutdown(m_listener.get(), SHUT_RDWR); // wakes accept()
    m_thread.join();
}

EchoServer::EchoServer()
    : m_server([](const BlockingSocket &client) {
        QByteArray piece;
        do {
            piece = client.receive(65536);
        } while (!piece.isEmpty() && client.send(piece));
    })
{
}

QByteArray exchange(quint16 port, const QByteArray &bytes)
{
    return inThread([port, bytes] {
        const BlockingSocket socket = BlockingSocket::connectedTo(port);
        if (!socket.isValid() || !socket.send(bytes)) {
            return QByteArray();
        }
        socket.shutDown();
        return socket.receiveAll();
    });
}

} // namespace tests
