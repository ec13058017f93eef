// DiskWork: does what may block on a pool thread, in order, and answers on the thread of its owner.
// Used by transfers: a slow disk must not hold up the connection.

#pragma once

#include "transfer/Mailbox.h"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace transfer {

class DiskWork
{
public:
    DiskWork() = default;
    ~DiskWork(); // what was ordered is still done, and not answered
    Q_DISABLE_COPY_MOVE(DiskWork)

    // Calls `work` on a pool thread after all that was ordered before, then `then` with its result
    // here. `work` must own what it uses.
    template<typename Work, typename Then>
    void run(Work work, Then then)
    {
        m_line->append(
            [work = std::move(work), then = std::move(then), mailbox = m_mailbox]() mutable {
                auto result = work();
                // The work's own things go with the thread that did it.
                {
                    [[maybe_unused]] const Work finished = std::move(work);
                }
                mailbox->post([result = std::move(result), then = std::move(then)]() mutable {
                    then(std::move(result));
                });
            });
    }

    // The same for work without result.
    template<typename Work>
    void run(Work work)
    {
        m_line->append(std::move(work));
    }

private:
    // The orders that wait. Shared with the pool thread that works them off.
    class Line : public std::enable_shared_from_this<Line>
    {
    public:
        void append(std::move_only_function<void()> order);

    private:
        void workOff();

        std::mutex m_mutex;
        std::deque<std::move_only_function<void()>> m_orders;
        bool m_isWorking = false;
    };

    std::shared_ptr<Line> m_line = std::make_shared<Line>();
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with the orders
};

} // namespace transfer
