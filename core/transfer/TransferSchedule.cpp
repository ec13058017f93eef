#include "transfer/TransferSchedule.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using State = TransferJob::State;

QByteArray newToken()
{
    return QByteArray::number(QRandomGenerator::system()->generate64(), 16);
}

// Known before the database has it; two are equal as good as never.
qint64 newId()
{
    return static_cast<qint64>(QRandomGenerator::system()->generate64() >> 1 | 1);
}

bool isRunnable(const TransferJob *job)
{
    return job->state() != State::Finished && job->state() != State::Paused;
}

bool isCancelled(const Result<Summary> &result)
{
    return !result && result.error().kind == ErrorKind::Cancelled;
}

// Nobody could go on with it in another run unasked.
bool isPassing(const TransferQueue &queue, const TransferRequest &request)
{
    return request.isPassing || !queue.server().isKept
        || (request.source && !request.source->isKept);
}

constexpr int ticksToStore = 5; // a program that is killed loses so many seconds of the bar

} // namespace

TransferSchedule::TransferSchedule(storage::Database *database, QObject *parent)
    : QObject(parent)
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &TransferSchedule::handleTick);
    if (database == nullptr) {
        return;
    }
    m_store = std::make_unique<TransferStore>(*database);
    // A database that has answered by now would be heard at once, and nobody listens yet.
    m_store->adopt().then(this, [this](const Result<TransferStore::Adopted> &adopted) {
        QMetaObject::invokeMethod(
            this, [this, adopted] { handleAdopted(adopted); }, Qt::QueuedConnection);
    });
}

void TransferSchedule::handleAdopted(const Result<TransferStore::Adopted> &adopted)
{
    if (!adopted) {
        emit notKept(adopted.error());
        return;
    }
    for (const LeftPartsRecord &left : adopted->leftParts) {
        queueFor(left.server)->clearUp(left.parts);
    }
    restore(adopted->transfers);
}

// What runs is kept, and goes on with the next program.
TransferSchedule::~TransferSchedule()
{
    for (TransferJob *job : std::as_const(m_order)) {
        job->disconnect(this);
    }
    for (const auto &queue : std::as_const(m_queues)) {
        queue->disconnect(this);
    }
}

std::shared_ptr<TransferQueue> TransferSchedule::queueFor(const TransferServer &server)
{
    std::shared_ptr<TransferQueue> &queue = m_queues[server.key];
    if (queue == nullptr) {
        queue = std::make_shared<TransferQueue>();
        follow(*queue);
    }
    queue->setServer(server); // its name may have changed
    return queue;
}

void TransferSchedule::follow(TransferQueue &queue)
{
    queue.leaveStartsTo(*this);
    queue.findSources([this](const TransferServer &server) {
        const auto known = m_queues.value(server.key);
        return known != nullptr ? known.get() : queueFor(server).get();
    });
    connect(&queue, &TransferQueue::jobAdded, this,
            [this, &queue](TransferJob *job) { take(queue, job); });
    connect(&queue, &TransferQueue::jobAboutToBeRemoved, this, &TransferSchedule::drop);
    connect(&queue, &TransferQueue::turnWanted, this, &TransferSchedule::startWaiting,
            Qt::QueuedConnection);
    connect(&queue, &TransferQueue::connectionChanged, this, &TransferSchedule::stateChanged);
    connect(&queue, &TransferQueue::targetChanged, this, &TransferSchedule::targetChanged);
    connect(&queue, &TransferQueue::partsCleared, this, [this](const LeftParts &parts) {
        if (m_store != nullptr) {
            tellFailure(m_store->removeLeftParts(parts.request.memory->token));
        }
    });
}

TransferServer TransferSchedule::serverOf(const TransferJob &job) const
{
    const TransferQueue *queue = m_entries.value(&job).queue;
    return queue != nullptr ? queue->server() : TransferServer();
}

bool TransferSchedule::isConnected(const TransferJob &job) const
{
    const TransferQueue *queue = m_entries.value(&job).queue;
    return queue != nullptr && queue->hasConnection(job);
}

void TransferSchedule::take(TransferQueue &queue, TransferJob *job)
{
    Entry entry{&queue, 0, m_store == nullptr || isPassing(queue, job->request())};
    if (m_restoring != nullptr) {
        entry.id = m_restoring->id;
        entry.mayStart = true;
        if (m_restoring->result) {
            job->setFinished(*m_restoring->result);
        } else if (m_restoring->isPaused) {
            job->pause();
        }
        job->setProgress(m_restoring->progress);
    }
    m_entries[job] = entry;
    m_order.append(job);
    connectJob(job);
    if (!entry.mayStart) {
        keep(job);
    }
    emit jobAdded(job);
}

