// SyncVerb: `ponto sync SOURCE TARGET`: makes one directory like another on the other side. Files
// of the same size and time are left out.

#pragma once

#include "app/headless/TransferVerb.h"
#include "files/LocalFileSystem.h"
#include "transfer/TreeDifference.h"

namespace app {

class SyncVerb final : public TransferVerb
{
    Q_OBJECT

public:
    SyncVerb(ssh::ConnectionSettings settings, SyncRequest request);

private:
    using Differences = QList<transfer::Difference>;

    void prepare() override;
    void conclude(const transfer::Summary &summary) override;

    void findSource(const files::FilePath &home);
    void checkSource(const files::FilePath &source);
    void findTarget();
    void resolveTarget();
    void beginCopy();
    template<typename Then>
    void compare(const Then &then);
    void printDifferences(const Differences &differences);
    void removeExtra(const transfer::Summary &summary, const Differences &differences);
    bool isUpload() const { return m_request.direction == transfer::Direction::Upload; }
    files::FileSystem &sourceFiles();
    files::FileSystem &targetFiles();

    SyncRequest m_request;
    files::LocalFileSystem m_localFiles;
    files::FilePath m_source; // absolute, free of links
    files::FilePath m_target; // likewise, as far as it exists
};

} // namespace app
