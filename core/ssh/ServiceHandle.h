// ServiceHandle: how an owner on another thread reaches a service that it gave to a connection.

#pragma once

#include "ssh/ConnectionService.h"

#include <functional>
#include <memory>

namespace ssh {

class SessionThread;

// A value. Keeps the connection's thread alive, not the service.
class ServiceHandle
{
public:
    using Id = quint64;
    using Call = std::move_only_function<void(ConnectionService *service)>;

    ServiceHandle() = default;
    ServiceHandle(std::shared_ptr<SessionThread> thread, Id id);

    // Runs `call` on the connection's thread: with the service, or with null once that has ended.
    // Calls keep their order. Nothing happens on a handle that was default-constructed.
    void post(Call call) const;

    // Ends the service.
    void remove() const;

private:
    std::shared_ptr<SessionThread> m_thread; // shared with the connection
    Id m_id = 0;
};

} // namespace ssh
