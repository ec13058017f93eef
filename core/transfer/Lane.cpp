#include "transfer/Lane.h"

#include <utility>

namespace transfer {

Lane::Lane(sftp::Engine &engine, std::shared_ptr<LaneBoard> board)
    : m_engine(engine)
    , m_board(std::move(board))
{
    m_board->join(m_mailbox, [this] { work(); });
}

Lane::~Lane()
{
    m_board->leave(m_mailbox);
    m_mailbox->close();
}

void Lane::work()
{
    if (m_worker || m_isUseless) {
        return;
    }
    auto file = m_board->pick();
    if (!file) {
        return;
    }
    m_worker = std::make_unique<StripeWorker>(m_engine, std::move(file));
    m_worker->help([this](StripeWorker::Usefulness usefulness) {
        m_isUseless = usefulness == StripeWorker::Usefulness::Useless;
        // Not now: the worker is in the middle of a call.
        m_mailbox->post([this] {
            m_worker.reset();
            work();
        });
    });
}

} // namespace transfer
