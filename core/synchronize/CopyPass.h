// CopyPass: the copies of a plan to one side, all of them. TransferPass and LocalPass implement it.
// Used by SyncRun.

#pragma once

#include "synchronize/SyncRun.h"

#include <QByteArrayList>
#include <QHash>
#include <QObject>

#include <memory>
#include <optional>

namespace synchronize {

// One side of a plan, from where to where. The plan is shared with the run, which may go first.
struct CopyTask
{
    std::shared_ptr<const SyncPlan> plan;
    Side to = Side::Right;
    files::FilePath source; // the two directories
    files::FilePath target;
};

class CopyPass : public QObject
{
    Q_OBJECT

public:
    static std::unique_ptr<CopyPass> make(CopyTask task, const CopyRoute &route);
    ~CopyPass() override; // cancels

    void add(qsizetype row) { m_rows.append(row); }
    bool isEmpty() const { return m_rows.isEmpty(); }

    virtual void start(const RunOptions &options) = 0;
    virtual void cancel() = 0; // nothing is signalled any more

    // Of what finished() told: which rows of the plan have failed, and why.
    QList<RunFailure> failures(const transfer::Summary &summary) const;

signals:
    void progressed(const transfer::Progress &progress);
    void interrupted(const base::Error &reason);
    void finished(const base::Result<transfer::Summary> &result); // once

protected:
    explicit CopyPass(CopyTask task);

    const CopyTask &task() const { return m_task; }
    const QList<qsizetype> &rows() const { return m_rows; }

    // The name of the directory leads the names, so that a link may lead up to it; it lies in
    // this one.
    files::FilePath targetBase() const;
    QByteArrayList targetNames(const QByteArray &path) const;

    // Why what is at the target must stay: it is not what was compared.
    static std::optional<RunFailure::Cause> objection(const std::optional<Item> &compared,
                                                      const files::FileEntry &found);
    void refuse(const QByteArray &path, RunFailure::Cause cause) { m_refused.insert(path, cause); }

private:
    const CopyTask m_task;
    QList<qsizetype> m_rows;
    QHash<QByteArray, RunFailure::Cause> m_refused; // by path: what had changed
};

} // namespace synchronize
