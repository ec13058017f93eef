#include "transfer/TransferJob.h"

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

} // namespace

TransferJob::TransferJob(sftp::Client &client, std::shared_ptr<LaneBoard> lanes,
                         TransferRequest request, QObject *parent)
    : QObject(parent)
    , m_client(&client)
    , m_lanes(std::move(lanes))
    , m_request(std::move(request))
    , m_feed(std::make_shared<TransferFeed>())
    , m_slot(std::make_shared<TransferRun::Slot>())
{
}

TransferJob::~TransferJob()
{
    postToRun([](TransferRun &run) { run.cancel(); });
}

void TransferJob::start()
{
    if (m_state != State::Waiting) {
        return;
    }
    m_state = State::Running;
    emit started();
    if (!m_client) {
        finish(Failure(endOf(ErrorKind::ConnectionLost)));
        return;
    }
    follow();
    m_client->post(
        [request = m_request, feed = m_feed, slot = m_slot, lanes = m_lanes](sftp::Engine *engine) {
            if (!engine) {
                emit feed->finished(Failure(endOf(ErrorKind::ConnectionLost)));
                return;
            }
            auto run = std::make_unique<TransferRun>(*engine, request, feed, slot, lanes);
            TransferRun &started = *run;
            engine->adopt(std::move(run));
            started.start();
        });
}

void TransferJob::follow()
{
    connect(m_feed.get(), &TransferFeed::progressed, this, [this](const Progress &progress) {
        m_progress = progress;
        emit progressed(progress);
    });
    connect(m_feed.get(), &TransferFeed::conflictRaised, this, &TransferJob::conflictRaised);
    connect(m_feed.get(), &TransferFeed::finished, this, &TransferJob::finish);
}

void TransferJob::cancel()
{
    if (m_state == State::Finished) {
        return;
    }
    postToRun([](TransferRun &run) { run.cancel(); });
    // The user need not wait for a server that may be silent.
    m_feed->disconnect(this);
    m_state = State::Finished;
    QMetaObject::invokeMethod(
        this, [this] { emit finished(Failure(endOf(ErrorKind::Cancelled))); },
        Qt::QueuedConnection);
}

void TransferJob::answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope)
{
    postToRun([conflict, answer, scope](TransferRun &run) { run.answer(conflict, answer, scope); });
}

void TransferJob::finish(const Result<Summary> &result)
{
    m_state = State::Finished;
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
