#include "synchronize/CopyPass.h"

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

CopyPass::CopyPass(std::shared_ptr<const SyncPlan> plan, Side to, files::FilePath source,
                   files::FilePath target, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_to(to)
    , m_source(std::move(source))
    , m_target(std::move(target))
{
    // The name of the directory leads the names, so that a link may lead up to it.
    m_request.targetDirectory = m_target.isRoot() ? m_target : m_target.parent();
}

CopyPass::~CopyPass()
{
    cancel();
}

void CopyPass::cancel()
{
    if (m_queue != nullptr && m_job != nullptr) {
        m_job->disconnect(this);
        m_queue->remove(*m_job);
    }
}

void CopyPass::add(qsizetype row)
{
    const QByteArray &path = m_plan->rows()[row].path;
    QByteArrayList names = path.split('/');
    if (!m_target.isRoot()) {
        names.prepend(m_target.name());
    }
    m_request.sources.append(m_source.child(path));
    m_request.targetNames.append(names);
}

void CopyPass::start(Side local, const RunOptions &options, transfer::TransferQueue &queue)
{
    m_request.direction
        = m_to == local ? transfer::Direction::Download : transfer::Direction::Upload;
    m_request.options = options.copy;
    m_request.bytesPerSecond = options.bytesPerSecond;
    m_request.links = transfer::LinkChoice::Copy;
    m_queue = &queue;
    m_job = queue.add(m_request);
    connect(m_job, &TransferJob::progressed, this, &CopyPass::progressed);
    connect(m_job, &TransferJob::interrupted, this, &CopyPass::interrupted);
    connect(m_job, &TransferJob::conflictRaised, this, &CopyPass::handleConflict);
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
void CopyPass::handleConflict(const transfer::Conflict &conflict)
{
    const qsizetype prefix = m_target.isRoot() ? 1 : m_target.bytes().size() + 1;
    const QByteArray path
        = conflict.target.bytes().sliced(std::min(prefix, conflict.target.bytes().size()));
    const auto objection = objectionTo(conflict, path);
    if (objection) {
        m_refused.insert(path, *objection);
    }
    m_job->answer(conflict.id, objection ? ConflictAnswer::Refuse : ConflictAnswer::Overwrite,
                  transfer::AnswerScope::ThisFile);
}

std::optional<RunFailure::Cause> CopyPass::objectionTo(const transfer::Conflict &conflict,
                                                       const QByteArray &path) const
{
    if (conflict.isLookalike) {
        return RunFailure::Cause::Error; // which one, the obstacle says
    }
    const TreeRow *row = rowOf(m_plan->rows(), path);
    const Item now{conflict.targetEntry.attributes, conflict.targetEntry.linkTarget};
    if (row == nullptr || !row->item(m_to)) {
        return RunFailure::Cause::AppearedSince;
    }
    if (!isUnchanged(*row->item(m_to), now)) {
        return RunFailure::Cause::ChangedSince;
    }
    return std::nullopt;
}

QList<RunFailure> CopyPass::failures(const Summary &summary) const
{
    QList<RunFailure> failures;
    for (const transfer::FileFailure &failure : summary.failures) {
        RunFailure told;
        told.side = m_to;
        told.path = failure.target.sliced(m_target.isRoot() ? 0 : 1).join('/');
        told.error = failure.error;
        told.obstacle = failure.obstacle;
        told.cause = m_refused.value(told.path, RunFailure::Cause::Error);
        failures.append(told);
    }
    return failures;
}

} // namespace synchronize
