// SyncVerb: `ponto sync SOURCE TARGET`: makes one directory like another, or lets both have what
// the other one has. One of them is on a server, or both are, of which one may be the other.
// Compares first, and does only what the comparison has shown. With --watch that again and again.

#pragma once

#include "app/headless/SyncReport.h"
#include "app/headless/TransferVerb.h"
#include "files/LocalFileSystem.h"
#include "synchronize/SyncRun.h"
#include "synchronize/TreeComparison.h"
#include "synchronize/TreeKeeper.h"

#include <functional>
#include <memory>
#include <optional>

namespace app {

class SyncVerb final : public TransferVerb
{
    Q_OBJECT

public:
    // How to connect to the servers of the request's directories; nothing for this computer.
    struct Servers
    {
        std::optional<ssh::ConnectionSettings> source = {};
        std::optional<ssh::ConnectionSettings> target = {};
    };

    SyncVerb(const Servers &servers, SyncRequest request);

private:
    void prepare() override;
    void cancelWork() override;
    void suspendWork(ServerLink &link) override;
    void resumeWork(ServerLink &link) override;

    void find(synchronize::Side side, const std::function<void()> &then);
    void resolveSource();
    void checkSource();
    void findTarget();
    void resolveTarget();
    void begin();
    void useFiles(const ServerLink &link, files::FileSystem *files);
    void failAt(synchronize::Side side, base::Error error);
    void handleCompared(const base::Result<synchronize::TreeRows> &rows);
    void printPlan();
    void carryOut();
    void watch();
    void handleRound(const synchronize::RunSummary &summary);
    static void reportRun(const synchronize::RunSummary &summary);
    void handleFinished(const base::Result<synchronize::RunSummary> &summary);
    void tell(const synchronize::RunSummary &summary);
    ServerLink *linkOf(synchronize::Side side) const;
    files::FileSystem &filesOf(synchronize::Side side);
    const SyncDirectory &directoryOf(synchronize::Side side) const;
    files::FilePath &root(synchronize::Side side);
    synchronize::Place place(synchronize::Side side) { return {&filesOf(side), root(side)}; }
    synchronize::CopyRoute routeTo(synchronize::Side side) const;
    SyncSides sides() const;

    SyncRequest m_request; // the source is the left side
    ServerLink *m_sourceLink = nullptr; // both are the base's, or null: this computer
    ServerLink *m_targetLink = nullptr;
    bool m_isSameMachine = false; // on both sides, as far as the addresses tell
    files::LocalFileSystem m_localFiles;
    files::FilePath m_source; // absolute, free of links
    files::FilePath m_target; // likewise, as far as it exists
    std::unique_ptr<synchronize::TreeComparison> m_comparison;
    synchronize::SyncPlan m_plan;
    std::unique_ptr<synchronize::SyncRun> m_run;
    std::unique_ptr<synchronize::TreeKeeper> m_keeper; // with --watch, instead of the run
    bool m_hasKept = false; // what was to be removed
};

} // namespace app
