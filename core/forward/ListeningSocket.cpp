#include "forward/ListeningSocket.h"

#include "base/UnixSocket.h"
#include "net/IpAddress.h"

#include <QFile>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace forward {
namespace {

using namespace std::chrono_literals;
using base::Error;
using base::Failure;
using base::Result;
using net::IpAddress;
using net::SocketAddress;

constexpr int backlog = 128;
constexpr int clientsPerTurn = 64; // so that others of the thread get theirs
constexpr auto retryTime = 500ms;
constexpr int attempts = 16; // at a free port that is free on both loopback addresses
constexpr int portsTried = 200;

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
    return ::getsockname(socket, address.get(), &address.size) == 0 ? address.port() : 0;
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

Client clientOf(int socket, const SocketAddress &peer)
{
    Client client{base::UniqueFd(socket)};
    if (const auto address = IpAddress::from(*peer.get())) {
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        client.address = address->toString().toLatin1();
        client.port = peer.port();
    }
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
    const auto address = IpAddress::parse(host);
    const QString where = profiles::ForwardEnd{host, port, {}}.toString();
    if (!address) {
        Error error;
        error.kind = base::ErrorKind::InvalidName;
        error.operation = QStringLiteral("listen");
        error.subject = host;
        return Failure(error);
    }
    const auto bound = address->withPort(port);
    if (!bound) {
        return Failure(errorOf(EADDRNOTAVAIL, where)); // of an interface that is not there
    }
    base::UniqueFd fd(newSocket(bound->storage.ss_family));
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bound->storage.ss_family == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
    if (!fd.isValid() || ::bind(fd.get(), bound->get(), bound->size) != 0
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
    const auto address = base::unixAddress(path);
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
