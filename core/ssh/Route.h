// Route: how the bytes of a connection get to its server.

#pragma once

#include "base/Error.h"
#include "base/ProxyAddress.h"
#include "net/ProxyProcess.h"

#include <memory>
#include <variant>

namespace ssh {

struct ConnectionSettings;

struct DirectRoute // TCP, from this computer
{
    friend bool operator==(const DirectRoute &, const DirectRoute &) = default;
};

// Through another SSH server, which connects to ours ("direct-tcpip", RFC 4254 section 7.2). That
// one has a route of its own: so a chain of any length is made, and its first hop may stand behind
// a proxy.
struct JumpVia
{
    std::shared_ptr<const ConnectionSettings> host; // never null; shared by copies, never changed

    friend bool operator==(const JumpVia &a, const JumpVia &b); // by what the settings say
};

// There is none, and connecting fails with the reason: what the user saved makes no sense.
struct NoRoute
{
    base::Error reason;

    friend bool operator==(const NoRoute &, const NoRoute &) = default;
};

using Route = std::variant<DirectRoute, base::ProxyAddress, net::ProxyCommand, JumpVia, NoRoute>;

} // namespace ssh
