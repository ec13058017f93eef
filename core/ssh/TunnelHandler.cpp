#include "ssh/TunnelHandler.h"

#include <QMetaObject>

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace ssh {
namespace {

constexpr qsizetype credit = qsizetype{256} * 1024;
constexpr qsizetype queueLimit = qsizetype{256} * 1024;
constexpr std::size_t pieceSize = std::size_t{32} * 1024;

bool mustWait(int code)
{
    return code == EAGAIN || code == EWOULDBLOCK || code == EINTR;
}

} // namespace

TunnelHandler::TunnelHandler(base::UniqueFd socket)
    : m_socket(std::move(socket))
{
}

void TunnelHandler::started(ChannelPort &port)
{
    m_port = &port;
    m_readable = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &TunnelHandler::readSocket);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &TunnelHandler::writeSocket);
    port.grant(credit);
    emit opened();
}

void TunnelHandler::received(QByteArrayView data, OutputStream)
{
    m_unsent.append(data);
    writeSocket();
}

// Credit is given for what the other connection's socket has taken.
void TunnelHandler::writeSocket()
{
    qsizetype sent = 0;
    while (sent < m_unsent.size()) {
        const ssize_t count
            = ::send(m_socket.get(), m_unsent.constData() + sent,
                     static_cast<std::size_t>(m_unsent.size() - sent), MSG_NOSIGNAL);
        if (count < 0) {
            if (!mustWait(errno)) { // the other connection is gone: nobody needs the rest
                m_isSocketDone = true;
                m_unsent.clear();
                sent = 0;
            }
            break;
        }
        sent += count;
    }
    m_unsent.remove(0, sent);
    m_writable->setEnabled(!m_unsent.isEmpty());
    if (m_port != nullptr && sent > 0) {
        m_port->grant(sent);
    }
    closeWhenSent();
}

void TunnelHandler::readSocket()
{
    std::array<char, pieceSize> bytes;
    while (m_port != nullptr && !m_isSocketDone && m_port->queuedBytes() < queueLimit) {
        const ssize_t count = ::recv(m_socket.get(), bytes.data(), bytes.size(), 0);
        if (count > 0) {
            m_port->write(QByteArray(bytes.data(), count));
            continue;
        }
        if (count < 0 && mustWait(errno)) {
            return;
        }
        m_isSocketDone = true;
    }
    m_readable->setEnabled(false); // until written()
    closeWhenSent();
}

void TunnelHandler::written(qsizetype)
{
    if (m_port == nullptr) {
        return;
    }
    m_readable->setEnabled(!m_isSocketDone && m_port->queuedBytes() < queueLimit);
    closeWhenSent();
}

void TunnelHandler::drained() { }

void TunnelHandler::dataEnded()
{
    m_isServerDone = true;
    closeWhenSent();
}

// SSH needs both directions: once one has ended, the other has nothing to say. Queued, because a
// channel must not be closed from within its own calls.
void TunnelHandler::closeWhenSent()
{
    const auto isOver = [this] {
        return m_port != nullptr
            && ((m_isServerDone && m_unsent.isEmpty())
                || (m_isSocketDone && m_port->queuedBytes() == 0));
    };
    if (isOver()) {
        QMetaObject::invokeMethod(
            this,
            [this, isOver] {
                if (isOver()) {
                    m_port->close();
                }
            },
            Qt::QueuedConnection);
    }
}

void TunnelHandler::finished(const base::Result<ExitStatus> &end)
{
    m_port = nullptr;
    const bool isWanted = !end && end.error().kind == base::ErrorKind::Cancelled;
    if (!end && !isWanted) {
        emit failed(end.error());
    }
    m_readable.reset();
    m_writable.reset();
    m_socket = base::UniqueFd();
}

} // namespace ssh