void TransferSchedule::connectJob(TransferJob *job)
{
    connect(job, &TransferJob::started, this, &TransferSchedule::stateChanged);
    connect(job, &TransferJob::interrupted, this, [this, job] {
        storeProgress(*job);
        emit stateChanged();
    });
    connect(job, &TransferJob::pausedChanged, this, [this, job] {
        if (const Entry entry = m_entries.value(job); entry.id != 0) {
            tellFailure(m_store->setPaused(entry.id, job->state() == State::Paused));
        }
        storeProgress(*job);
        emit stateChanged();
    });
    connect(job, &TransferJob::answersChanged, this, [this, job](const AnswersForAll &answers) {
        if (const Entry entry = m_entries.value(job); entry.id != 0) {
            TransferRequest request = job->request();
            request.answers = answers;
            tellFailure(m_store->setRequest(entry.id, request));
        }
    });
    connect(job, &TransferJob::decided, this,
            [this, job](quint64 ticket, const QByteArray &key, const FileDecision &decision) {
                handleDecided(job, ticket, key, decision);
            });
    connect(job, &TransferJob::partsLeft, this, [this, job](const LeftParts &parts) {
        if (const Entry entry = m_entries.value(job); entry.id != 0) {
            tellFailure(m_store->setResult(entry.id, *job->result(), {serverOf(*job), parts}));
        }
    });
    connect(job, &TransferJob::finished, this,
            [this, job](const Result<Summary> &result) { handleFinished(job, result); });
}

// It starts when it is in the database: then a killed program has done nothing that nobody knows.
void TransferSchedule::keep(TransferJob *job)
{
    job->setMemory({newToken(), false, {}});
    const qint64 id = newId();
    m_entries[job].id = id;
    const TransferRecord record{id, serverOf(*job), job->request(), false, {}};
    m_store->add(record).then(this, [this, job = QPointer(job)](const Result<void> &stored) {
        if (!stored) {
            emit notKept(stored.error());
        }
        const auto entry = m_entries.find(job.data());
        if (entry != m_entries.end()) {
            entry->mayStart = true;
            startWaiting();
        }
    });
}

void TransferSchedule::restore(const QList<TransferRecord> &records)
{
    int unfinished = 0;
    const QList<TransferJob *> already = std::exchange(m_order, {});
    for (TransferRecord record : records) {
        const auto queue = queueFor(record.server);
        unfinished += record.result ? 0 : 1;
        m_restoring = &record;
        queue->add(record.request);
        m_restoring = nullptr;
    }
    m_order += already;
    if (!records.isEmpty()) {
        emit orderChanged();
    }
    if (unfinished > 0) {
        emit restored(unfinished);
    }
    startWaiting();
}

void TransferSchedule::startWaiting()
{
    if (std::exchange(m_isStarting, true)) {
        return;
    }
    auto running = runningCount();
    const QList<TransferJob *> order = m_order;
    for (TransferJob *job : order) {
        const Entry entry = m_entries.value(job);
        if (running < m_mostAtOnce && entry.mayStart && entry.queue->startIfPossible(*job)) {
            ++running;
        }
    }
    m_isStarting = false;
    if (running > 0 && !m_second.isActive()) {
        m_second.start();
    }
    shareLimit();
}

// Each gets the same part: what one does not use is lost, but none is starved.
void TransferSchedule::shareLimit()
{
    const qsizetype running = runningCount();
    const quint64 part = m_limit == 0
        ? 0
        : std::max<quint64>(1, m_limit / static_cast<quint64>(std::max<qsizetype>(1, running)));
    for (TransferJob *job : std::as_const(m_order)) {
        if (job->state() != State::Finished) {
            job->setLimit(part);
        }
    }
}

void TransferSchedule::handleDecided(TransferJob *job, quint64 ticket, const QByteArray &key,
                                     const FileDecision &decision)
{
    const Entry entry = m_entries.value(job);
    if (entry.id == 0) {
        job->confirm(ticket); // nothing is kept of it
        return;
    }
    m_store->addDecision(entry.id, key, decision)
        .then(this, [this, ticket, job = QPointer(job)](const Result<void> &stored) {
            if (!stored) {
                emit notKept(stored.error());
            }
            if (job != nullptr && ticket != 0) {
                job->confirm(ticket);
            }
        });
}

void TransferSchedule::handleFinished(TransferJob *job, const Result<Summary> &result)
{
    if (const Entry entry = m_entries.value(job); entry.id != 0) {
        tellFailure(m_store->setResult(entry.id, result));
    }
    if (!isCancelled(result)) {
        ++m_ended;
        m_failed += !result || !result->failures.isEmpty() ? 1 : 0;
    }
    emit stateChanged();
    if (!isAnyRunnable() && m_ended > 0) {
        emit ended(std::exchange(m_ended, 0), std::exchange(m_failed, 0));
    }
    startWaiting();
}

void TransferSchedule::setEndAction(EndAction action)
{
    if (m_endAction != action) {
        m_endAction = action;
        emit endActionChanged();
    }
}

void TransferSchedule::requestConnection(const TransferJob &job)
{
    const auto &source = job.request().source;
    const auto isMissing = [this](const QString &key) {
        const auto queue = m_queues.value(key);
        return queue == nullptr || !queue->hasConnection();
    };
    if (!source || isMissing(serverOf(job).key)) {
        emit connectionWanted(serverOf(job));
    }
    if (source && source->key != serverOf(job).key && isMissing(source->key)) {
        emit connectionWanted(*source);
    }
}

