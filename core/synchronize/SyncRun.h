// SyncRun: carries out a SyncPlan between two directories, each of this computer or of a server.
// Used by the window that synchronizes, the sync verb and TreeKeeper.
//
// First directories are made and files copied, with their times and modes; then, only if all that
// has arrived, deleted what the plan deletes. Right before, each thing is looked at again: what is
// not what was compared is left alone and told, and so is a directory in which something has
// appeared meanwhile.

#pragma once

#include "synchronize/CopyRoute.h"
#include "synchronize/SyncPlan.h"
#include "synchronize/TreeComparison.h"
#include "transfer/TransferQueue.h"
#include "transfer/TransferRequest.h"

#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace synchronize {

struct RunOptions
{
    transfer::CopyOptions copy;
    std::optional<quint64> bytesPerSecond; // at most, over a connection
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

class CopyPass;

class SyncRun final : public QObject
{
    Q_OBJECT

public:
    SyncRun(Place left, Place right, CopyRoutes routes, SyncPlan plan, RunOptions options,
            QObject *parent = nullptr);
    ~SyncRun() override; // cancels

    void start();

    // finished() follows with Cancelled. What is done stays; no file is left half.
    void cancel();

    // Null: that side's connection is gone, as interrupted() may have told. Another one: it goes
    // on, if the route's queue is attached to a client as well.
    void useFiles(Side side, files::FileSystem *files);

    const RunProgress &progress() const { return m_progress; }

signals:
    void progressed(const synchronize::RunProgress &progress); // at most ten times a second
    void interrupted(const base::Error &reason); // it waits for useFiles(), or for cancel()
    void finished(const base::Result<synchronize::RunSummary> &summary); // once, the last signal

private:
    using Step = void (SyncRun::*)(qsizetype row);
    using Next = void (SyncRun::*)();
    using Levels = std::deque<std::vector<qsizetype>>; // of rows

    void makeRoot(qsizetype number);
    void makeDirectories();
    void makeDirectory(qsizetype row);
    void acceptDirectory(qsizetype row, const base::Error &reason);
    void setMode(qsizetype row);
    void copy();
    void startPass(Side to);
    void handleCopied(const base::Result<transfer::Summary> &result);
    void finishDirectories();
    void finishDirectory(qsizetype row);
    void checkParents();
    void checkParent(qsizetype row);
    bool mustNotDelete(qsizetype row);
    void deleteFiles();
    void deleteFile(qsizetype row);
    void deleteIfUnchanged(qsizetype row, const base::Result<files::FileEntry> &entry);
    void deleteDirectories();
    void deleteDirectory(qsizetype row);
    void handleKeptDirectory(qsizetype row, const base::Error &reason);
    void handleDeleted(qsizetype row, const base::Result<void> &result);
    void conclude();

    Levels levelsOf(const std::vector<qsizetype> &rows) const;
    void forEach(Levels levels, Step step, Next next);
    void takeMore();
    void settle(); // a step has ended
    static bool isInterruption(const base::Error &error);
    bool mustWait(qsizetype row);
    void retry(qsizetype row, const base::Error &reason);
    void fail(qsizetype row, RunFailure::Cause cause, const base::Error &error);
    bool isBelowFailed(qsizetype row) const;
    void finish(const base::Result<RunSummary> &result);
    Place &place(Side side) { return side == Side::Left ? m_left : m_right; }
    Side sideOf(qsizetype row) const;
    files::FilePath pathOf(qsizetype row);
    files::FileSystem &filesOf(qsizetype row);

    Place m_left;
    Place m_right;
    const CopyRoutes m_routes;
    const std::shared_ptr<const SyncPlan> m_plan; // shared with the passes
    const RunOptions m_options;

    std::vector<qsizetype> m_made; // directories that are to be made, or were
    std::vector<qsizetype> m_deleted; // rows to be deleted: files and directories
    std::array<std::unique_ptr<CopyPass>, 2> m_passes; // to the left, to the right
    CopyPass *m_pass = nullptr; // that is under way

    Levels m_levels; // after the one under way
    std::deque<qsizetype> m_waiting; // of that one
    Step m_step = nullptr;
    Next m_next = nullptr;
    int m_busy = 0;
    bool m_isSuspended = false; // until useFiles()
    bool m_isTaking = false;

    QSet<qsizetype> m_failed; // rows of directories: not made, or not to be emptied
    QSet<std::pair<int, QByteArray>> m_strayed; // side and path of directories
    RunSummary m_summary;
    bool m_isOver = false;
    RunProgress m_progress;
    quint64 m_doneBefore = 0; // what the pass under way is added to
    QTimer m_ticker;
};

} // namespace synchronize

Q_DECLARE_METATYPE(synchronize::RunProgress)
Q_DECLARE_METATYPE(synchronize::RunSummary)
