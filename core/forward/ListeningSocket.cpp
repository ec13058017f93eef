#include "forward/ListeningSocket.h"

#include <QFile>
#include <QHostAddress>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

namespace forward {
namespace {

using namespace std::chrono_literals;
using base::Error;
using base::Failure;
using base::Result;

constexpr int backlog = 128;
constexpr int clientsPerTurn = 64; // so that others of the thread get theirs
constexpr auto retryTime = 500ms;
constexpr int attempts = 16; // at a free port that is free on both loopback addresses
constexpr int portsTried = 200;

struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

template<typename Address>
SocketAddress toSocketAddress(const Address &address)
{
    SocketAddress result;
    result.size = sizeof address;
    std::memcpy(&result.storage, &address, sizeof address);
    return result;
}

SocketAddress socketAddress(const QHostAddress &host, quint16 port)
{
    if (host.protocol() == QHostAddress::IPv4Protocol) {
        sockaddr_in ipv4{};
        ipv4.sin_family = AF_INET;
        ipv4.sin_port = htons(port);
        ipv4.sin_addr.s_addr = htonl(host.toIPv4Address());
        return toSocketAddress(ipv4);
    }
    sockaddr_in6 ipv6{};
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = host.toIPv6Address();
    std::memcpy(&ipv6.sin6_addr, &bytes, sizeof bytes);
    return toSocketAddress(ipv6);
}

Error errorOf(int code, const QString &where)
{
    Error error = Error::fromErrno(code, QStringLiteral("listen"), where);
    if (code == EADDRINUSE) {
        error.kind = base::ErrorKind::AlreadyExists;
    }
    return error;
}

QStringList hostsOf(const QString &host)
{
    if (host.isEmpty() || host == QStringLiteral("localhost")) {
        return {QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
    }
    if (host == QStringLiteral("*")) {
        return {QStringLiteral("0.0.0.0"), QStringLiteral("::")};
    }
    return {host};
}

quint16 portOf(int socket)
{
    SocketAddress address;
    if (::getsockname(socket, address.get(), &address.size) != 0) {
        return 0;
    }
    return address.storage.ss_family == AF_INET
        ? ntohs(reinterpret_cast<const sockaddr_in *>(&address.storage)->sin_port)
        : ntohs(reinterpret_cast<const sockaddr_in6 *>(&address.storage)->sin6_port);
}

std::optional<sockaddr_un> unixAddress(const QString &path)
{
    const QByteArray bytes = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (static_cast<std::size_t>(bytes.size()) >= sizeof address.sun_path) {
        return std::nullopt;
    }
    std::memcpy(address.sun_path, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return address;
}

int newSocket(int family)
{
    return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

// A socket whose program has gone refuses connections.
bool isAbandoned(const sockaddr_un &address)
{
    struct stat status{};
    if (::lstat(address.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        return false;
    }
    const base::UniqueFd probe(newSocket(AF_UNIX));
    return ::connect(probe.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        && errno == ECONNREFUSED;
}

Client clientOf(int socket, SocketAddress &peer)
{
    Client client{base::UniqueFd(socket)};
    if (peer.storage.ss_family != AF_INET && peer.storage.ss_family != AF_INET6) {
        return client;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    client.address = QHostAddress(peer.get()).toString().toLatin1();
    client.port = peer.storage.ss_family == AF_INET
        ? ntohs(reinterpret_cast<const sockaddr_in *>(&peer.storage)->sin_port)
        : ntohs(reinterpret_cast<const sockaddr_in6 *>(&peer.storage)->sin6_port);
    return client;
}

} // namespace

ListeningSocket::ListeningSocket()
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryTime);
    connect(&m_retry, &QTimer::timeout, this, &ListeningSocket::updateNotifiers);
}

ListeningSocket::~ListeningSocket()
{
    if (!m_path.isEmpty()) {
        QFile::remove(m_path);
    }
}

Result<std::unique_ptr<ListeningSocket>> ListeningSocket::open(const profiles::ForwardEnd &where)
{
    std::unique_ptr<ListeningSocket> socket(new ListeningSocket);
    const auto opened = where.isPath() ? socket->openPath(where.path) : socket->openPort(where);
    if (!opened) {
        return Failure(opened.error());
    }
    return socket;
}

Result<void> ListeningSocket::openPort(const profiles::ForwardEnd &where)
{
    const QStringList hosts = hostsOf(where.host);
    Result<void> result = openPorts(hosts, where.port);
    for (int attempt = 1; !result && where.port == 0 && attempt < attempts; ++attempt) {
        result = openPorts(hosts, 0);
    }
    return result;
}

Result<void> ListeningSocket::openPorts(const QStringList &hosts, quint16 port)
{
    m_sockets.clear();
    m_addresses.clear();
    m_port = 0;
    for (const QString &host : hosts) {
        const auto added = addPort(host, m_port == 0 ? port : m_port);
        const bool isMissing = !added && !m_sockets.empty()
            && (added.error().code == EADDRNOTAVAIL || added.error().code == EAFNOSUPPORT);
        if (!added && !isMissing) { // a system without IPv6 has one loopback address
            m_sockets.clear();
            return added;
        }
    }
    return {};
}

Result<void> ListeningSocket::addPort(const QString &host, quint16 port)
{
    const QHostAddress address(host);
    const QString where = profiles::ForwardEnd{host, port, {}}.toString();
    if (address.isNull()) {
        Error error;
        error.kind = base::ErrorKind::InvalidName;
        error.operation = QStringLiteral("listen");
        error.subject = host;
        return Failure(error);
    }
    SocketAddress bound = socketAddress(address, port);
    base::UniqueFd fd(newSocket(bound.storage.ss_family));
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bound.storage.ss_family == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
    if (!fd.isValid() || ::bind(fd.get(), bound.get(), bound.size) != 0
        || ::listen(fd.get(), backlog) != 0) {
        return Failure(errorOf(errno, where));
    }
    m_port = portOf(fd.get());
    add(std::move(fd), profiles::ForwardEnd{host, m_port, {}}.toString());
    return {};
}

// The mode of the socket is that of the file (Linux), less the umask: nobody else gets in, not even
// for a moment.
Result<void> ListeningSocket::openPath(const QString &path)
{
    const auto address = unixAddress(path);
    if (!address) {
        return Failure(errorOf(ENAMETOOLONG, path));
    }
    base::UniqueFd fd(newSocket(AF_UNIX));
    if (isAbandoned(*address)) {
        QFile::remove(path);
    }
    if (!fd.isValid() || ::fchmod(fd.get(), S_IRUSR | S_IWUSR) != 0
        || ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&*address), sizeof *address) != 0) {
        return Failure(errorOf(errno, path));
    }
    m_path = path;
    if (::listen(fd.get(), backlog) != 0) {
        return Failure(errorOf(errno, path));
    }
    add(std::move(fd), path);
    return {};
}

void ListeningSocket::add(base::UniqueFd socket, const QString &address)
{
    m_sockets.push_back({std::move(socket), nullptr});
    m_addresses.append(address);
}

void ListeningSocket::start(Accept accept)
{
    m_accept = std::move(accept);
    for (Socket &socket : m_sockets) {
        const int fd = socket.fd.get();
        socket.readable = std::make_unique<QSocketNotifier>(fd, QSocketNotifier::Read);
        connect(socket.readable.get(), &QSocketNotifier::activated, this,
                [this, fd] { acceptFrom(fd); });
    }
}

void ListeningSocket::pause()
{
    m_isPaused = true;
    updateNotifiers();
}

void ListeningSocket::resume()
{
    m_isPaused = false;
    updateNotifiers();
}

void ListeningSocket::updateNotifiers()
{
    for (const Socket &socket : m_sockets) {
        socket.readable->setEnabled(!m_isPaused && !m_retry.isActive());
    }
}

void ListeningSocket::acceptFrom(int socket)
{
    for (int count = 0; count < clientsPerTurn && !m_isPaused; ++count) {
        SocketAddress peer;
        const int fd = ::accept4(socket, peer.get(), &peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            m_accept(clientOf(fd, peer));
            continue;
        }
        if (errno == EMFILE || errno == ENFILE) {
            m_retry.start();
            updateNotifiers();
        }
        return;
    }
}

quint16 ListeningSocket::freePort(const profiles::ForwardEnd &where)
{
    profiles::ForwardEnd next = where;
    for (int step = 1; step <= portsTried && where.port + step <= 65535; ++step) {
        next.port = static_cast<quint16>(where.port + step);
        if (open(next)) {
            return next.port;
        }
    }
    return 0;
}

} // namespace forward