bool TransferSchedule::isAnyRunnable() const
{
    return std::ranges::any_of(m_order, isRunnable);
}

void TransferSchedule::moveTo(TransferJob &job, qsizetype index)
{
    const qsizetype from = m_order.indexOf(&job);
    const qsizetype target = std::clamp<qsizetype>(index, 0, m_order.size() - 1);
    if (from < 0 || from == target) {
        return;
    }
    m_order.move(from, target);
    storeOrder();
    emit orderChanged();
}

// For whoever sees it at the next start, before it goes on.
void TransferSchedule::storeProgress(const TransferJob &job)
{
    if (const Entry entry = m_entries.value(&job); entry.id != 0) {
        tellFailure(m_store->setProgress(entry.id, job.progress()));
    }
}

void TransferSchedule::storeOrder()
{
    QList<qint64> ids;
    for (const TransferJob *job : std::as_const(m_order)) {
        if (const qint64 id = m_entries.value(job).id; id != 0) {
            ids.append(id);
        }
    }
    if (m_store != nullptr) {
        tellFailure(m_store->setOrder(ids));
    }
}

void TransferSchedule::remove(TransferJob &job)
{
    if (TransferQueue *queue = m_entries.value(&job).queue; queue != nullptr) {
        queue->remove(job);
    }
}

void TransferSchedule::drop(TransferJob *job)
{
    emit jobAboutToBeRemoved(job);
    job->disconnect(this);
    m_order.removeOne(job);
    if (const Entry entry = m_entries.take(job); entry.id != 0) {
        tellFailure(m_store->remove({entry.id}));
    }
    emit stateChanged();
    QMetaObject::invokeMethod(this, &TransferSchedule::startWaiting, Qt::QueuedConnection);
}

TransferJob *TransferSchedule::retry(TransferJob &job, std::optional<LinkChoice> links)
{
    TransferQueue *queue = m_entries.value(&job).queue;
    const std::optional<Result<Summary>> &result = job.result();
    if (queue == nullptr || !result || (*result && (*result)->failures.isEmpty())) {
        return nullptr;
    }
    TransferRequest request = *result ? retryOf(job.request(), **result) : job.request();
    request.links = links.value_or(request.links);
    request.memory.reset();
    return queue->add(request);
}

void TransferSchedule::pauseAll()
{
    for (TransferJob *job : std::as_const(m_order)) {
        job->pause();
    }
}

void TransferSchedule::resumeAll()
{
    for (TransferJob *job : std::as_const(m_order)) {
        job->resume();
    }
}

qsizetype TransferSchedule::runningCount() const
{
    return std::ranges::count_if(
        m_order, [](const TransferJob *job) { return job->state() == State::Running; });
}

// One more after the end, so that the rate is seen to be nothing.
void TransferSchedule::handleTick()
{
    m_rates.append(total().bytesPerSecond);
    if (m_rates.size() > mostRates) {
        m_rates.removeFirst();
    }
    if (++m_ticks % ticksToStore == 0) {
        for (const TransferJob *job : std::as_const(m_order)) {
            if (job->state() == State::Running) {
                storeProgress(*job);
            }
        }
    }
    if (runningCount() == 0) {
        m_second.stop();
    }
    emit ticked();
}

void TransferSchedule::setMostAtOnce(int count)
{
    if (m_mostAtOnce == std::max(1, count)) {
        return;
    }
    m_mostAtOnce = std::max(1, count);
    emit limitsChanged();
    startWaiting();
}

void TransferSchedule::setLimit(quint64 bytesPerSecond)
{
    if (m_limit == bytesPerSecond) {
        return;
    }
    m_limit = bytesPerSecond;
    emit limitsChanged();
    shareLimit();
}

Progress TransferSchedule::total() const
{
    Progress total;
    total.counting = false;
    for (const TransferJob *job : m_order) {
        const Progress &progress = job->progress();
        if (job->state() == State::Finished) {
            continue;
        }
        total.bytesDone += progress.bytesDone;
        total.bytesTotal += progress.bytesTotal;
        total.filesDone += progress.filesDone;
        total.filesTotal += progress.filesTotal;
        if (job->state() == State::Running) { // of the others nobody knows yet how much it is
            total.counting = total.counting || progress.counting;
            total.bytesPerSecond += progress.bytesPerSecond;
        }
    }
    if (!total.counting && total.bytesPerSecond > 0) {
        total.timeLeft
            = std::chrono::seconds((total.bytesTotal - total.bytesDone) / total.bytesPerSecond);
    }
    return total;
}

void TransferSchedule::tellFailure(const QFuture<Result<void>> &stored)
{
    QFuture<Result<void>>(stored).then(this, [this](const Result<void> &result) {
        if (!result) {
            emit notKept(result.error());
        }
    });
}

} // namespace transfer
