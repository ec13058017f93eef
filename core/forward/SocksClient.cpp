#include "forward/SocksClient.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

namespace forward {
namespace {

using namespace std::chrono_literals;

// A client says at once what it wants.
constexpr auto patience = 30s;

} // namespace

SocksClient::SocksClient(Client client)
    : m_client(std::move(client))
    , m_readable(std::make_unique<QSocketNotifier>(m_client.socket.get(), QSocketNotifier::Read))
{
    connect(m_readable.get(), &QSocketNotifier::activated, this, &SocksClient::read);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &SocksClient::left);
    m_deadline.start(patience);
}

Client SocksClient::takeClient()
{
    m_readable.reset();
    m_deadline.stop();
    return std::move(m_client);
}

void SocksClient::read()
{
    std::array<char, 1024> bytes;
    const ssize_t count = ::recv(m_client.socket.get(), bytes.data(), bytes.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (count <= 0) {
        emit left();
        return;
    }
    const QByteArrayView received(bytes.data(), count);
    const qsizetype taken = m_request.take(received);
    const bool isAnswered = write(m_request.takeOutput());
    if (m_request.state() == SocksRequest::State::Refused) {
        emit refused();
    } else if (!isAnswered) {
        emit left();
    } else if (m_request.state() == SocksRequest::State::Wanted) {
        m_firstBytes = received.sliced(taken).toByteArray();
        emit decided();
    }
}

// A few bytes, for which a socket always has room unless the client never reads.
bool SocksClient::write(const QByteArray &answer) const
{
    return answer.isEmpty()
        || ::send(m_client.socket.get(), answer.constData(),
                  static_cast<std::size_t>(answer.size()), MSG_NOSIGNAL)
        == answer.size();
}

} // namespace forward
