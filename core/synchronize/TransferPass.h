// TransferPass: the copies of a plan to one side over a connection, as one transfer.

#pragma once

#include "synchronize/CopyPass.h"

#include <QPointer>

namespace synchronize {

class TransferPass final : public CopyPass
{
    Q_OBJECT

public:
    TransferPass(CopyTask task, const CopyRoute &route);
    ~TransferPass() override;

    void start(const RunOptions &options) override;
    void cancel() override;

private:
    transfer::TransferRequest request(const RunOptions &options) const;
    void handleConflict(const transfer::Conflict &conflict);
    std::optional<RunFailure::Cause> objectionTo(const transfer::Conflict &conflict,
                                                 const QByteArray &path) const;

    const CopyRoute m_route;
    QPointer<transfer::TransferQueue> m_queue;
    QPointer<transfer::TransferJob> m_job; // of the queue
};

} // namespace synchronize
