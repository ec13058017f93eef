// DownloadPipeline: one file from the server, many reads in flight, written by a disk thread under
// a temporary name that becomes the target's when all is there.
//
// The size that the server promised only says how much to ask for at once; the file ends where the
// server says "end of file", and must not end earlier. What was promised of a large file is carried
// in stripes, which other channels may help with.

#pragma once

#include "sftp/Engine.h"
#include "transfer/CallGuard.h"
#include "transfer/DiskWork.h"
#include "transfer/FileCopy.h"
#include "transfer/LocalFile.h"
#include "transfer/StripeWorker.h"

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

    void handleOpened(const base::Result<sftp::Handle> &handle);
    void createTarget();
    bool isStriped() const;
    void startStripes(const std::shared_ptr<PartialFile> &target);
    void handleStripes();
    void fill();
    bool mayAsk() const;
    void ask(quint64 offset, quint32 length);
    void handleData(quint64 offset, quint32 length, base::Result<std::optional<QByteArray>> answer);
    void handleEmptyData(quint64 offset, quint32 length);
    void save(quint64 offset, QByteArray data);
    void finishIfComplete();
    void commit();
    void fail(const base::Error &error);
    void letGo();

    sftp::Engine &m_engine;
    std::shared_ptr<const LocalTree> m_tree; // shared by all copies of a transfer
    CopyOrder m_order;
    RequestShare &m_share;
    CopyEvents m_events;
    DiskWork m_disk;
    Target m_target = std::make_shared<std::shared_ptr<PartialFile>>();

    sftp::Engine::RequestId m_opening = 0;
    std::optional<sftp::Handle> m_handle;
    CallGuard m_guard;
    std::shared_ptr<StripedFile> m_stripes; // shared with the lanes; null before and after
    std::unique_ptr<StripeWorker> m_worker; // of the stripes
    qsizetype m_reads = 0; // in flight
    quint64 m_promised; // bytes that the server told
    quint64 m_nextOffset = 0;
    quint64 m_received = 0; // bytes
    std::optional<quint64> m_end; // of the file, from the server's "end of file"
    qsizetype m_writes = 0; // on their way to the disk
    int m_emptyAnswers = 0;
    bool m_isProbing = false; // one read asks beyond what was promised
    bool m_isOver = false;
};

} // namespace transfer
