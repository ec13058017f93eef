#include "transfer/Mailbox.h"

#include <utility>

namespace transfer {

void Mailbox::post(std::move_only_function<void()> letter)
{
    const std::scoped_lock lock(m_mutex);
    if (m_receiver) {
        QMetaObject::invokeMethod(
            m_receiver.get(),
            [letter = std::move(letter), isOpen = m_isOpen]() mutable {
                if (*isOpen) {
                    letter();
                }
            },
            Qt::QueuedConnection);
    }
}

void Mailbox::close()
{
    const std::scoped_lock lock(m_mutex);
    *m_isOpen = false; // letters that wait already are still brought
    m_receiver.reset();
}

} // namespace transfer
