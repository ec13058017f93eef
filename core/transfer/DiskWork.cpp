#include "transfer/DiskWork.h"

#include <QThreadPool>

namespace transfer {

DiskWork::~DiskWork()
{
    *m_isAlive = false;
    m_mailbox->close();
}

void DiskWork::Mailbox::post(std::move_only_function<void()> letter)
{
    const std::scoped_lock lock(m_mutex);
    if (m_receiver) {
        QMetaObject::invokeMethod(m_receiver.get(), std::move(letter), Qt::QueuedConnection);
    }
}

void DiskWork::Mailbox::close()
{
    const std::scoped_lock lock(m_mutex);
    m_receiver.reset();
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
