// CopyPass: the copies of a plan to one side, as one transfer. Used by SyncRun.

#pragma once

#include "synchronize/SyncRun.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <memory>

namespace synchronize {

class CopyPass final : public QObject
{
    Q_OBJECT

public:
    // The plan is shared with the run, which may go first.
    CopyPass(std::shared_ptr<const SyncPlan> plan, Side to, files::FilePath source,
             files::FilePath target, QObject *parent = nullptr);
    ~CopyPass() override; // cancels

    void add(qsizetype row);
    bool isEmpty() const { return m_request.sources.isEmpty(); }

    void start(Side local, const RunOptions &options, transfer::TransferQueue &queue);

    void cancel(); // nothing is signalled any more

    // Of a transfer's summary: which rows of the plan have failed, and why.
    QList<RunFailure> failures(const transfer::Summary &summary) const;

signals:
    void progressed(const transfer::Progress &progress);
    void interrupted(const base::Error &reason);
    void finished(const base::Result<transfer::Summary> &result); // once

private:
    void handleConflict(const transfer::Conflict &conflict);
    std::optional<RunFailure::Cause> objectionTo(const transfer::Conflict &conflict,
                                                 const QByteArray &path) const;

    std::shared_ptr<const SyncPlan> m_plan; // shared, see above
    const Side m_to;
    const files::FilePath m_source;
    const files::FilePath m_target;
    transfer::TransferRequest m_request;
    QPointer<transfer::TransferQueue> m_queue;
    QPointer<transfer::TransferJob> m_job; // of the queue
    QHash<QByteArray, RunFailure::Cause> m_refused; // by path: what had changed
};

} // namespace synchronize
