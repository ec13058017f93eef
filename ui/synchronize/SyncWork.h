// SyncWork: what a SyncWindow has under way between the two sides, each of this computer or of a
// server: one comparison, one run of a plan, or one directory that is kept up to date. Outlives a
// lost connection.

#pragma once

#include "files/FileSystem.h"
#include "synchronize/SyncRun.h"
#include "synchronize/TreeComparison.h"
#include "synchronize/TreeKeeper.h"
#include "ui/synchronize/SyncEnd.h"

#include <QObject>

#include <functional>
#include <memory>

namespace transfer {
class TransferQueue;
}

namespace ui {

class SyncWork final : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Comparing, Running, Keeping };

    explicit SyncWork(const SyncEnds &ends, QObject *parent = nullptr);
    ~SyncWork() override; // ends what is under way

    // The files of a side, borrowed, and how a queue gets the connection of its server; not asked
    // of this computer. Null: they are gone, and what can wait waits; call this with null before
    // they end.
    using AttachQueue = std::function<void(transfer::TransferQueue &queue)>;
    void setFiles(synchronize::Side side, files::FileSystem *files,
                  const AttachQueue &attachQueue = {});
    bool isConnected() const { return m_left.files != nullptr && m_right.files != nullptr; }

    State state() const { return m_state; }

    // Each ends what is under way, needs both sides, and finds out first where the directories are
    // that may be relative or behind links.
    void compare(const files::FilePath &left, const files::FilePath &right,
                 const synchronize::ComparisonOptions &options);
    // `source` is a side of this computer.
    void keep(synchronize::Side source, const files::FilePath &left, const files::FilePath &right,
              const synchronize::KeeperOptions &options);

    // Of what was compared last.
    void run(const synchronize::SyncPlan &plan, const synchronize::RunOptions &options);

    void stop(); // nothing is signalled any more but stateChanged()

signals:
    void stateChanged();
    void comparing(const synchronize::ComparisonProgress &progress);
    void compared(const base::Result<synchronize::TreeRows> &rows);
    void overlapping(); // instead: the two are one directory, or one is in the other
    void running(const synchronize::RunProgress &progress);
    void interrupted(const base::Error &reason); // it waits for a server
    void ran(const base::Result<synchronize::RunSummary> &summary);
    void keeping(synchronize::TreeKeeper *keeper); // it is about to start
    void keepingEnded(const base::Error &reason);

private:
    struct End
    {
        files::FileSystem *files = nullptr;
        std::unique_ptr<transfer::TransferQueue> queue; // of a server
        files::FilePath root; // free of links
    };

    void begin(State state);
    void end();
    void resumeKeeper(synchronize::Side side, files::FileSystem *files);
    void find(const files::FilePath &left, const files::FilePath &right,
              std::function<void()> then);
    void findSide(synchronize::Side side, const files::FilePath &path, std::function<void()> then);
    void giveUp(const base::Error &error);
    void startComparison(const synchronize::ComparisonOptions &options);
    void startKeeping(synchronize::Side source, const synchronize::KeeperOptions &options);
    synchronize::CopyRoute routeTo(synchronize::Side side) const;
    synchronize::Place place(synchronize::Side side) const;
    const End &at(synchronize::Side side) const
    {
        return side == synchronize::Side::Left ? m_left : m_right;
    }
    End &at(synchronize::Side side) { return side == synchronize::Side::Left ? m_left : m_right; }

    const bool m_isSameMachine;
    End m_left;
    End m_right;
    State m_state = State::Idle;
    quint64 m_act = 0; // so that an answer for an earlier one is known
    // While they are under way.
    std::unique_ptr<synchronize::TreeComparison> m_comparison;
    std::unique_ptr<synchronize::SyncRun> m_run;
    std::unique_ptr<synchronize::TreeKeeper> m_keeper;
    synchronize::Side m_kept = synchronize::Side::Right; // the keeper's target
};

} // namespace ui
