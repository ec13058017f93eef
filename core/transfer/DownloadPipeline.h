// DownloadPipeline: one file from the server, many reads in flight, written by a disk thread under
// a temporary name that becomes the target's when all is there.
//
// The size that the server promised only says how much to ask for at once; the file ends where the
// server says "end of file", and must not end earlier. What was promised of a large file is carried
// in stripes, which other channels may help with.
//
// The source is looked at once more behind its last data: a copy of what changed meanwhile is of no
// use. A small file is then copied again, once: it may have changed before the first data.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/ContentComparison.h"
#include "transfer/ContiguousBytes.h"
#include "transfer/DiskWork.h"
#include "transfer/FileCopy.h"
#include "transfer/PartialFile.h"
#include "transfer/StripeLead.h"

#include <memory>
#include <optional>

namespace transfer {

class DownloadPipeline final : public FileCopy
{
public:
    // All references must outlive this.
    DownloadPipeline(sftp::Engine &engine, std::shared_ptr<const LocalTree> tree, CopyOrder order,
                     RequestShare &share, CopyEvents events);
    ~DownloadPipeline() override;

    void start() override;
    void proceed() override { fill(); }

private:
    // The place is used on the disk thread and shared with the orders that wait there; the file in
    // it is shared with the lanes that write its stripes.
    using Target = std::shared_ptr<std::shared_ptr<PartialFile>>;
    using Created = base::Result<std::shared_ptr<PartialFile>>;

    // Answers of the disk do not count once the copy has ended or begun anew.
    template<typename Function>
    auto inThisRound(Function function)
    {
        return [this, round = m_round, function = std::move(function)](auto result) mutable {
            if (!m_isOver && round == m_round) {
                function(result);
            }
        };
    }

    bool isLarge() const { return m_promised >= leastResumedBytes; }
    bool isStriped() const;
    void handleOpened(const base::Result<sftp::Handle> &handle);
    void prepare();
    void createTarget();
    void handleTarget(const Created &created);
    void takeBeginning();
    void compareLeft(const ResumePoint &left);
    void compare(sftp::FileRange range, ContentComparison::Otherwise otherwise,
                 sftp::Engine::Answered<bool> answered);
    void handleCompared(const ResumePoint &left, const base::Result<bool> &isSame);
    void begin(quint64 offset);
    void restart(const files::FileAttributes &source);
    void startStripes();
    void handleStripes();
    void fill();
    bool mayAsk() const;
    void ask(quint64 offset, quint32 length);
    void askState();
    void handleData(quint64 offset, quint32 length, base::Result<std::optional<QByteArray>> answer);
    void handleEmptyData(quint64 offset, quint32 length);
    void save(quint64 offset, QByteArray data);
    void noteContiguous(quint64 bytes);
    void finishIfComplete();
    void handleChange(const QString &detail);
    void verify();
    void commit();
    void fail(const base::Error &error);
    bool shouldKeepPart() const;
    static void discard(std::shared_ptr<PartialFile> &target);
    void dropTarget(bool isWanted);
    void letGo();
    void letGoOfData();

    sftp::Engine &m_engine;
    std::shared_ptr<const LocalTree> m_tree; // shared by all copies of a transfer
    CopyOrder m_order; // with what the source was when the copy began
    RequestShare &m_share;
    CopyEvents m_events;
    DiskWork m_disk;
    Target m_target = std::make_shared<std::shared_ptr<PartialFile>>();

    std::shared_ptr<PartialFile> m_file; // shared with the disk thread and the lanes

    sftp::Engine::RequestId m_opening = 0;
    std::optional<sftp::Handle> m_handle;
    CallGuard m_guard; // reset when the copy ends or begins anew
    std::unique_ptr<StripeLead> m_stripes; // while there are any
    std::unique_ptr<ContentComparison> m_comparison; // while it goes on
    qsizetype m_reads = 0; // in flight
    quint64 m_promised; // bytes that the server told
    quint64 m_nextOffset = 0;
    quint64 m_received = 0; // bytes, those of an earlier copy included
    ContiguousBytes m_saved;
    quint64 m_noted = 0; // of the contiguous ones
    std::optional<quint64> m_end; // of the file, from the server's "end of file"
    std::optional<files::FileAttributes> m_state; // of the source, after the last of the data
    bool m_isStateKnown = false; // asked for and answered since the last data were asked for
    quint64 m_asked = 0; // requests for data
    int m_stateRequests = 0; // in flight
    qsizetype m_writes = 0; // on their way to the disk
    int m_emptyAnswers = 0;
    int m_round = 0; // answers of earlier ones do not count
    bool m_hasRestarted = false;
    bool m_isReady = false; // for data
    bool m_isProbing = false; // one read asks beyond what was promised
    bool m_isOver = false;
};

} // namespace transfer
