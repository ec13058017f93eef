// ProxyAddress: a proxy between us and a server, as a value of profiles and of connections.

#pragma once

#include <QString>

namespace base {

struct ProxyAddress
{
    enum class Kind {
        Socks5, // RFC 1928, with the login of RFC 1929; the proxy looks names up
        Http, // CONNECT of RFC 9110 section 9.3.6, with Basic login (RFC 7617)
    };

    Kind kind = Kind::Socks5;
    QString host; // a name or address without brackets
    quint16 port = 0;
    QString user; // empty: no login. The password is asked for if the proxy wants one

    friend bool operator==(const ProxyAddress &, const ProxyAddress &) = default;
};

} // namespace base
