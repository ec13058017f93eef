// TransferRun: carries out one TransferRequest on the connection's thread: walks the sources, keeps
// several files moving, asks about conflicts. Owned by the engine; started by TransferJob.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/ConflictPolicy.h"
#include "transfer/FileCopy.h"
#include "transfer/RateMeter.h"
#include "transfer/TransferEnds.h"
#include "transfer/TransferFeed.h"
#include "transfer/TransferPlan.h"

#include <QElapsedTimer>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace transfer {

class TransferRun final : public sftp::EngineTask
{
public:
    // How a job finds its run: null before the start and after the end. Used on the connection's
    // thread alone.
    struct Slot
    {
        TransferRun *run = nullptr;
    };

    // The feed and the slot are shared with the job, which may go first; `lanes` with those who can
    // help with large files, null if nobody can.
    TransferRun(sftp::Engine &engine, TransferRequest request, std::shared_ptr<TransferFeed> feed,
                std::shared_ptr<Slot> slot, std::shared_ptr<LaneBoard> lanes = nullptr);
    ~TransferRun() override;

    void start();
    void cancel();
    void answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope);

private:
    struct RunningCopy
    {
        std::unique_ptr<FileCopy> copy;
        quint64 bytes = 0; // that it has moved
        quint64 bytesFound = 0; // that an earlier one had
    };

    void addSources();
    void step();
    void startDirectory(const PlannedItem &item);
    void listDirectory(const PlannedItem &item, DirectoryState state);
    bool mayStartFile() const;
    void enter(const PlannedItem &item);
    void leave(const PlannedItem &item);
    void startFile(const PlannedItem &item);
    void readLink(const PlannedItem &item);
    void lookAtTarget(const PlannedItem &item);
    void askAbout(const PlannedItem &item, const files::FileEntry &inTheWay);
    void decide(const PlannedItem &item, const files::FileEntry &inTheWay, ConflictAnswer answer);
    void findFreeName(PlannedItem item, const QByteArray &name, int number);
    void place(const PlannedItem &item, Existing existing,
               const files::FileAttributes &replaced = {});
    void checkSpace(const PlannedItem &item, Existing existing,
                    const files::FileAttributes &replaced);
    void copyFile(const PlannedItem &item, Existing existing,
                  const files::FileAttributes &replaced);
    CopyEvents eventsOf(quint64 id, const PlannedItem &item);
    void handleCopied(quint64 id, const PlannedItem &item, const base::Result<void> &copied);
    void finishFile(const PlannedItem &item, const base::Result<void> &result);
    void addFailure(const files::FilePath &path, const base::Error &error);
    void handleTick();
    void tellProgress();
    void finish(const base::Result<Summary> &result);

    sftp::Engine &m_engine;
    TransferRequest m_request;
    std::shared_ptr<TransferFeed> m_feed;
    std::shared_ptr<Slot> m_slot;
    CallGuard m_guard;
    TransferPlan m_plan;
    ConflictPolicy m_policy;
    RequestShare m_share;
    std::unique_ptr<TransferEnds> m_ends;
    std::map<quint64, RunningCopy> m_copies;
    std::vector<std::unique_ptr<FileCopy>> m_finishedCopies; // until the event loop runs
    quint64 m_lastCopy = 0;
    int m_busyDirectories = 0; // and sources that are looked at
    int m_busyFiles = 0;
    quint64 m_busyBytes = 0; // that these promise
    Progress m_progress;
    Summary m_summary;
    quint64 m_bytesMoved = 0; // those of copies that began anew included
    RateMeter m_rate;
    QTimer m_ticker;
    QElapsedTimer m_sinceTick;
    bool m_isOver = false;
};

} // namespace transfer
