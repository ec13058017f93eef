// Looks up the addresses of a host as the system does (getaddrinfo(3)). Used by Connector.

#pragma once

#include "base/Result.h"
#include "net/IpAddress.h"

#include <QFuture>
#include <QList>
#include <QString>

namespace net {

// In a thread of its own, which nobody needs to wait for: a name server may take its time. `host`
// is a name, also an internationalized one (RFC 5891). Addresses come in the order of RFC 6724.
// Kinds of error: HostNotFound, with the system's words in `detail`.
QFuture<base::Result<QList<IpAddress>>> lookUpHost(const QString &host);

} // namespace net
