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
    explicit TransferQueue(sftp::Client &client, QObject *parent = nullptr);
    ~TransferQueue() override; // cancels what runs

    // Starts when its turn comes. The queue owns the job until removeFinished() or its own end.
    TransferJob *add(const TransferRequest &request);

    QList<TransferJob *> jobs() const; // waiting, running and finished, in order of arrival
    void removeFinished();

signals:
    void jobAdded(transfer::TransferJob *job);
    void jobAboutToBeRemoved(transfer::TransferJob *job);
};

} // namespace transfer
