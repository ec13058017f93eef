// Interruption: lets the owner end a call that waits inside libssh on the connection's thread.
//
// There is one such call: the login with a key of the agent, which waits until the agent has
// answered, and that may take as long as a person takes to touch a device.

#pragma once

#include <mutex>

namespace keys {
class AgentProxy;
}

namespace ssh {

class Interruption
{
public:
    // From any thread. What waits fails at once, and so does what would wait later.
    void interrupt();

    // On the connection's thread: `proxy` is what it waits for from now on; null when it does no
    // longer.
    void setProxy(keys::AgentProxy *proxy);

private:
    std::mutex m_mutex;
    keys::AgentProxy *m_proxy = nullptr;
    bool m_isInterrupted = false;
};

} // namespace ssh
