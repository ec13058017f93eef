// SessionThread: the thread of one connection, with the worker that lives on it.

#pragma once

#include "ssh/ConnectionSettings.h"
#include "ssh/Interruption.h"

#include <QThread>

#include <functional>
#include <memory>
#include <optional>

namespace ssh {

class SessionWorker;

// Owned jointly by the connection and everything that was opened on it, all on the owner's thread.
// When the last of them goes, the thread is told to end and is kept by a reaper until it has:
// libssh may be in the middle of something that takes its time, such as the key derivation of an
// encrypted private key.
class SessionThread
{
public:
    using Task = std::move_only_function<void(SessionWorker &worker)>;

    SessionThread(ConnectionSettings settings, std::optional<LoginMemory> memory);
    ~SessionThread();
    Q_DISABLE_COPY_MOVE(SessionThread)

    // Only to connect its signals, before the first post().
    SessionWorker &worker() { return *m_worker; }

    // Runs `task` on the thread. Tasks keep their order.
    void post(Task task);

    // Ends what the thread may be waiting for inside libssh. A task that closes should follow.
    void interrupt() { m_interruption->interrupt(); }

private:
    std::unique_ptr<Interruption> m_interruption; // goes to the reaper with the thread
    std::unique_ptr<QThread> m_thread;
    SessionWorker *m_worker; // deleted by its own thread, at the end
};

} // namespace ssh
