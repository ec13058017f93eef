#include "forward/LocalTask.h"

#include "forward/SocksClient.h"
#include "ssh/TunnelHandler.h"

#include <QFile>
#include <QUrl>

#include <utility>

namespace forward {
namespace {

using base::ErrorKind;

QByteArray hostForServer(const QString &host)
{
    const QByteArray ascii = QUrl::toAce(host);
    return ascii.isEmpty() ? host.toUtf8() : ascii; // a numeric address with a zone, for example
}

ssh::ChannelRequest requestFor(const profiles::ForwardEnd &target, const Client &client)
{
    if (target.isPath()) {
        return ssh::DirectStreamLocalRequest{QFile::encodeName(target.path)};
    }
    return ssh::DirectTcpipRequest{hostForServer(target.host), target.port, client.address,
                                   client.port};
}

QString nameOf(const QByteArray &host, quint16 port)
{
    return profiles::ForwardEnd{QString::fromLatin1(host), port, {}}.toString();
}

// A client of a Unix socket has no port.
QString nameOf(const Client &client)
{
    return client.port == 0 ? QString() : nameOf(client.address, client.port);
}

SocksRequest::Failure socksFailure(const base::Error &why)
{
    switch (why.kind) {
    case ErrorKind::ForwardingRefused:
        return SocksRequest::Failure::NotAllowed;
    case ErrorKind::TimedOut:
        return SocksRequest::Failure::Unreachable;
    case ErrorKind::Unreachable: // which it was, a server tells in its own words only
        return why.detail.contains(QStringLiteral("refused"), Qt::CaseInsensitive)
            ? SocksRequest::Failure::Refused
            : SocksRequest::Failure::Unreachable;
    default:
        return SocksRequest::Failure::Other;
    }
}

} // namespace

LocalTask::LocalTask(const profiles::Forward &forward, quint16 preferredPort,
                     ssh::ServicePort &port)
    : ForwardTask(forward, port)
    , m_preferredPort(preferredPort)
{
}

LocalTask::~LocalTask() = default;

void LocalTask::start()
{
    auto opened = open();
    if (!opened) {
        const bool isBusy = opened.error().kind == ErrorKind::AlreadyExists;
        const quint16 freePort = isBusy && !forward().listen.isPath()
            ? ListeningSocket::freePort(forward().listen)
            : quint16{0};
        setFailed(opened.error(), freePort);
        return;
    }
    m_listener = std::move(*opened);
    m_listener->start([this](Client client) { serve(std::move(client)); });
    setListening(m_listener->addresses(), m_listener->port());
}

base::Result<std::unique_ptr<ListeningSocket>> LocalTask::open() const
{
    profiles::ForwardEnd where = forward().listen;
    if (!where.isPath() && where.port == 0 && m_preferredPort != 0) {
        where.port = m_preferredPort;
        if (auto again = ListeningSocket::open(where)) {
            return again;
        }
    }
    return ListeningSocket::open(forward().listen);
}

void LocalTask::stop()
{
    m_listener.reset();
    m_negotiating.clear();
    endTunnels();
    setStopped();
}

void LocalTask::serve(Client client)
{
    if (forward().kind == profiles::Forward::Kind::Dynamic) {
        negotiate(std::move(client));
    } else {
        const ssh::ChannelRequest request = requestFor(forward().target, client);
        carry(std::move(client), request);
    }
    updateListening();
}

void LocalTask::negotiate(Client client)
{
    auto made = std::make_unique<SocksClient>(std::move(client));
    SocksClient *socks = made.get();
    m_negotiating.emplace(socks, std::move(made));
    connect(socks, &SocksClient::decided, this, [this, socks] { carrySocks(*socks); });
    connect(socks, &SocksClient::refused, this, [this, socks] { refuseSocks(*socks); });
    connect(socks, &SocksClient::left, this, [this, socks] { drop(socks); });
}

void LocalTask::carrySocks(SocksClient &socks)
{
    Client client = socks.takeClient();
    const SocksRequest wish = socks.request();
    auto tunnel = std::make_unique<ssh::TunnelHandler>(std::move(client.socket),
                                                       ssh::TunnelHandler::HalfClose::PassedOn);
    tunnel->setGreeting(wish.success());
    tunnel->setFirstBytes(socks.takeFirstBytes());
    ssh::TunnelHandler *made = tunnel.get();
    connect(made, &ssh::TunnelHandler::failed, this, [made, wish](const base::Error &why) {
        if (made->hasOpened()) {
            return; // it has been answered
        }
        made->setGreeting(wish.failure(socksFailure(why)));
    });
    follow(*made, nameOf(client), nameOf(wish.host(), wish.port()));
    port().openChannel(
        ssh::DirectTcpipRequest{wish.host(), wish.port(), client.address, client.port},
        std::move(tunnel));
    drop(&socks);
}

void LocalTask::refuseSocks(SocksClient &socks)
{
    const ForwardClient client{nameOf(socks.client()), {}, QDateTime::currentDateTime()};
    refuseClient(client,
                 {.kind = socks.request().refusal(),
                  .operation = QStringLiteral("understand a SOCKS client"),
                  .subject = client.from,
                  .detail = {}});
    drop(&socks);
}

// Within its own signal.
void LocalTask::drop(SocksClient *socks)
{
    const auto node = m_negotiating.extract(socks);
    if (!node.empty()) {
        node.mapped()->disconnect(this);
        node.mapped().release()->deleteLater();
    }
    updateListening();
}

void LocalTask::carry(Client client, const ssh::ChannelRequest &request)
{
    const QString from = nameOf(client);
    auto tunnel = std::make_unique<ssh::TunnelHandler>(std::move(client.socket),
                                                       ssh::TunnelHandler::HalfClose::PassedOn);
    follow(*tunnel, from);
    port().openChannel(request, std::move(tunnel));
}

// The system keeps who comes too many, until others have left.
void LocalTask::updateListening()
{
    const bool isFullNow
        = status().clients + static_cast<qsizetype>(m_negotiating.size()) >= clientLimit;
    if (m_listener != nullptr && isFullNow) {
        m_listener->pause();
    } else if (m_listener != nullptr) {
        m_listener->resume();
    }
}

} // namespace forward
