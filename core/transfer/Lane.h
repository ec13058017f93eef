// Lane: a further SFTP channel that helps with the large files of a LaneBoard, one after another.
// On the thread of its connection; owned by its engine.

#pragma once

#include "sftp/Engine.h"
#include "transfer/LaneBoard.h"
#include "transfer/StripeWorker.h"

#include <memory>

namespace transfer {

class Lane final : public sftp::EngineTask
{
public:
    // `board` is shared with the transfers.
    Lane(sftp::Engine &engine, std::shared_ptr<LaneBoard> board);
    ~Lane() override;
    Q_DISABLE_COPY_MOVE(Lane)

    void work(); // takes a file if it has none

private:
    sftp::Engine &m_engine;
    std::shared_ptr<LaneBoard> m_board;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with the board
    std::unique_ptr<StripeWorker> m_worker; // null while there is nothing to do
    bool m_isUseless = false; // it could not help once: it would try for ever
};

} // namespace transfer
