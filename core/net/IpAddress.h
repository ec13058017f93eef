// IpAddress: a numeric address of IPv4 or IPv6, and SocketAddress: one with a port, as the system's
// calls want it.

#pragma once

#include "base/AddressFamily.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <sys/socket.h>

#include <optional>

namespace net {

// What bind(2) and connect(2) take, and accept(2) and getsockname(2) fill in.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }

    quint16 port() const; // 0 if it is none of IP
};

class IpAddress
{
public:
    // "192.0.2.1", "2001:db8::1" or, with a zone (RFC 4007 section 11), "fe80::1%eth0", which need
    // not exist here. Nothing for names, and for short forms such as "127.1".
    static std::optional<IpAddress> parse(QStringView text);

    // 4 or 16 bytes in network order.
    static IpAddress fromBytes(QByteArrayView bytes);

    // Nothing if it is none of IP.
    static std::optional<IpAddress> from(const sockaddr &address);

    bool isIpv6() const { return m_bytes.size() == 16; }
    base::AddressFamily family() const;
    const QByteArray &bytes() const { return m_bytes; } // as for fromBytes()
    const QString &zone() const { return m_zone; } // name or number of an interface; mostly empty

    // As parse() reads it, in the form of RFC 5952.
    QString toString() const;

    // Nothing if there is no such zone on this computer.
    std::optional<SocketAddress> withPort(quint16 port) const;

    friend bool operator==(const IpAddress &, const IpAddress &) = default;

private:
    IpAddress(QByteArray bytes, QString zone);

    QByteArray m_bytes;
    QString m_zone;
};

} // namespace net
