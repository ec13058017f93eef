// ChannelHandle: how an owner on another thread reaches what it put into a channel.

#pragma once

#include "ssh/ChannelHandler.h"

#include <functional>
#include <memory>

namespace ssh {

class SessionThread;

// A value. Keeps the connection's thread alive, not the channel.
class ChannelHandle
{
public:
    using Id = quint64;
    using Call = std::move_only_function<void(ChannelHandler *handler)>;

    ChannelHandle() = default;
    ChannelHandle(std::shared_ptr<SessionThread> thread, Id id);

    // Runs `call` on the connection's thread: with the handler, or with null once the channel is
    // finished. Calls keep their order. Nothing happens on a handle that was default-constructed.
    void post(Call call) const;

private:
    std::shared_ptr<SessionThread> m_thread; // shared with the connection and its other channels
    Id m_id = 0;
};

} // namespace ssh
