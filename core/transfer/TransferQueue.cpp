#include "transfer/TransferQueue.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace transfer {
namespace {

// A small copy need not wait for a large one; more would only share the same channel.
constexpr qsizetype mostRunning = 2;

auto isIn(TransferJob::State state)
{
    return [state](const TransferJob *job) { return job->state() == state; };
}

} // namespace

TransferQueue::TransferQueue(QObject *parent)
    : QObject(parent)
{
    connect(&m_sweeps, &PartSweeps::settled, this, &TransferQueue::partsCleared);
    connect(&m_sweeps, &PartSweeps::settled, this,
            [this](const LeftParts &parts) { emit targetChanged(parts.request); });
}

TransferQueue::TransferQueue(sftp::Client &client, std::shared_ptr<LaneBoard> lanes,
                             QObject *parent)
    : TransferQueue(parent)
{
    attach(client, std::move(lanes));
}

TransferQueue::~TransferQueue() = default;

void TransferQueue::attach(sftp::Client &client, std::shared_ptr<LaneBoard> lanes)
{
    detach(&client);
    m_clients.append({&client, std::move(lanes)});
    connect(&client, &sftp::Client::closed, this, [this, &client] { detach(&client); });
    connect(&client, &QObject::destroyed, this, [this](QObject *gone) { detach(gone); });
    handleClients();
}

// Another one may be there, or the first.
void TransferQueue::handleClients()
{
    emit connectionChanged();
    m_sweeps.setServer(m_clients.isEmpty() ? nullptr : m_clients.last().client);
    startWaiting();
}

// That it runs over; null if it is gone.
sftp::Client *TransferQueue::clientOf(const TransferJob &job) const
{
    const auto found = std::ranges::find(m_clients, job.client(), &Attached::client);
    return found == m_clients.end() ? nullptr : found->client;
}

void TransferQueue::detach(const QObject *client)
{
    const auto isThis = [client](const Attached &attached) { return attached.client == client; };
    if (m_clients.removeIf(isThis) == 0) {
        return;
    }
    client->disconnect(this);
    handleClients();
}

void TransferQueue::leaveStartsTo(QObject &schedule)
{
    m_schedule = &schedule;
}

TransferJob *TransferQueue::add(const TransferRequest &request)
{
    auto *job = new TransferJob(request, m_server.title, this);
    m_jobs.append(job);
    followSource(*job);
    connect(job, &TransferJob::partsLeft, this,
            [this, job](const LeftParts &parts) { m_sweeps.owe(parts, clientOf(*job)); });
    connect(job, &TransferJob::finished, this, [this, job] {
        emit targetChanged(job->request());
        startWaiting();
    });
    connect(job, &TransferJob::interrupted, this, &TransferQueue::startWaiting);
    connect(job, &TransferJob::pausedChanged, this, &TransferQueue::startWaiting);
    emit jobAdded(job);
    // Not now: the caller wants to connect to the job first.
    QMetaObject::invokeMethod(this, &TransferQueue::startWaiting, Qt::QueuedConnection);
    return job;
}

// A connection to its source may let it begin.
void TransferQueue::followSource(TransferJob &job)
{
    if (const TransferQueue *source = sourceOf(job); source != nullptr && source != this) {
        connect(source, &TransferQueue::connectionChanged, &job, [this] { startWaiting(); });
    }
}

TransferQueue *TransferQueue::sourceOf(const TransferJob &job) const
{
    const auto &source = job.request().source;
    return source && m_findSource ? m_findSource(*source) : nullptr;
}

std::optional<TransferJob::Source> TransferQueue::sourceFor(const TransferJob &job) const
{
    const TransferQueue *source = sourceOf(job);
    if (source == nullptr || source->m_clients.isEmpty()) {
        return std::nullopt;
    }
    return TransferJob::Source{source->m_clients.last().client, source->m_clients.last().lanes};
}

bool TransferQueue::hasConnection(const TransferJob &job) const
{
    const bool isRelay = job.request().direction == Direction::Relay;
    return hasConnection() && (!isRelay || sourceFor(job));
}

bool TransferQueue::hasUnfinished() const
{
    return !std::ranges::all_of(m_jobs, isIn(TransferJob::State::Finished));
}

qsizetype TransferQueue::unfinishedCount() const
{
    return std::ranges::count_if(m_jobs, std::not_fn(isIn(TransferJob::State::Finished)));
}

void TransferQueue::remove(TransferJob &job)
{
    if (!m_jobs.contains(&job)) {
        return;
    }
    job.cancel();
    emit jobAboutToBeRemoved(&job);
    m_jobs.removeOne(&job);
    job.deleteLater();
}

void TransferQueue::setNextTry(std::optional<std::chrono::seconds> time)
{
    for (TransferJob *job : std::as_const(m_jobs)) {
        job->setNextTry(time);
    }
}

// An interrupted job may hear of the end of its client before the queue does: not that one again.
bool TransferQueue::mayStart(const TransferJob &job) const
{
    if (!hasConnection(job)) {
        return false;
    }
    const auto source = sourceFor(job);
    const bool isOther = job.client() != m_clients.last().client
        || (source && job.sourceClient() != source->client);
    return job.state() == TransferJob::State::Waiting
        || (job.state() == TransferJob::State::Interrupted && isOther);
}

bool TransferQueue::startIfPossible(TransferJob &job)
{
    if (!mayStart(job)) {
        return false;
    }
    job.start(*m_clients.last().client, m_clients.last().lanes, sourceFor(job));
    return true;
}

void TransferQueue::startWaiting()
{
    if (m_schedule) {
        emit turnWanted();
        return;
    }
    while (!m_clients.isEmpty()
           && std::ranges::count_if(m_jobs, isIn(TransferJob::State::Running)) < mostRunning) {
        const auto next = std::ranges::find_if(
            m_jobs, [this](const TransferJob *job) { return mayStart(*job); });
        if (next == m_jobs.end()) {
            return;
        }
        startIfPossible(**next);
    }
}

} // namespace transfer
