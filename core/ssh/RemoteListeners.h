// RemoteListeners: where the server listens for one connection, and the channels that it opens for
// those who connect there. All others that a server opens are refused.
//
// libssh 0.11 tells of such a channel in the session's message callback, from inside any call that
// reads from the socket. There it is accepted or refused, since libssh frees the message then; who
// serves it is made in the turn that follows.

#pragma once

#include "ssh/ConnectionService.h"
#include "ssh/LibsshHandles.h"

#include <libssh/server.h>

#include <optional>
#include <vector>

namespace ssh {

class ChannelTable;
class GlobalRequests;

class RemoteListeners
{
public:
    // All must outlive this.
    RemoteListeners(ssh_session session, GlobalRequests &requests, ChannelTable &channels);
    ~RemoteListeners();
    Q_DISABLE_COPY_MOVE(RemoteListeners)

    // As in ServicePort.
    using Id = ServicePort::ListenerId;
    Id listen(const ListenAddress &where, ServicePort::Accept accept,
              ServicePort::Listened answered);
    void unlisten(Id listener);

    // To be called in each turn, before the channels have theirs.
    void step();

private:
    struct Listener
    {
        Id id;
        ListenAddress where; // its port is 0 until the server has told it
        ServicePort::Accept accept; // none: it is to end
    };

    struct Arrival
    {
        Id listener;
        ForwardedConnection connection;
        LibsshChannel channel;
    };

    static int handleMessage(ssh_session session, ssh_message message, void *self);
    bool accept(ssh_message message);
    const Listener *find(const ListenAddress &where) const;
    bool handleListening(Id id, const base::Result<quint16> &port);
    std::optional<ListenAddress> take(Id id);

    ssh_session m_session;
    GlobalRequests &m_requests;
    ChannelTable &m_channels;
    Id m_lastId = 0;
    std::vector<Listener> m_listeners;
    std::vector<Arrival> m_arrivals;
};

} // namespace ssh
