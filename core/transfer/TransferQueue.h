// TransferQueue: the jobs of one connection in their order, a few at a time.

#pragma once

#include "transfer/TransferJob.h"

#include <QList>
#include <QObject>

namespace sftp {
class Client;
}

namespace transfer {

class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    // The client must not go first while jobs are still added.
    explicit TransferQueue(sftp::Client &client, QObject *parent = nullptr);
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
    QList<TransferJob *> m_jobs; // children of this
};

} // namespace transfer
