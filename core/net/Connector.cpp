#include "net/Connector.h"

#include "net/AddressOrder.h"
#include "net/ConnectAttempt.h"
#include "net/HostLookup.h"

#include <QMetaObject>
#include <QStringList>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace net {
namespace {

using namespace std::chrono_literals;

// "Connection Attempt Delay", RFC 8305 section 5.
constexpr std::chrono::milliseconds staggerDelay = 250ms;

void resolveBySystem(const QString &host, QObject *context,
                     std::function<void(const Connector::Addresses &)> done)
{
    lookUpHost(host).then(context, std::move(done));
}

} // namespace

Connector::Connector(QObject *parent)
    : Connector(resolveBySystem, parent)
{
}

Connector::Connector(Resolver resolver, QObject *parent)
    : QObject(parent)
    , m_resolver(std::move(resolver))
    , m_deadline(this) // children follow into another thread
    , m_stagger(this)
{
    m_deadline.setSingleShot(true);
    m_stagger.setSingleShot(true);
    m_stagger.setInterval(staggerDelay);
    connect(&m_deadline, &QTimer::timeout, this, &Connector::handleTimeout);
    connect(&m_stagger, &QTimer::timeout, this, &Connector::startNextAttempt);
}

Connector::~Connector() = default;

void Connector::start(const Endpoint &endpoint, std::chrono::milliseconds timeLimit)
{
    Q_ASSERT(m_host.isEmpty()); // for one use
    m_host = endpoint.host;
    m_port = endpoint.port;
    m_family = endpoint.family;
    m_source = IpAddress::parse(endpoint.bindAddress);
    m_deadline.start(timeLimit);
    if (!m_source && !endpoint.bindAddress.isEmpty()) {
        base::Error noAddress = error(base::ErrorKind::InvalidName);
        noAddress.operation = QStringLiteral("bind");
        noAddress.subject = endpoint.bindAddress;
        finish(base::Failure(noAddress));
        return;
    }

    if (const auto literal = IpAddress::parse(m_host)) {
        handleResolved(QList{*literal});
        return;
    }
    m_resolver(m_host, this, [this](const Addresses &addresses) { handleResolved(addresses); });
}

void Connector::cancel()
{
    if (!m_result) {
        finish(base::Failure(error(base::ErrorKind::Cancelled)));
    }
}

base::Result<ConnectedSocket> Connector::takeResult()
{
    Q_ASSERT(m_result);
    return std::move(*m_result);
}

void Connector::handleResolved(const Addresses &addresses)
{
    if (m_result) {
        return; // cancelled or too late
    }
    if (!addresses) {
        finish(base::Failure(addresses.error()));
        return;
    }
    fillQueue(*addresses);
    if (!m_untried.isEmpty()) {
        startNextAttempt();
    } else {
        finish(base::Failure(error(m_unwanted.isEmpty() ? base::ErrorKind::HostNotFound
                                                        : base::ErrorKind::Unreachable)));
    }
}

bool Connector::isWanted(const IpAddress &address) const
{
    const bool suitsSource = !m_source || m_source->family() == address.family();
    return suitsSource && (m_family == base::AddressFamily::Any || m_family == address.family());
}

void Connector::fillQueue(const QList<IpAddress> &addresses)
{
    for (const IpAddress &address : interleavedByFamily(addresses)) {
        if (isWanted(address)) {
            m_untried.append(address);
        } else {
            m_unwanted.append(
                QStringLiteral("%1: not tried, because only %2 is asked for")
                    .arg(address.toString(),
                         address.isIpv6() ? QStringLiteral("IPv4") : QStringLiteral("IPv6")));
        }
    }
}

void Connector::startNextAttempt()
{
    m_attempts.push_back(std::make_unique<ConnectAttempt>(m_untried.takeFirst(), m_port, m_source));
    ConnectAttempt &attempt = *m_attempts.back();
    connect(&attempt, &ConnectAttempt::finished, this,
            [this, &attempt] { handleAttemptEnd(attempt); });
    attempt.start();
    if (!m_untried.isEmpty()) {
        m_stagger.start();
    }
}

void Connector::handleAttemptEnd(ConnectAttempt &attempt)
{
    if (m_result) {
        return; // another was faster
    }
    const int code = attempt.outcome().value_or(0);
    if (code == 0) {
        finish(ConnectedSocket{attempt.takeSocket(), attempt.address().toString(), m_port});
    } else if (!m_untried.isEmpty()) {
        m_stagger.stop();
        startNextAttempt();
    } else if (std::ranges::all_of(m_attempts,
                                   [](const auto &each) { return each->outcome().has_value(); })) {
        base::Error unreachable = error(base::ErrorKind::Unreachable);
        unreachable.source = base::ErrorSource::Local;
        unreachable.code = code;
        if (std::ranges::all_of(m_attempts,
                                [](const auto &each) { return each->outcome() == ECONNREFUSED; })) {
            unreachable.cause = base::ErrorCause::Refused;
        }
        finish(base::Failure(unreachable));
    }
}

void Connector::handleTimeout()
{
    finish(base::Failure(error(base::ErrorKind::TimedOut)));
}

base::Error Connector::error(base::ErrorKind kind) const
{
    QStringList reports;
    for (const auto &attempt : m_attempts) {
        reports.append(attempt->report());
    }
    reports += m_unwanted;
    const QString detail = reports.join(QLatin1Char('\n'));
    return {.kind = kind,
            .operation = m_attempts.empty() ? QStringLiteral("resolve") : QStringLiteral("connect"),
            .subject = m_host,
            .detail = detail,
            .quote = reports.size() > 1 ? detail : QString()};
}

void Connector::finish(base::Result<ConnectedSocket> result)
{
    m_result = std::move(result);
    m_deadline.stop();
    m_stagger.stop();
    // Later, because the attempt that is signaling now must outlive its signal.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_attempts.clear();
            emit finished();
        },
        Qt::QueuedConnection);
}

} // namespace net
