// SessionPump: socket readiness in, libssh's progress out.
//
// libssh is driven by ssh_event_dopoll() with a timeout of 0, and QSocketNotifiers say when. Three
// things were seen in libssh 0.11 that shape this class: one poll reads 4096 bytes at most, so it
// is repeated; data may wait decoded in libssh while the socket is idle, so each turn ends with a
// look at the channels; and whether libssh wants to write shows in its poll flags only after the
// fact, so the write notifier is set anew after each turn.

#pragma once

#include "ssh/LibsshHandles.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace ssh {

class SessionPump final : public QObject
{
    Q_OBJECT

public:
    explicit SessionPump(QObject *parent = nullptr);
    ~SessionPump() override;

    // Drives a session on which ssh_connect() was called once. `socket` is a descriptor of ours for
    // its socket, because libssh may close its own at any time. `traffic` is what libssh counts on
    // that socket. All must outlive this.
    void attach(ssh_session session, int socket, const ssh_counter_struct &traffic);

    // Asks for a turn soon, after something was given to libssh from outside of one. Calls are
    // merged.
    void wake();

    // The same, if libssh has read since the last look at the channels. It does whenever it writes,
    // and when it looks for the data of one channel; no notifier tells what it took in for another.
    void wakeIfRead();

    // True if libssh holds bytes that the socket did not take yet.
    bool isWritePending() const;

signals:
    // Bytes may have come; libssh has not read them yet.
    void aboutToRead();

    // A turn: whatever has arrived is decoded. The receiver takes its part and may call libssh
    // freely, but must not destroy the pump.
    void turned();

private:
    void turn();
    void updateNotifiers();

    ssh_session m_session = nullptr;
    const ssh_counter_struct *m_traffic = nullptr; // borrowed; null before attach()
    quint64 m_bytesTold = 0; // of those received, when turned() was last emitted
    EventHandle m_event;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    bool m_isAwake = false; // a turn is scheduled
};

} // namespace ssh
