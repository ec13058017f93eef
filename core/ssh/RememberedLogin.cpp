#include "ssh/RememberedLogin.h"

namespace ssh {

RememberedLogin::RememberedLogin(QObject *parent)
    : QObject(parent)
{
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &RememberedLogin::forget);
}

void RememberedLogin::keep(const LoginMemory &memory, std::chrono::milliseconds time)
{
    forget();
    if (time > std::chrono::milliseconds::zero()) {
        m_memory = memory;
        m_end.start(time);
    }
}

void RememberedLogin::forget()
{
    m_end.stop();
    m_memory.reset();
}

} // namespace ssh
