#include "net/ConnectAttempt.h"

#include <QMetaObject>

#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <system_error>

namespace net {
namespace {

using namespace std::chrono_literals;

// How long sent data may go unacknowledged. Without it the kernel repeats for about 15 minutes
// (tcp_retries2 in tcp(7)) before it reports that the other side is gone.
constexpr std::chrono::milliseconds unacknowledgedLimit = 2min;

// Routers with NAT forget idle connections, some after a few minutes; the system's default of two
// hours is too late for that.
constexpr std::chrono::seconds keepAliveIdle = 1min;
constexpr std::chrono::seconds keepAliveInterval = 15s;

struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = 0;

    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }
};

template<typename Address>
SocketAddress toSocketAddress(const Address &address)
{
    SocketAddress result;
    result.size = sizeof address;
    std::memcpy(&result.storage, &address, sizeof address);
    return result;
}

// An IPv6 zone is a number or the name of an interface (RFC 4007 section 11); 0 for no zone.
// Nothing if there is no such interface.
std::optional<quint32> zoneIndex(const QString &zone)
{
    bool isNumber = false;
    const quint32 number = zone.toUInt(&isNumber);
    if (isNumber || zone.isEmpty()) {
        return number;
    }
    const quint32 index = ::if_nametoindex(zone.toLocal8Bit().constData());
    return index == 0 ? std::nullopt : std::optional(index);
}

// Nothing if its zone does not exist here.
std::optional<SocketAddress> socketAddress(const QHostAddress &address, quint16 port)
{
    if (address.protocol() == QHostAddress::IPv4Protocol) {
        sockaddr_in ipv4{};
        ipv4.sin_family = AF_INET;
        ipv4.sin_port = htons(port);
        ipv4.sin_addr.s_addr = htonl(address.toIPv4Address());
        return toSocketAddress(ipv4);
    }
    const std::optional<quint32> zone = zoneIndex(address.scopeId());
    if (!zone) {
        return std::nullopt;
    }
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    sockaddr_in6 ipv6{};
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_port = htons(port);
    ipv6.sin6_scope_id = *zone;
    std::memcpy(&ipv6.sin6_addr, &bytes, sizeof bytes);
    return toSocketAddress(ipv6);
}

// These tune the connection; it works without them, so a refusal is not an error.
void setOption(const base::UniqueFd &socket, int level, int name, qint64 value)
{
    const int number = static_cast<int>(value);
    ::setsockopt(socket.get(), level, name, &number, sizeof number);
}

void setOptions(const base::UniqueFd &socket)
{
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1); // a keystroke does not wait for an answer
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, keepAliveIdle.count());
    setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, keepAliveInterval.count());
    setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, unacknowledgedLimit.count());
}

} // namespace

ConnectAttempt::ConnectAttempt(QHostAddress address, quint16 port, QHostAddress source)
    : m_address(std::move(address))
    , m_port(port)
    , m_source(std::move(source))
{
}

ConnectAttempt::~ConnectAttempt() = default;

void ConnectAttempt::start()
{
    if (const int code = beginConnect(); code != 0) {
        QMetaObject::invokeMethod(this, [this, code] { finish(code); }, Qt::QueuedConnection);
        return;
    }
    // Also tells of a socket that was connected at once.
    m_writable = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Write);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &ConnectAttempt::handleWritable);
}

QString ConnectAttempt::report() const
{
    const QString outcome = m_outcome
        ? QString::fromLocal8Bit(std::system_category().message(*m_outcome))
        : QStringLiteral("no answer");
    const QString from = m_isSourceRefused
        ? QStringLiteral("not from the address %1: ").arg(m_source.toString())
        : QString();
    return QStringLiteral("%1 port %2: %3%4")
        .arg(m_address.toString())
        .arg(m_port)
        .arg(from, outcome);
}

base::UniqueFd ConnectAttempt::takeSocket()
{
    return std::move(m_socket);
}

int ConnectAttempt::beginConnect()
{
    const std::optional<SocketAddress> target = socketAddress(m_address, m_port);
    if (!target) {
        return ENODEV;
    }
    m_socket = base::UniqueFd(
        ::socket(target->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!m_socket.isValid()) {
        return errno;
    }
    setOptions(m_socket);
    if (const int code = bindToSource(); code != 0) {
        m_isSourceRefused = true;
        return code;
    }
    const int status = ::connect(m_socket.get(), target->get(), target->size);
    return status == 0 || errno == EINPROGRESS ? 0 : errno;
}

int ConnectAttempt::bindToSource()
{
    if (m_source.isNull()) {
        return 0;
    }
    const std::optional<SocketAddress> source = socketAddress(m_source, 0);
    if (!source) {
        return ENODEV;
    }
    return ::bind(m_socket.get(), source->get(), source->size) == 0 ? 0 : errno;
}

void ConnectAttempt::handleWritable()
{
    m_writable->setEnabled(false);
    int code = 0;
    socklen_t size = sizeof code;
    if (::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &code, &size) != 0) {
        code = errno;
    }
    finish(code);
}

void ConnectAttempt::finish(int code)
{
    m_outcome = code;
    emit finished();
}

} // namespace net
