#include "net/ConnectAttempt.h"

#include <QMetaObject>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

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

ConnectAttempt::ConnectAttempt(IpAddress address, quint16 port, std::optional<IpAddress> source)
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
    const QString from = m_isSourceRefused && m_source
        ? QStringLiteral("not from the address %1: ").arg(m_source->toString())
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
    const std::optional<SocketAddress> target = m_address.withPort(m_port);
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
    if (!m_source) {
        return 0;
    }
    const std::optional<SocketAddress> source = m_source->withPort(0);
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
