#include "ssh/ServiceTable.h"

#include "ssh/ChannelTable.h"
#include "ssh/RemoteListeners.h"
#include "ssh/SessionPump.h"

#include <utility>

namespace ssh {

void ServiceTable::add(ServiceHandle::Id id, std::unique_ptr<ConnectionService> service)
{
    if (m_hasEnded) {
        service->ended();
        return;
    }
    ConnectionService &added = *service;
    m_services.emplace(id, std::move(service));
    if (m_channels != nullptr) {
        added.started(*this);
    }
}

void ServiceTable::remove(ServiceHandle::Id id)
{
    const auto node = m_services.extract(id);
    if (!node.empty()) {
        node.mapped()->ended();
    }
}

ConnectionService *ServiceTable::find(ServiceHandle::Id id) const
{
    const auto found = m_services.find(id);
    return found == m_services.end() ? nullptr : found->second.get();
}

void ServiceTable::attach(ChannelTable &channels, RemoteListeners &listeners, SessionPump &pump)
{
    m_channels = &channels;
    m_listeners = &listeners;
    m_pump = &pump;
    for (const auto &[id, service] : m_services) {
        service->started(*this);
    }
}

void ServiceTable::endAll()
{
    m_hasEnded = true;
    for (const auto &[id, service] : std::exchange(m_services, {})) {
        service->ended();
    }
}

void ServiceTable::openChannel(ChannelRequest request, std::unique_ptr<ChannelHandler> handler)
{
    m_channels->add(std::move(request), std::move(handler));
}

ServicePort::ListenerId ServiceTable::listen(const ListenAddress &where, Accept accept,
                                             Listened answered)
{
    m_pump->wake();
    return m_listeners->listen(where, std::move(accept), std::move(answered));
}

void ServiceTable::unlisten(ListenerId listener)
{
    m_listeners->unlisten(listener);
    m_pump->wake();
}

} // namespace ssh
