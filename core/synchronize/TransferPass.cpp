#include "synchronize/TransferPass.h"

#include <algorithm>
#include <utility>

namespace synchronize {
namespace {

using base::Result;
using transfer::ConflictAnswer;
using transfer::Summary;
using transfer::TransferJob;

const TreeRow *rowOf(const TreeRows &rows, const QByteArray &path)
{
    const auto found = std::ranges::lower_bound(
        rows, path,
        [](const QByteArray &one, const QByteArray &other) { return comparePaths(one, other) < 0; },
        &TreeRow::path);
    return found != rows.cend() && found->path == path ? &*found : nullptr;
}

} // namespace

TransferPass::TransferPass(CopyTask task, const CopyRoute &route)
    : CopyPass(std::move(task))
    , m_route(route)
    , m_queue(route.queue)
{
}

TransferPass::~TransferPass()
{
    TransferPass::cancel();
}

void TransferPass::cancel()
{
    if (m_queue != nullptr && m_job != nullptr) {
        m_job->disconnect(this);
        m_queue->remove(*m_job);
    }
}

transfer::TransferRequest TransferPass::request(const RunOptions &options) const
{
    transfer::TransferRequest request;
    request.direction = m_route.direction;
    request.source = m_route.source;
    request.targetDirectory = targetBase();
    request.options = options.copy;
    request.bytesPerSecond = options.bytesPerSecond;
    request.links = transfer::LinkChoice::Copy;
    for (const qsizetype row : rows()) {
        const QByteArray &path = task().plan->rows()[row].path;
        request.sources.append(task().source.child(path));
        request.targetNames.append(targetNames(path));
    }
    return request;
}

void TransferPass::start(const RunOptions &options)
{
    m_job = m_queue->add(request(options));
    connect(m_job, &TransferJob::progressed, this, &CopyPass::progressed);
    connect(m_job, &TransferJob::interrupted, this, &CopyPass::interrupted);
    connect(m_job, &TransferJob::conflictRaised, this, &TransferPass::handleConflict);
    connect(m_job, &TransferJob::finished, this, [this](const Result<Summary> &result) {
        // It is in the middle of its own signal.
        QMetaObject::invokeMethod(
            m_queue,
            [queue = m_queue.get(), job = m_job] {
                if (job != nullptr) {
                    queue->remove(*job);
                }
            },
            Qt::QueuedConnection);
        m_job->disconnect(this);
        m_job = nullptr;
        emit finished(result);
    });
}

// Replaced is only what was compared.
void TransferPass::handleConflict(const transfer::Conflict &conflict)
{
    const qsizetype prefix = task().target.isRoot() ? 1 : task().target.bytes().size() + 1;
    const QByteArray path
        = conflict.target.bytes().sliced(std::min(prefix, conflict.target.bytes().size()));
    const auto objection = objectionTo(conflict, path);
    if (objection) {
        refuse(path, *objection);
    }
    m_job->answer(conflict.id, objection ? ConflictAnswer::Refuse : ConflictAnswer::Overwrite,
                  transfer::AnswerScope::ThisFile);
}

std::optional<RunFailure::Cause> TransferPass::objectionTo(const transfer::Conflict &conflict,
                                                           const QByteArray &path) const
{
    if (conflict.isLookalike) {
        return RunFailure::Cause::Error; // which one, the obstacle says
    }
    const TreeRow *row = rowOf(task().plan->rows(), path);
    return objection(row == nullptr ? std::nullopt : row->item(task().to), conflict.targetEntry);
}

} // namespace synchronize
