#include "transfer/TransferJob.h"

#include "transfer/SourceDoor.h"

#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

Error endOf(ErrorKind kind)
{
    Error error;
    error.kind = kind;
    error.operation = QStringLiteral("copy");
    return error;
}

// Of two servers the source has told its failures itself.
void nameServer(Result<Summary> &result, const QString &target)
{
    const auto name = [&target](Error &error) {
        error.server = error.server.isEmpty() ? target : error.server;
    };
    if (!result) {
        name(result.error());
        return;
    }
    for (FileFailure &failure : result->failures) {
        if (failure.obstacle == CopyObstacle::None) {
            name(failure.error);
        }
    }
}

} // namespace

TransferJob::TransferJob(TransferRequest request, QString server, QObject *parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_server(std::move(server))
    , m_ledger(m_request)
{
}

TransferJob::~TransferJob()
{
    postToRun([](TransferRun &run) { run.cancel(); });
}

void TransferJob::setMemory(const TransferMemory &memory)
{
    m_request.memory = memory;
    m_ledger = TransferLedger(m_request);
}

void TransferJob::setFinished(const Result<Summary> &result)
{
    m_state = State::Finished;
    m_result = result;
}

void TransferJob::start(sftp::Client &client, std::shared_ptr<LaneBoard> lanes,
                        const std::optional<Source> &source)
{
    if (m_state != State::Waiting && m_state != State::Interrupted) {
        return;
    }
    m_state = State::Running;
    m_client = &client;
    m_sourceClient = source ? source->client : nullptr;
    m_nextTry.reset();
    follow();
    emit started();
    m_client->post([request = m_request, ledger = std::exchange(m_ledger, {}), feed = m_feed,
                    slot = m_slot, lanes = std::move(lanes),
                    from = sourceServer(source)](sftp::Engine *engine) {
        if (engine == nullptr) {
            emit feed->interrupted(endOf(ErrorKind::ConnectionLost), ledger);
            return;
        }
        auto run = std::make_unique<TransferRun>(*engine, request, ledger, feed, slot, lanes, from);
        TransferRun &started = *run;
        engine->adopt(std::move(run));
        started.start();
    });
}

std::optional<SourceServer> TransferJob::sourceServer(const std::optional<Source> &source) const
{
    if (!source || !m_request.source) {
        return std::nullopt;
    }
    const auto door = std::make_shared<SourceDoor>(); // shared with the run, on another thread
    source->client->post([door](sftp::Engine *engine) { door->open(engine); });
    return SourceServer{m_request.source->key.toUtf8(), m_request.source->title,
                        [door](SourceDoor::Call call) { door->post(std::move(call)); },
                        source->lanes ? source->lanes->services().digest : nullptr};
}

void TransferJob::follow()
{
    m_feed = std::make_shared<TransferFeed>();
    m_slot = std::make_shared<TransferRun::Slot>();
    connect(m_feed.get(), &TransferFeed::progressed, this, [this](const Progress &progress) {
        m_progress = progress;
        emit progressed(progress);
    });
    connect(m_feed.get(), &TransferFeed::conflictRaised, this, [this](const Conflict &conflict) {
        m_conflict = conflict;
        emit conflictRaised(conflict);
    });
    connect(m_feed.get(), &TransferFeed::answersChanged, this, &TransferJob::answersChanged);
    connect(m_feed.get(), &TransferFeed::decided, this, &TransferJob::decided);
    connect(m_feed.get(), &TransferFeed::interrupted, this, &TransferJob::interrupt);
    connect(m_feed.get(), &TransferFeed::finished, this, &TransferJob::finish);
}

void TransferJob::interrupt(const Error &reason, const TransferLedger &left)
{
    m_ledger = left;
    m_wasInterrupted = true;
    m_conflict.reset(); // it is asked again
    if (std::exchange(m_mustPause, false)) {
        m_state = State::Paused;
        emit interrupted(reason);
        emit pausedChanged();
        return;
    }
    // Begun anew on the same client, unless that is what ended.
    m_state = std::exchange(m_mustWait, false) && reason.kind == ErrorKind::Cancelled
        ? State::Waiting
        : State::Interrupted;
    emit interrupted(reason);
}

void TransferJob::pause()
{
    if (m_state == State::Running) {
        m_mustPause = true;
        postToRun([](TransferRun &run) { run.pause(); });
    } else if (m_state == State::Waiting || m_state == State::Interrupted) {
        m_state = State::Paused;
        emit pausedChanged();
    }
}

void TransferJob::resume()
{
    m_mustPause = false;
    if (m_state == State::Paused) {
        m_state = State::Waiting;
        emit pausedChanged();
    }
}

void TransferJob::setLimit(quint64 bytesPerSecond)
{
    const quint64 before = m_request.bytesPerSecond.value_or(0);
    if (before == bytesPerSecond) {
        return;
    }
    m_request.bytesPerSecond = bytesPerSecond == 0 ? std::nullopt : std::optional(bytesPerSecond);
    if (before == 0) {
        m_mustWait = m_state == State::Running;
        postToRun([](TransferRun &run) { run.pause(); });
    } else {
        postToRun([bytesPerSecond](TransferRun &run) { run.setLimit(bytesPerSecond); });
    }
}

void TransferJob::confirm(quint64 ticket)
{
    postToRun([ticket](TransferRun &run) { run.confirm(ticket); });
}

void TransferJob::setNextTry(std::optional<std::chrono::seconds> time)
{
    const bool isHeldUp = m_state == State::Interrupted || m_state == State::Waiting;
    if (isHeldUp && m_nextTry != time) {
        m_nextTry = time;
        emit nextTryChanged();
    }
}

void TransferJob::cancel()
{
    if (m_state == State::Finished) {
        return;
    }
    const bool isRunning = m_state == State::Running;
    const bool wasBegun = m_wasInterrupted || (m_request.memory && m_request.memory->wasBegun);
    const bool keepsParts = m_mustPause || m_mustWait; // what the run was told before
    postToRun([](TransferRun &run) { run.cancel(); });
    // The user need not wait for a server that may be silent.
    if (m_feed) {
        m_feed->disconnect(this);
    }
    m_state = State::Finished;
    m_conflict.reset();
    m_result = Failure(endOf(ErrorKind::Cancelled));
    if (isRunning || wasBegun) {
        tellLeftParts(wasBegun || keepsParts);
    }
    QMetaObject::invokeMethod(this, [this] { emit finished(*m_result); }, Qt::QueuedConnection);
}

// Without a token nothing could be found.
void TransferJob::tellLeftParts(bool mustSearch)
{
    if (m_request.memory && !m_request.options.keepPart) {
        emit partsLeft({m_request, mustSearch});
    }
}

void TransferJob::answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope)
{
    if (m_conflict && m_conflict->id == conflict) {
        m_conflict.reset();
        emit conflictClosed();
    }
    postToRun([conflict, answer, scope](TransferRun &run) { run.answer(conflict, answer, scope); });
}

void TransferJob::finish(Result<Summary> result)
{
    if (m_request.source) {
        nameServer(result, m_server);
    }
    m_state = State::Finished;
    m_conflict.reset();
    m_result = result;
    if (!result) {
        tellLeftParts(true);
    }
    emit finished(result);
}

void TransferJob::postToRun(std::move_only_function<void(TransferRun &)> call)
{
    if (m_state != State::Running || !m_client) {
        return;
    }
    m_client->post([slot = m_slot, call = std::move(call)](sftp::Engine *) mutable {
        if (slot->run) {
            call(*slot->run);
        }
    });
}

} // namespace transfer
