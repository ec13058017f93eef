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

TunnelHandler::TunnelHandler(base::UniqueFd socket, HalfClose halfClose)
    : m_socket(std::move(socket))
    , m_halfClose(halfClose)
{
}

void TunnelHandler::close()
{
    m_isCloseWanted = true;
    settle();
}

void TunnelHandler::useSocket(base::UniqueFd socket)
{
    m_socket = std::move(socket);
    if (m_port != nullptr) {
        begin();
        settle(); // the server may have said all it has to say
    }
}

void TunnelHandler::started(ChannelPort &port)
{
    m_port = &port;
    m_hasOpened = true;
    if (m_socket.isValid()) {
        begin();
    }
    emit opened();
    settle();
}

void TunnelHandler::begin()
{
    m_readable = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Write);
    m_writable->setEnabled(!m_unsent.isEmpty());
    connect(m_readable.get(), &QSocketNotifier::activated, this, &TunnelHandler::readSocket);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &TunnelHandler::writeSocket);
    m_port->grant(credit - m_unsent.size());
    if (!m_firstBytes.isEmpty()) {
        emit carried(m_firstBytes.size(), 0);
        m_port->write(std::exchange(m_firstBytes, {}));
    }
}

void TunnelHandler::received(QByteArrayView data, OutputStream)
{
    m_unsent.append(data);
    writeSocket();
}

// Credit is given for what the socket has taken.
void TunnelHandler::writeSocket()
{
    qsizetype sent = 0;
    while (sent < m_unsent.size()) {
        const ssize_t count
            = ::send(m_socket.get(), m_unsent.constData() + sent,
                     static_cast<std::size_t>(m_unsent.size() - sent), MSG_NOSIGNAL);
        if (count < 0) {
            if (!mustWait(errno)) { // whoever had the other end is gone: nobody needs the rest
                m_isSocketDone = true;
                m_isBroken = true;
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
        emit carried(0, sent);
        m_port->grant(sent);
    }
    settle();
}

void TunnelHandler::readSocket()
{
    std::array<char, pieceSize> bytes;
    while (m_port != nullptr && !m_isSocketDone && m_port->queuedBytes() < queueLimit) {
        const ssize_t count = ::recv(m_socket.get(), bytes.data(), bytes.size(), 0);
        if (count > 0) {
            emit carried(count, 0);
            m_port->write(QByteArray(bytes.data(), count));
            continue;
        }
        if (count < 0 && mustWait(errno)) {
            return;
        }
        m_isSocketDone = true;
        m_isBroken = m_isBroken || count < 0;
    }
    m_readable->setEnabled(false); // until written()
    settle();
}

void TunnelHandler::written(qsizetype)
{
    if (m_port == nullptr || !m_readable) {
        return;
    }
    m_readable->setEnabled(!m_isSocketDone && m_port->queuedBytes() < queueLimit);
    settle();
}

void TunnelHandler::dataEnded()
{
    m_isServerDone = true;
    settle();
}

bool TunnelHandler::isOver() const
{
    if (m_port == nullptr) {
        return false;
    }
    const bool isToSocketDone = m_isServerDone && m_unsent.isEmpty();
    const bool isToChannelDone = m_isSocketDone && m_port->queuedBytes() == 0;
    if (m_isCloseWanted) {
        return true;
    }
    return m_halfClose == HalfClose::EndsBoth ? isToSocketDone || isToChannelDone
                                              : m_isBroken || (isToSocketDone && isToChannelDone);
}

// Queued, because a channel must not be closed from within its own calls.
void TunnelHandler::settle()
{
    if (m_port != nullptr && m_socket.isValid() && m_halfClose == HalfClose::PassedOn) {
        passOnEnds();
    }
    if (isOver()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (isOver()) {
                    m_port->close();
                }
            },
            Qt::QueuedConnection);
    }
}

void TunnelHandler::passOnEnds()
{
    if (m_isSocketDone && !m_isEofPassedOn) {
        m_isEofPassedOn = true;
        m_port->sendEof(); // after what is queued
    }
    if (m_isServerDone && m_unsent.isEmpty() && !m_isShutDown) {
        m_isShutDown = true;
        ::shutdown(m_socket.get(), SHUT_WR);
    }
}

void TunnelHandler::finished(const base::Result<ExitStatus> &end)
{
    m_port = nullptr;
    const bool isWanted = !end && end.error().kind == base::ErrorKind::Cancelled;
    if (!end && !isWanted) {
        emit failed(end.error());
        if (!m_unsent.isEmpty()) { // as far as there is room
            ::send(m_socket.get(), m_unsent.constData(), static_cast<std::size_t>(m_unsent.size()),
                   MSG_NOSIGNAL);
        }
    }
    m_readable.reset();
    m_writable.reset();
    m_socket = base::UniqueFd();
    emit ended();
}

} // namespace ssh
