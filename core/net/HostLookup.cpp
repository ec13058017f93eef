#include "net/HostLookup.h"

#include <QPromise>
#include <QUrl>

#include <netdb.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <thread>

namespace net {
namespace {

using Addresses = base::Result<QList<IpAddress>>;

Addresses notFound(const QString &host, const QString &why)
{
    return base::Failure(base::Error{.kind = base::ErrorKind::HostNotFound,
                                     .operation = QStringLiteral("resolve"),
                                     .subject = host,
                                     .detail = why});
}

// A name server that did not answer (EAI_AGAIN) shows only in the words.
QString textOf(int code)
{
    switch (code) {
    case EAI_NONAME:
    case EAI_NODATA:
        return QStringLiteral("Host not found");
    case EAI_SYSTEM:
        return QString::fromLocal8Bit(std::system_category().message(errno));
    default:
        return QString::fromLocal8Bit(::gai_strerror(code));
    }
}

Addresses lookUp(const QString &host)
{
    const QByteArray name = QUrl::toAce(host);
    if (name.isEmpty()) {
        return notFound(host, QStringLiteral("This is no name of a host"));
    }
    addrinfo hints{};
    hints.ai_flags = AI_ADDRCONFIG; // no IPv6 where there is none
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM; // once each
    addrinfo *found = nullptr;
    if (const int code = ::getaddrinfo(name.constData(), nullptr, &hints, &found); code != 0) {
        return notFound(host, textOf(code));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    QList<IpAddress> addresses;
    for (const addrinfo *each = found; each != nullptr; each = each->ai_next) {
        if (const auto address = IpAddress::from(*each->ai_addr)) {
            addresses.append(*address);
        }
    }
    return addresses;
}

} // namespace

QFuture<Addresses> lookUpHost(const QString &host)
{
    QPromise<Addresses> promise;
    QFuture<Addresses> future = promise.future();
    promise.start();
    std::thread([host, promise = std::move(promise)]() mutable {
        promise.addResult(lookUp(host));
        promise.finish();
    }).detach();
    return future;
}

} // namespace net
