// TransferRun: carries out one TransferRequest on the connection's thread, or what an earlier run
// has left of it: walks the sources and keeps several files moving. Owned by the engine; started by
// TransferJob.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/ConflictPolicy.h"
#include "transfer/FileCopy.h"
#include "transfer/FilePlacer.h"
#include "transfer/RateMeter.h"
#include "transfer/SourceLink.h"
#include "transfer/TransferEnds.h"
#include "transfer/TransferFeed.h"
#include "transfer/TransferLedger.h"

#include <QElapsedTimer>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
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
    // `source` is where a Relay, and nothing else, reads.
    TransferRun(sftp::Engine &engine, TransferRequest request, TransferLedger left,
                std::shared_ptr<TransferFeed> feed, std::shared_ptr<Slot> slot,
                std::shared_ptr<LaneBoard> lanes = nullptr,
                std::optional<SourceServer> source = std::nullopt);
    ~TransferRun() override;

    void start();
    void cancel();
    void pause(); // as if the connection were lost, but what is complete in parts stays
    void answer(Conflict::Id conflict, ConflictAnswer answer, AnswerScope scope);
    void setLimit(quint64 bytesPerSecond); // 0: none, though lanes help with no file again
    void confirm(quint64 ticket); // the decision is recorded

private:
    std::unique_ptr<TransferEnds> makeEnds();
    bool hasEnded() const { return m_ends->endReason().has_value(); } // a connection
    void step();
    void startSearches();
    void lookAtSource(const PlannedItem &item);
    void startDirectory(const PlannedItem &item);
    void handleDirectory(const PlannedItem &item, DirectoryState state);
    void tellApart(const PlannedItem &item);
    void listDirectory(const PlannedItem &item, DirectoryState state);
    bool mayStartFile() const;
    void startFile(const PlannedItem &item);
    void follow(const PlannedItem &item);
    void place(const PlannedItem &item);
    void copyFile(const Placement &placement);
    CopyEvents eventsOf(const PlannedItem &item);
    void handleCopied(const PlannedItem &item, const base::Result<void> &copied);
    void settle(const Placement &placement);
    void removeOwnPart(const PlannedItem &item);
    QByteArray ownPart(const PlannedItem &item) const;
    void record(const QByteArray &key, const FileDecision &decision,
                std::move_only_function<void()> recorded);
    void fail(const PlannedItem &item, const base::Error &error,
              CopyObstacle obstacle = CopyObstacle::None);
    void startWhatWaited();
    void finishDirectories(const QList<PlannedItem> &directories);
    void handleTick();
    void tellProgress();
    void handleLoss(const base::Error &reason);
    void keepParts();
    void finish(const base::Result<Summary> &result);
    void end();

    sftp::Engine &m_engine; // of the server; of the target, if there are two
    std::optional<SourceServer> m_source; // if there are two
    TransferRequest m_request;
    TransferLedger m_ledger;
    std::shared_ptr<TransferFeed> m_feed;
    std::shared_ptr<Slot> m_slot;
    CallGuard m_guard;
    ConflictPolicy m_policy;
    RequestShare m_share;
    static constexpr int mostDirectories = 32; // that are read at a time

    std::unique_ptr<TransferEnds> m_ends;
    std::unique_ptr<FilePlacer> m_placer;
    std::map<quint64, std::unique_ptr<FileCopy>> m_copies; // by the item's id
    std::vector<std::unique_ptr<FileCopy>> m_finishedCopies; // until the event loop runs
    std::map<quint64, std::move_only_function<void()>> m_unrecorded; // by ticket
    quint64 m_bytesMoved = 0; // those of copies that began anew included
    RateMeter m_rate;
    QTimer m_ticker;
    QTimer m_pause; // before a busy server is tried again
    QElapsedTimer m_sinceTick;
    qsizetype m_busyDirectories = 0; // that get their own attributes
    bool m_isGentle = false; // with a server that was busy
    bool m_isOpen = false;
    bool m_isOver = false;
};

} // namespace transfer
