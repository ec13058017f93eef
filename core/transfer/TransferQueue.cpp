#include "transfer/TransferQueue.h"

#include <algorithm>

namespace transfer {
namespace {

// A small copy need not wait for a large one; more would only share the same channel.
constexpr qsizetype mostRunning = 2;

} // namespace

TransferQueue::TransferQueue(sftp::Client &client, std::shared_ptr<LaneBoard> lanes,
                             QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_lanes(std::move(lanes))
{
}

TransferQueue::~TransferQueue() = default;

TransferJob *TransferQueue::add(const TransferRequest &request)
{
    auto *job = new TransferJob(m_client, m_lanes, request, this);
    m_jobs.append(job);
    connect(job, &TransferJob::finished, this, &TransferQueue::startWaiting);
    emit jobAdded(job);
    // Not now: the caller wants to connect to the job first.
    QMetaObject::invokeMethod(this, &TransferQueue::startWaiting, Qt::QueuedConnection);
    return job;
}

void TransferQueue::removeFinished()
{
    const auto finished
        = [](const TransferJob *job) { return job->state() == TransferJob::State::Finished; };
    const auto firstRemoved = std::ranges::stable_partition(m_jobs, std::not_fn(finished)).begin();
    const QList<TransferJob *> removed(firstRemoved, m_jobs.end());
    for (TransferJob *job : removed) {
        emit jobAboutToBeRemoved(job);
        m_jobs.removeOne(job);
        job->deleteLater();
    }
}

void TransferQueue::startWaiting()
{
    const auto isIn = [](TransferJob::State state) {
        return [state](const TransferJob *job) { return job->state() == state; };
    };
    while (std::ranges::count_if(m_jobs, isIn(TransferJob::State::Running)) < mostRunning) {
        const auto next = std::ranges::find_if(m_jobs, isIn(TransferJob::State::Waiting));
        if (next == m_jobs.end()) {
            return;
        }
        (*next)->start();
    }
}

} // namespace transfer
