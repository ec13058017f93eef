#include "net/ProxyNegotiation.h"

#include <QMetaObject>

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace net {
namespace {

bool mustWait(int code)
{
    return code == EAGAIN || code == EWOULDBLOCK || code == EINTR;
}

QString textOf(int code)
{
    return QString::fromLocal8Bit(std::system_category().message(code));
}

} // namespace

ProxyNegotiation::ProxyNegotiation(base::UniqueFd socket, const base::ProxyAddress &proxy,
                                   const ProxyTarget &target,
                                   const std::optional<base::SecretString> &password,
                                   QObject *parent)
    : QObject(parent)
    , m_proxy(proxy)
    , m_dialog(ProxyDialog::create(proxy, target, password))
    , m_socket(std::move(socket))
    , m_deadline(this)
    , m_readable(std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read))
    , m_writable(std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Write))
{
    m_deadline.setSingleShot(true);
    m_writable->setEnabled(false);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(base::ErrorKind::TimedOut, QStringLiteral("The proxy is silent")); });
    connect(m_readable.get(), &QSocketNotifier::activated, this, &ProxyNegotiation::handleReadable);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &ProxyNegotiation::send);
}

ProxyNegotiation::~ProxyNegotiation()
{
    base::SecretString::fromUtf8(std::move(m_unsent));
}

void ProxyNegotiation::start(std::chrono::milliseconds timeLimit)
{
    m_deadline.start(timeLimit);
    m_dialog->start();
    conclude();
    send();
}

ProxyNegotiation::Outcome ProxyNegotiation::takeOutcome()
{
    Q_ASSERT(m_outcome);
    return std::move(*m_outcome);
}

// Looks first, and takes what belongs to the answer: the server may have spoken already.
void ProxyNegotiation::handleReadable()
{
    if (m_outcome) {
        return;
    }
    std::array<char, 4096> bytes;
    const ssize_t count = ::recv(m_socket.get(), bytes.data(), bytes.size(), MSG_PEEK);
    if (count <= 0) {
        const int code = errno;
        if (count == 0) {
            fail(base::ErrorKind::ProxyRefused, QStringLiteral("The proxy hung up"));
        } else if (!mustWait(code)) {
            fail(base::ErrorKind::ProxyRefused, textOf(code));
        }
        return;
    }
    const qsizetype taken = m_dialog->take(QByteArrayView(bytes.data(), count));
    ::recv(m_socket.get(), bytes.data(), static_cast<size_t>(taken), 0);
    conclude();
    send();
}

void ProxyNegotiation::send()
{
    m_unsent.append(m_dialog->takeOutput());
    while (!m_unsent.isEmpty() && !m_outcome) {
        const ssize_t count = ::send(m_socket.get(), m_unsent.constData(),
                                     static_cast<size_t>(m_unsent.size()), MSG_NOSIGNAL);
        if (count < 0) {
            if (!mustWait(errno)) {
                fail(base::ErrorKind::ProxyRefused, textOf(errno));
            }
            break;
        }
        QByteArray rest = m_unsent.sliced(count);
        base::SecretString::fromUtf8(std::exchange(m_unsent, std::move(rest)));
    }
    m_writable->setEnabled(!m_unsent.isEmpty() && !m_outcome);
}

void ProxyNegotiation::conclude()
{
    switch (m_dialog->state()) {
    case ProxyDialog::State::Talking:
        break;
    case ProxyDialog::State::Connected:
        finish(std::move(m_socket));
        break;
    case ProxyDialog::State::LoginNeeded:
        finish(LoginNeeded());
        break;
    case ProxyDialog::State::Failed:
        finish(m_dialog->error());
        break;
    }
}

void ProxyNegotiation::fail(base::ErrorKind kind, const QString &detail)
{
    finish(base::Error{.kind = kind,
                       .operation = QStringLiteral("talk to the proxy"),
                       .subject = QStringLiteral("%1:%2").arg(m_proxy.host).arg(m_proxy.port),
                       .detail = detail,
                       .quote = detail});
}

void ProxyNegotiation::finish(Outcome outcome)
{
    if (m_outcome) {
        return;
    }
    m_outcome = std::move(outcome);
    m_deadline.stop();
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    QMetaObject::invokeMethod(this, &ProxyNegotiation::finished, Qt::QueuedConnection);
}

} // namespace net
