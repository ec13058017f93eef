// TreeKeeper: keeps a directory of a server up to date with one of this computer: watches that,
// compares what has changed and carries it over. Used by the window that synchronizes and the sync
// verb.

#pragma once

#include "synchronize/SyncRun.h"
#include "synchronize/TreeComparison.h"
#include "synchronize/TreeWatch.h"

#include <QDateTime>
#include <QObject>

#include <chrono>
#include <memory>

namespace synchronize {

struct KeeperOptions
{
    ComparisonOptions comparison;
    RunOptions run;
    bool deletes = false; // at the server, what was deleted here
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

    // `local` is watched; `queue` is the server's, borrowed, and nobody else's.
    TreeKeeper(Place local, Place server, KeeperOptions options, transfer::TransferQueue &queue,
               QObject *parent = nullptr);
    ~TreeKeeper() override;

    // Watches, and first of all brings everything up to date once.
    void start();
    void stop(); // what is under way is cancelled; nothing is signalled any more

    State state() const;
    QDateTime lastUpdate() const; // invalid: none yet

    // The connection is gone, or back again as `files`. What has changed meanwhile is caught up on.
    void suspend();
    void resume(files::FileSystem &server);

signals:
    void stateChanged();
    // After each round that had something to do.
    void updated(const synchronize::RunSummary &summary);
    void roundFailed(const base::Error &reason); // it is tried again with the next change
    void failed(const base::Error &reason); // it watches no more: see TreeWatch
    void progressed(const synchronize::RunProgress &progress);

private:
    State m_state = State::Starting;
};

} // namespace synchronize
