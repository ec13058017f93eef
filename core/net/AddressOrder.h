// In which order the addresses of a host are tried.

#pragma once

#include "net/IpAddress.h"

#include <QList>

namespace net {

// IPv6 and IPv4 by turns, beginning with the family of the first address (RFC 8305 section 4). The
// order within a family, which the resolver chose by RFC 6724, is kept; repetitions are dropped.
QList<IpAddress> interleavedByFamily(const QList<IpAddress> &addresses);

} // namespace net
