// SyncVerb: `ponto sync SOURCE TARGET`: makes one directory like another on the other side, or lets
// both have what the other one has. Compares first, and does only what the comparison has shown.
// With --watch that again and again.

#pragma once

#include "app/headless/TransferVerb.h"
#include "files/LocalFileSystem.h"
#include "synchronize/SyncRun.h"
#include "synchronize/TreeComparison.h"
#include "synchronize/TreeKeeper.h"

#include <memory>

namespace app {

class SyncVerb final : public TransferVerb
{
    Q_OBJECT

public:
    SyncVerb(ssh::ConnectionSettings settings, SyncRequest request);

private:
    void prepare() override;
    void cancelWork() override;
    void suspendWork() override;
    void resumeWork() override;

    void findSource(const files::FilePath &home);
    void checkSource(const files::FilePath &source);
    void findTarget();
    void resolveTarget();
    void begin();
    void handleCompared(const base::Result<synchronize::TreeRows> &rows);
    void printPlan();
    void carryOut();
    void watch();
    void handleRound(const synchronize::RunSummary &summary);
    static void reportRun(const synchronize::RunSummary &summary);
    void handleFinished(const base::Result<synchronize::RunSummary> &summary);
    void tell(const synchronize::RunSummary &summary);
    bool isUpload() const { return m_request.direction == transfer::Direction::Upload; }
    synchronize::Side local() const;
    files::FileSystem &sourceFiles();
    files::FileSystem &targetFiles();

    SyncRequest m_request;
    files::LocalFileSystem m_localFiles;
    files::FilePath m_source; // absolute, free of links
    files::FilePath m_target; // likewise, as far as it exists
    std::unique_ptr<synchronize::TreeComparison> m_comparison;
    synchronize::SyncPlan m_plan; // the source is the left side
    std::unique_ptr<synchronize::SyncRun> m_run;
    std::unique_ptr<synchronize::TreeKeeper> m_keeper; // with --watch, instead of the run
    bool m_hasKept = false; // what was to be removed
};

} // namespace app
