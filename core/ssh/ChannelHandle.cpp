#include "ssh/ChannelHandle.h"

#include "ssh/SessionThread.h"
#include "ssh/SessionWorker.h"

namespace ssh {

ChannelHandle::ChannelHandle(std::shared_ptr<SessionThread> thread, Id id)
    : m_thread(std::move(thread))
    , m_id(id)
{
}

void ChannelHandle::post(Call call) const
{
    if (!m_thread) {
        return;
    }
    m_thread->post([id = m_id, call = std::move(call)](SessionWorker &worker) mutable {
        call(worker.channels().handler(id));
    });
}

} // namespace ssh
