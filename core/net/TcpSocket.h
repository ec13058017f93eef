// What can be asked of, and told to, a connected socket that may be TCP or something else: the
// way through another connection or a program is none.

#pragma once

#include <chrono>
#include <optional>

namespace net {

// The kernel's smoothed estimate (TCP_INFO of tcp(7)); absent if the socket is no TCP socket or
// nothing was measured yet. Through a proxy it is the time to the proxy.
std::optional<std::chrono::microseconds> roundTripTime(int socket);

// Turns the kernel's own probes of idle connections off (SO_KEEPALIVE of socket(7)). Harmless for
// other sockets.
void disableKeepAlive(int socket);

} // namespace net
