// Mailbox: takes calls from any thread to the thread that made it, as long as somebody there wants
// them. Used by disk work and by the lanes of large files.

#pragma once

#include <QObject>
#include <QScopedPointer>

#include <functional>
#include <memory>
#include <mutex>

namespace transfer {

class Mailbox
{
public:
    // Calls `letter` when the event loop of the mailbox's thread runs; does nothing once closed.
    void post(std::move_only_function<void()> letter);

    // On the mailbox's own thread. What was posted and not called yet never will be.
    void close();

private:
    std::mutex m_mutex;
    std::shared_ptr<bool> m_isOpen = std::make_shared<bool>(true); // used on the mailbox's thread
    // A thread may end before the last letter: then nothing is delivered or deleted any more.
    std::unique_ptr<QObject, QScopedPointerDeleteLater> m_receiver{new QObject};
};

} // namespace transfer
