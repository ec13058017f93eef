// TransferQueue: the jobs of one login in their order, a few at a time. Survives its connection:
// what was interrupted goes on with the next one.

#pragma once

#include "transfer/TransferJob.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <memory>
#include <optional>

namespace sftp {
class Client;
}

namespace transfer {

class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    // Jobs wait until attach().
    explicit TransferQueue(QObject *parent = nullptr);

    // With a client at once.
    explicit TransferQueue(sftp::Client &client, std::shared_ptr<LaneBoard> lanes = nullptr,
                           QObject *parent = nullptr);
    ~TransferQueue() override; // cancels what runs

    // Jobs run over this client from now on, until it is closed. `lanes` are a SessionPool's, to
    // help with large files.
    void attach(sftp::Client &client, std::shared_ptr<LaneBoard> lanes = nullptr);

    // Starts when its turn comes. The queue owns the job until removeFinished() or its own end.
    TransferJob *add(const TransferRequest &request);

    // What failed in a job that is finished, as a new job.
    TransferJob *retry(const TransferJob &job, const Summary &summary);

    // waiting, running, interrupted and finished, in order of arrival
    QList<TransferJob *> jobs() const { return m_jobs; }
    bool hasUnfinished() const;
    void removeFinished();

    // For those who wait for a connection: it is tried again after that time; absent: not by
    // itself.
    void setNextTry(std::optional<std::chrono::seconds> time);

signals:
    void jobAdded(transfer::TransferJob *job);
    void jobAboutToBeRemoved(transfer::TransferJob *job);

private:
    void startWaiting();
    bool mayStart(const TransferJob &job) const;

    QPointer<sftp::Client> m_client; // null while there is none
    std::shared_ptr<LaneBoard> m_lanes; // shared with the jobs and the lanes; may be null
    QList<TransferJob *> m_jobs; // children of this
};

} // namespace transfer
