// TransferQueue: the jobs of one connection in their order, a few at a time.

#pragma once

#include "transfer/TransferJob.h"

#include <QList>
#include <QObject>

#include <memory>

namespace sftp {
class Client;
}

namespace transfer {

class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    // The client must not go first while jobs are still added. `lanes` are a SessionPool's, to help
    // with large files.
    explicit TransferQueue(sftp::Client &client, std::shared_ptr<LaneBoard> lanes = nullptr,
                           QObject *parent = nullptr);
    ~TransferQueue() override; // cancels what runs

    // Starts when its turn comes. The queue owns the job until removeFinished() or its own end.
    TransferJob *add(const TransferRequest &request);

    QList<TransferJob *> jobs() const
    {
        return m_jobs;
    } // waiting, running and finished, in order of arrival
    void removeFinished();

signals:
    void jobAdded(transfer::TransferJob *job);
    void jobAboutToBeRemoved(transfer::TransferJob *job);

private:
    void startWaiting();

    sftp::Client &m_client;
    std::shared_ptr<LaneBoard> m_lanes; // shared with the jobs and the lanes; may be null
    QList<TransferJob *> m_jobs; // children of this
};

} // namespace transfer
