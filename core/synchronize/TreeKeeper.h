// TreeKeeper: keeps a directory, of a server or not, up to date with one of this computer: watches
// that, compares what has changed and carries it over. Used by the window that synchronizes and the
// sync verb.

#pragma once

#include "synchronize/SyncRun.h"
#include "synchronize/TreeComparison.h"
#include "synchronize/TreeWatch.h"

#include <QByteArrayList>
#include <QDateTime>
#include <QObject>
#include <QSet>

#include <chrono>
#include <memory>
#include <optional>

namespace synchronize {

struct KeeperOptions
{
    ComparisonOptions comparison;
    RunOptions run;
    bool deletes = false; // at the target, what was deleted here since it watches
    bool keepsNewer = false; // at the target
    std::chrono::milliseconds quietTime{500}; // after the last change
};

class TreeKeeper final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Starting, // it looks for the directories
        Watching,
        Working, // comparing or copying
        WaitingForConnection,
        Ended, // failed() said why, or stop()
    };

    // `local` is watched; `route` leads to the target.
    TreeKeeper(Place local, Place target, KeeperOptions options, CopyRoute route,
               QObject *parent = nullptr);
    ~TreeKeeper() override;

    // Watches, and first of all brings everything up to date once.
    void start();
    void stop(); // what is under way is cancelled; nothing is signalled any more

    State state() const { return m_state; }
    QDateTime lastUpdate() const { return m_lastUpdate; } // invalid: none yet

    // The connection is gone, or back again as `files`. What has changed meanwhile is caught up on.
    void suspend();
    void resume(files::FileSystem &target);

signals:
    void stateChanged();
    // After each round that had something to do.
    void updated(const synchronize::RunSummary &summary);
    void roundFailed(const base::Error &reason); // it is tried again with the next change
    void failed(const base::Error &reason); // it watches no more: see TreeWatch
    void progressed(const synchronize::RunProgress &progress);

private:
    void beginRound();
    void handleCompared(const base::Result<TreeRows> &rows);
    void handleFinished(const base::Result<RunSummary> &summary);
    void spareWhatWasNeverHere(SyncPlan &plan) const;
    void endRound(const std::optional<base::Error> &failure);
    void setState(State state);

    const Place m_local;
    Place m_target;
    const KeeperOptions m_options;
    const CopyRoute m_route;
    TreeWatch m_watch;
    std::unique_ptr<TreeComparison> m_comparison;
    std::unique_ptr<SyncRun> m_run;
    QSet<QByteArray> m_changed; // directories that the next round is about
    bool m_isEverything = true; // the next round is about all
    QSet<QByteArray> m_wasHere; // what there is or was in the local directory
    QByteArrayList m_round; // what the present one is about; empty: everything
    QDateTime m_lastUpdate;
    State m_state = State::Starting;
};

} // namespace synchronize
