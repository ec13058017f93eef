// Proxies as people write them: socks5://user@host:1080 and http://host:3128.

#pragma once

#include "base/ProxyAddress.h"
#include "base/Result.h"

#include <QString>
#include <QStringView>

namespace profiles {

enum class ProxyTextError {
    UnknownScheme, // neither socks5: nor http:
    BadHost,
    BadUser,
    BadPort, // missing, or not a number from 1 to 65535
    HasPassword, // it would be in files, logs and lists of processes
    HasPath,
};

// User and host may be percent-encoded (RFC 3986), an IPv6 address has brackets. socks5h: is taken
// for socks5:, which leaves looking up names to the proxy as well.
base::Result<base::ProxyAddress, ProxyTextError> parseProxy(QStringView text);

// Reads back as the same.
QString proxyText(const base::ProxyAddress &proxy);

} // namespace profiles
