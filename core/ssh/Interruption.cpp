#include "ssh/Interruption.h"

#include "keys/AgentProxy.h"

namespace ssh {

void Interruption::interrupt()
{
    const std::scoped_lock lock(m_mutex);
    m_isInterrupted = true;
    if (m_proxy != nullptr) {
        m_proxy->cancel();
    }
}

void Interruption::setProxy(keys::AgentProxy *proxy)
{
    const std::scoped_lock lock(m_mutex);
    m_proxy = proxy;
    if (m_proxy != nullptr && m_isInterrupted) {
        m_proxy->cancel();
    }
}

} // namespace ssh
