// SyncRun: carries out a SyncPlan between this computer and a server. Used by the window that
// synchronizes, the sync verb and TreeKeeper.
//
// First directories are made and files copied, with their times and modes; then, only if all that
// has arrived, deleted what the plan deletes. Right before, each thing is looked at again: what is
// not what was compared is left alone and told, and so is a directory in which something has
// appeared meanwhile.

#pragma once

#include "synchronize/SyncPlan.h"
#include "synchronize/TreeComparison.h"
#include "transfer/TransferQueue.h"
#include "transfer/TransferRequest.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace synchronize {

struct RunOptions
{
    transfer::CopyOptions copy;
    std::optional<quint64> bytesPerSecond; // at most
};

struct RunProgress
{
    enum class Phase { MakingDirectories, Copying, Deleting };

    Phase phase = Phase::MakingDirectories;
    transfer::Progress copying; // of the direction that is under way
    quint64 done = 0; // actions of the plan: directories made, files copied, things deleted
    quint64 total = 0;
};

struct RunFailure
{
    // Why it was not done, where no error says it.
    enum class Cause {
        Error,
        ChangedSince, // at the target, or what was to be deleted: it is not what was compared
        AppearedSince, // the same: there was nothing
        HoldsMore, // a directory to be deleted: something has appeared in it
    };

    Side side = Side::Left; // on which it was to be made or deleted
    QByteArray path; // of the row
    bool isDeletion = false;
    Cause cause = Cause::Error;
    base::Error error; // of Cause::Error; of the others, the same in general words
    transfer::CopyObstacle obstacle = transfer::CopyObstacle::None;

    friend bool operator==(const RunFailure &, const RunFailure &) = default;
};

struct RunSummary
{
    int filesCopied = 0; // and links
    int directoriesMade = 0;
    int deleted = 0; // files and directories
    quint64 bytesCopied = 0;
    int kept = 0; // that were to be deleted, but not everything was copied
    QList<RunFailure> failures;
    QList<transfer::CopyNote> notes;

    friend bool operator==(const RunSummary &, const RunSummary &) = default;
};

class SyncRun final : public QObject
{
    Q_OBJECT

public:
    // `local` is the side of this computer; the other one is the server of `queue`, which is
    // borrowed and should be nobody else's: conflicts of its jobs are answered here.
    SyncRun(Place left, Place right, Side local, SyncPlan plan, RunOptions options,
            transfer::TransferQueue &queue, QObject *parent = nullptr);
    ~SyncRun() override; // cancels

    void start();

    // finished() follows with Cancelled. What is done stays; no file is left half.
    void cancel();

    // After a lost connection, together with TransferQueue::attach().
    void useFiles(Side side, files::FileSystem &files);

    const RunProgress &progress() const { return m_progress; }

signals:
    void progressed(const synchronize::RunProgress &progress); // at most ten times a second
    void interrupted(const base::Error &reason); // it goes on with the next connection of the queue
    void finished(const base::Result<synchronize::RunSummary> &summary); // once, the last signal

private:
    RunProgress m_progress;
};

} // namespace synchronize

Q_DECLARE_METATYPE(synchronize::RunProgress)
Q_DECLARE_METATYPE(synchronize::RunSummary)
