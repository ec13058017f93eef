#include "net/TcpSocket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace net {

std::optional<std::chrono::microseconds> roundTripTime(int socket)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || info.tcpi_rtt == 0) {
        return std::nullopt;
    }
    return std::chrono::microseconds(info.tcpi_rtt);
}

void disableKeepAlive(int socket)
{
    const int off = 0;
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &off, sizeof off);
}

} // namespace net
