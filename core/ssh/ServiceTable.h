// ServiceTable: the services of one connection, on its thread, and what they have it do.

#pragma once

#include "ssh/ConnectionService.h"
#include "ssh/ServiceHandle.h"

#include <map>
#include <memory>

namespace ssh {

class ChannelTable;
class RemoteListeners;
class SessionPump;

class ServiceTable final : public ServicePort
{
public:
    // Starts it now, or with attach().
    void add(ServiceHandle::Id id, std::unique_ptr<ConnectionService> service);
    void remove(ServiceHandle::Id id);
    ConnectionService *find(ServiceHandle::Id id) const; // null if it has ended

    // The connection is Ready. All must stay until endAll().
    void attach(ChannelTable &channels, RemoteListeners &listeners, SessionPump &pump);

    // The connection has ended. After this no service is left, and none will start.
    void endAll();

    void openChannel(ChannelRequest request, std::unique_ptr<ChannelHandler> handler) override;
    ListenerId listen(const ListenAddress &where, Accept accept, Listened answered) override;
    void unlisten(ListenerId listener) override;

private:
    ChannelTable *m_channels = nullptr;
    RemoteListeners *m_listeners = nullptr;
    SessionPump *m_pump = nullptr;
    bool m_hasEnded = false;
    std::map<ServiceHandle::Id, std::unique_ptr<ConnectionService>> m_services;
};

} // namespace ssh
