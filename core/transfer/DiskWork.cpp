#include "transfer/DiskWork.h"

#include <QThreadPool>

namespace transfer {

DiskWork::~DiskWork()
{
    m_mailbox->close();
}

void DiskWork::Line::append(std::move_only_function<void()> order)
{
    const std::scoped_lock lock(m_mutex);
    m_orders.push_back(std::move(order));
    if (!m_isWorking) {
        m_isWorking = true;
        QThreadPool::globalInstance()->start([self = shared_from_this()] { self->workOff(); });
    }
}

void DiskWork::Line::workOff()
{
    while (true) {
        std::move_only_function<void()> order;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_orders.empty()) {
                m_isWorking = false;
                return;
            }
            order = std::move(m_orders.front());
            m_orders.pop_front();
        }
        order();
    }
}

} // namespace transfer
