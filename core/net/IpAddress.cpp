#include "net/IpAddress.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <array>
#include <cstring>
#include <utility>

namespace net {
namespace {

template<typename Address>
QByteArray bytesOf(const Address &address)
{
    return {reinterpret_cast<const char *>(&address), sizeof address};
}

template<typename Address>
SocketAddress toSocketAddress(const Address &address)
{
    SocketAddress result;
    result.size = sizeof address;
    std::memcpy(&result.storage, &address, sizeof address);
    return result;
}

QString zoneOf(quint32 index)
{
    std::array<char, IF_NAMESIZE> name{};
    if (index == 0) {
        return {};
    }
    return ::if_indextoname(index, name.data()) != nullptr ? QString::fromLocal8Bit(name.data())
                                                           : QString::number(index);
}

// 0 for no zone; nothing if there is no such interface.
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

} // namespace

quint16 SocketAddress::port() const
{
    switch (storage.ss_family) {
    case AF_INET:
        return ntohs(reinterpret_cast<const sockaddr_in *>(&storage)->sin_port);
    case AF_INET6:
        return ntohs(reinterpret_cast<const sockaddr_in6 *>(&storage)->sin6_port);
    default:
        return 0;
    }
}

IpAddress::IpAddress(QByteArray bytes, QString zone)
    : m_bytes(std::move(bytes))
    , m_zone(std::move(zone))
{
}

std::optional<IpAddress> IpAddress::parse(QStringView text)
{
    const QByteArray whole = text.toUtf8();
    if (whole.contains('\0')) {
        return std::nullopt; // inet_pton(3) would stop there
    }
    in_addr ipv4{};
    if (::inet_pton(AF_INET, whole.constData(), &ipv4) == 1) {
        return IpAddress(bytesOf(ipv4), {});
    }
    const qsizetype percent = text.indexOf(u'%');
    const QStringView number = percent < 0 ? text : text.first(percent);
    const QStringView zone = percent < 0 ? QStringView() : text.sliced(percent + 1);
    in6_addr ipv6{};
    if ((percent >= 0 && zone.isEmpty())
        || ::inet_pton(AF_INET6, number.toUtf8().constData(), &ipv6) != 1) {
        return std::nullopt;
    }
    return IpAddress(bytesOf(ipv6), zone.toString());
}

IpAddress IpAddress::fromBytes(QByteArrayView bytes)
{
    Q_ASSERT(bytes.size() == sizeof(in_addr) || bytes.size() == sizeof(in6_addr));
    return {bytes.toByteArray(), {}};
}

std::optional<IpAddress> IpAddress::from(const sockaddr &address)
{
    switch (address.sa_family) {
    case AF_INET:
        return IpAddress(bytesOf(reinterpret_cast<const sockaddr_in &>(address).sin_addr), {});
    case AF_INET6: {
        const auto &ipv6 = reinterpret_cast<const sockaddr_in6 &>(address);
        return IpAddress(bytesOf(ipv6.sin6_addr), zoneOf(ipv6.sin6_scope_id));
    }
    default:
        return std::nullopt;
    }
}

base::AddressFamily IpAddress::family() const
{
    return isIpv6() ? base::AddressFamily::IPv6 : base::AddressFamily::IPv4;
}

QString IpAddress::toString() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(isIpv6() ? AF_INET6 : AF_INET, m_bytes.constData(), text.data(), text.size());
    const QString number = QString::fromLatin1(text.data());
    return m_zone.isEmpty() ? number : number + QLatin1Char('%') + m_zone;
}

std::optional<SocketAddress> IpAddress::withPort(quint16 port) const
{
    if (!isIpv6()) {
        sockaddr_in ipv4{};
        ipv4.sin_family = AF_INET;
        ipv4.sin_port = htons(port);
        std::memcpy(&ipv4.sin_addr, m_bytes.constData(), sizeof ipv4.sin_addr);
        return toSocketAddress(ipv4);
    }
    const std::optional<quint32> zone = zoneIndex(m_zone);
    if (!zone) {
        return std::nullopt;
    }
    sockaddr_in6 ipv6{};
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_port = htons(port);
    ipv6.sin6_scope_id = *zone;
    std::memcpy(&ipv6.sin6_addr, m_bytes.constData(), sizeof ipv6.sin6_addr);
    return toSocketAddress(ipv6);
}

} // namespace net
