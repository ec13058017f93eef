// SyncWork: what a SyncWindow has under way between this computer, at the left, and a server, at
// the right: one comparison, one run of a plan, or one directory that is kept up to date. Outlives
// a lost connection.

#pragma once

#include "files/FileSystem.h"
#include "synchronize/SyncRun.h"
#include "synchronize/TreeComparison.h"
#include "synchronize/TreeKeeper.h"

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

    // Borrowed.
    explicit SyncWork(files::FileSystem &local, QObject *parent = nullptr);
    ~SyncWork() override; // ends what is under way

    // The server's files, borrowed, and how a queue gets its connection. Null: they are gone, and
    // what can wait waits; call this with null before they end.
    using AttachQueue = std::function<void(transfer::TransferQueue &queue)>;
    void setServer(files::FileSystem *files, const AttachQueue &attachQueue);
    bool hasServer() const { return m_server != nullptr; }

    State state() const { return m_state; }

    // Each ends what is under way, needs the server, and finds out first where the directories are
    // that may be relative or behind links.
    void compare(const files::FilePath &left, const files::FilePath &right,
                 const synchronize::ComparisonOptions &options);
    void keep(const files::FilePath &left, const files::FilePath &right,
              const synchronize::KeeperOptions &options);

    // Of what was compared last.
    void run(const synchronize::SyncPlan &plan, const synchronize::RunOptions &options);

    void stop(); // nothing is signalled any more but stateChanged()

signals:
    void stateChanged();
    void comparing(const synchronize::ComparisonProgress &progress);
    void compared(const base::Result<synchronize::TreeRows> &rows);
    void running(const synchronize::RunProgress &progress);
    void interrupted(const base::Error &reason); // it waits for the server
    void ran(const base::Result<synchronize::RunSummary> &summary);
    void keeping(synchronize::TreeKeeper *keeper); // it is about to start
    void keepingEnded(const base::Error &reason);

private:
    void begin(State state);
    void end();
    void find(const files::FilePath &left, const files::FilePath &right,
              std::function<void()> then);
    void giveUp(const base::Error &error);
    void startComparison(const synchronize::ComparisonOptions &options);
    void startKeeping(const synchronize::KeeperOptions &options);
    synchronize::Place left() const { return {&m_local, m_left}; }
    synchronize::Place right() const { return {m_server, m_right}; }

    files::FileSystem &m_local;
    files::FileSystem *m_server = nullptr;
    std::unique_ptr<transfer::TransferQueue> m_queue;
    files::FilePath m_left; // free of links, as the next one
    files::FilePath m_right;
    State m_state = State::Idle;
    quint64 m_act = 0; // so that an answer for an earlier one is known
    // While they are under way.
    std::unique_ptr<synchronize::TreeComparison> m_comparison;
    std::unique_ptr<synchronize::SyncRun> m_run;
    std::unique_ptr<synchronize::TreeKeeper> m_keeper;
};

} // namespace ui
