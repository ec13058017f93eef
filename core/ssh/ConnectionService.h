// ConnectionService: something that works on a connection's thread from the login to the end, and
// opens channels there, and the two sides of it. Forwards are built on these.

#pragma once

#include "base/Result.h"
#include "ssh/ChannelHandler.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace ssh {

// Where a server listens for us: "tcpip-forward" of RFC 4254 section 7.1.
struct ListenAddress
{
    QByteArray host; // "localhost", numeric, or empty for all addresses
    quint16 port = 0; // 0: the server chooses

    friend bool operator==(const ListenAddress &, const ListenAddress &) = default;
};

// Somebody has connected there: "forwarded-tcpip" of RFC 4254 section 7.2.
struct ForwardedConnection
{
    ListenAddress listen;
    QByteArray originator; // numeric, if it is as it should be: foreign
    quint16 originatorPort = 0;
};

// The connection, as its services see it. Used on the connection's thread alone.
class ServicePort
{
public:
    // Makes what serves a connection; null refuses it.
    using Accept
        = std::move_only_function<std::unique_ptr<ChannelHandler>(const ForwardedConnection &)>;
    using Listened = std::move_only_function<void(const base::Result<quint16> &port)>;
    using ListenerId = quint64; // never 0

    virtual ~ServicePort() = default;

    virtual void openChannel(ChannelRequest request, std::unique_ptr<ChannelHandler> handler) = 0;

    // Has the server listen, and tells the port. ForwardingRefused if it does not; a server does
    // not say why. `answered` may come after the end of the service, or never.
    virtual ListenerId listen(const ListenAddress &where, Accept accept, Listened answered) = 0;

    // Ends that, also if the server has not answered yet: nothing is told of it any more.
    // Connections that were made stay.
    virtual void unlisten(ListenerId listener) = 0;
};

// All calls come on the connection's thread. It is destroyed there, after ended().
class ConnectionService
{
public:
    virtual ~ConnectionService() = default;

    virtual void started(ServicePort &port) = 0; // the connection is Ready; valid until ended()
    virtual void ended() = 0; // once: the connection has, or the service was removed
};

} // namespace ssh
