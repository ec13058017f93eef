#include "app/ProxyService.h"

#include "base/DisplayText.h"
#include "base/UnixSocket.h"
#include "ssh/Connection.h"
#include "ssh/TunnelHandler.h"

#include <QSocketNotifier>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 5s; // until a client has said what it wants
constexpr size_t mostWaiting = 64; // clients

QByteArray refusal(const QString &sentence)
{
    return proxysocket::refused + sentence.toUtf8();
}

// The server's words, if it has said why.
QString sentenceOf(const base::Error &error, const ProxyWish &wish)
{
    const QString where = base::displayText(wish.host) + u':' + QString::number(wish.port);
    const QString why = base::displayText(error.detail);
    if (error.kind == base::ErrorKind::ForwardingRefused) {
        return u"The server does not allow connections to %1."_s.arg(where);
    }
    return u"The server did not reach %1%2"_s.arg(where, why.isEmpty() ? u"."_s : u": "_s + why);
}

} // namespace

struct ProxyService::Waiting
{
    base::UniqueFd socket;
    QByteArray bytes;
    std::unique_ptr<QSocketNotifier> readable; // behind the socket: it goes first
    QTimer limit;
};

ProxyService::ProxyService(Find find, QObject *parent)
    : QObject(parent)
    , m_find(std::move(find))
{
}

ProxyService::~ProxyService() = default;

base::Result<void> ProxyService::listen(const QString &path)
{
    auto opened = forward::ListeningSocket::open({{}, 0, path});
    if (!opened) {
        return base::Failure(opened.error());
    }
    m_listener = std::move(*opened);
    m_listener->start([this](forward::Client client) { accept(std::move(client)); });
    return {};
}

void ProxyService::accept(forward::Client client)
{
    if (!base::isOfOurUser(client.socket.get()) || m_waiting.size() >= mostWaiting) {
        return; // it is closed
    }
    const int id = ++m_lastId;
    auto waiting = std::make_unique<Waiting>();
    waiting->socket = std::move(client.socket);
    waiting->readable
        = std::make_unique<QSocketNotifier>(waiting->socket.get(), QSocketNotifier::Read);
    waiting->limit.setSingleShot(true);
    connect(waiting->readable.get(), &QSocketNotifier::activated, this, [this, id] { read(id); });
    connect(&waiting->limit, &QTimer::timeout, this,
            [this, id] { refuse(id, u"Nothing was asked for."_s); });
    waiting->limit.start(patience);
    m_waiting.emplace(id, std::move(waiting));
}

void ProxyService::read(int id)
{
    Waiting &waiting = *m_waiting.at(id);
    std::array<char, 4096> buffer;
    const ssize_t count = ::read(waiting.socket.get(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (count <= 0) {
        refuse(id, {});
        return;
    }
    waiting.bytes.append(buffer.data(), count);
    qsizetype taken = 0;
    if (const auto wish = proxysocket::decoded(waiting.bytes, taken)) {
        serve(id, *wish, waiting.bytes.sliced(taken));
    }
}

// Within a signal of the notifier or the timer, which go later.
void ProxyService::refuse(int id, const QString &sentence)
{
    // Shared with the call that lets it go.
    const std::shared_ptr<Waiting> waiting(std::move(m_waiting.extract(id).mapped()));
    if (!sentence.isEmpty()) {
        const QByteArray answer = refusal(sentence);
        ::send(waiting->socket.get(), answer.constData(), static_cast<size_t>(answer.size()),
               MSG_NOSIGNAL);
    }
    waiting->readable->setEnabled(false);
    waiting->limit.stop();
    QMetaObject::invokeMethod(this, [waiting] { Q_UNUSED(waiting) }, Qt::QueuedConnection);
}

void ProxyService::serve(int id, const ProxyWish &wish, const QByteArray &firstBytes)
{
    if (wish.session.isEmpty()) {
        refuse(id, u"That makes no sense."_s);
        return;
    }
    ssh::Connection *connection = m_find(wish.session);
    if (connection == nullptr) {
        refuse(id,
               u"Ponto has no open connection that is called “%1”."_s.arg(
                   base::displayText(wish.session)));
        return;
    }
    Waiting &waiting = *m_waiting.at(id);
    waiting.readable->setEnabled(false);
    auto tunnel = std::make_unique<ssh::TunnelHandler>(std::move(waiting.socket),
                                                       ssh::TunnelHandler::HalfClose::PassedOn);
    tunnel->setGreeting(QByteArray(1, proxysocket::granted));
    tunnel->setFirstBytes(firstBytes);
    ssh::TunnelHandler *made = tunnel.get();
    // On its own thread, before it says its last.
    connect(
        made, &ssh::TunnelHandler::failed, made,
        [made, wish](const base::Error &error) {
            if (!made->hasOpened()) {
                made->setGreeting(refusal(sentenceOf(error, wish)));
            }
        },
        Qt::DirectConnection);
    connection->openTunnel({wish.host, wish.port}, std::move(tunnel));
    refuse(id, {}); // what is left of it: the socket has gone
}

} // namespace app
