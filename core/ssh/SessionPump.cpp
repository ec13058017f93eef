#include "ssh/SessionPump.h"

#include "ssh/Farewell.h"

#include <QDeadlineTimer>

#include <fcntl.h>

namespace ssh {
namespace {

using namespace std::chrono_literals;

// After so many polls or so much time the event loop gets a chance, so that a keystroke is not held
// up by a download: it then echoes within 5 ms at worst.
constexpr int pollsPerTurn = 32;
constexpr auto timePerTurn = 4ms;

} // namespace

SessionPump::SessionPump(QObject *parent)
    : QObject(parent)
{
}

SessionPump::~SessionPump()
{
    if (m_event) {
        ssh_event_remove_session(m_event.get(), m_session);
    }
}

void SessionPump::attach(ssh_session session, int socket, const ssh_counter_struct &traffic)
{
    m_session = session;
    m_traffic = &traffic;
    m_event.reset(ssh_event_new());
    ssh_event_add_session(m_event.get(), session);

    m_readable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Write);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &SessionPump::turn);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &SessionPump::turn);
    updateNotifiers();
}

void SessionPump::wake()
{
    if (!m_isAwake) {
        m_isAwake = true;
        QMetaObject::invokeMethod(this, &SessionPump::turn, Qt::QueuedConnection);
    }
}

void SessionPump::wakeIfRead()
{
    if (m_traffic->in_bytes != m_bytesTold) {
        wake();
    }
}

bool SessionPump::isWritePending() const
{
    return (ssh_get_poll_flags(m_session) & SSH_WRITE_PENDING) != 0;
}

void SessionPump::turn()
{
    m_isAwake = false;
    if (!m_event) {
        return;
    }
    emit aboutToRead();
    const QDeadlineTimer deadline(timePerTurn);
    bool isIdle = false;
    for (int i = 0; i < pollsPerTurn && !isIdle && !deadline.hasExpired(); ++i) {
        // An error shows in the session's state too, where the receiver of turned() looks for it.
        isIdle = ssh_event_dopoll(m_event.get(), 0) <= 0;
    }
    m_bytesTold = m_traffic->in_bytes;
    emit turned();
    wakeIfRead();
    updateNotifiers();
    if (!isIdle && m_readable->isEnabled()) {
        wake();
    }
}

void SessionPump::updateNotifiers()
{
    // A socket at its end is readable for ever.
    const bool isOpen = !isOver(m_session);
    m_readable->setEnabled(isOpen);
    m_writable->setEnabled(isOpen && isWritePending());
}

} // namespace ssh
