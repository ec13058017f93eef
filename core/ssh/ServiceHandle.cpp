#include "ssh/ServiceHandle.h"

#include "ssh/SessionThread.h"
#include "ssh/SessionWorker.h"

namespace ssh {

ServiceHandle::ServiceHandle(std::shared_ptr<SessionThread> thread, Id id)
    : m_thread(std::move(thread))
    , m_id(id)
{
}

void ServiceHandle::post(Call call) const
{
    if (m_thread) {
        m_thread->post([id = m_id, call = std::move(call)](SessionWorker &worker) mutable {
            call(worker.services().find(id));
        });
    }
}

void ServiceHandle::remove() const
{
    if (m_thread) {
        m_thread->post([id = m_id](SessionWorker &worker) { worker.services().remove(id); });
    }
}

} // namespace ssh
