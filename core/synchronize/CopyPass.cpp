#include "synchronize/CopyPass.h"

#include "synchronize/LocalPass.h"
#include "synchronize/TransferPass.h"

#include <utility>

namespace synchronize {

std::unique_ptr<CopyPass> CopyPass::make(CopyTask task, const CopyRoute &route)
{
    if (route.queue == nullptr) {
        return std::make_unique<LocalPass>(std::move(task));
    }
    return std::make_unique<TransferPass>(std::move(task), route);
}

CopyPass::CopyPass(CopyTask task)
    : m_task(std::move(task))
{
}

CopyPass::~CopyPass() = default;

files::FilePath CopyPass::targetBase() const
{
    return m_task.target.isRoot() ? m_task.target : m_task.target.parent();
}

QByteArrayList CopyPass::targetNames(const QByteArray &path) const
{
    QByteArrayList names = path.split('/');
    if (!m_task.target.isRoot()) {
        names.prepend(m_task.target.name());
    }
    return names;
}

std::optional<RunFailure::Cause> CopyPass::objection(const std::optional<Item> &compared,
                                                     const files::FileEntry &found)
{
    if (!compared) {
        return RunFailure::Cause::AppearedSince;
    }
    if (!isUnchanged(*compared, Item{found.attributes, found.linkTarget})) {
        return RunFailure::Cause::ChangedSince;
    }
    return std::nullopt;
}

QList<RunFailure> CopyPass::failures(const transfer::Summary &summary) const
{
    QList<RunFailure> failures;
    for (const transfer::FileFailure &failure : summary.failures) {
        RunFailure told;
        told.side = m_task.to;
        told.path = failure.target.sliced(m_task.target.isRoot() ? 0 : 1).join('/');
        told.error = failure.error;
        told.obstacle = failure.obstacle;
        told.cause = m_refused.value(told.path, RunFailure::Cause::Error);
        failures.append(told);
    }
    return failures;
}

} // namespace synchronize
