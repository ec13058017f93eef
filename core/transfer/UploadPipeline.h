// UploadPipeline: one file to the server, many writes in flight, under a temporary name that
// becomes the target's when the server has confirmed all of it.

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

class UploadPipeline final : public FileCopy
{
public:
    // `target` is the file's path on the server. All references must outlive this.
    UploadPipeline(sftp::Engine &engine, CopyOrder order, files::FilePath target,
                   RequestShare &share, CopyEvents events);
    ~UploadPipeline() override;

    void start() override;
    void proceed() override { fill(); }

private:
    // Used on the disk thread; shared with the orders that wait there.
    using Source = std::shared_ptr<const SourceFile>;

    struct Opened
    {
        Source source;
        base::Result<QByteArray> chunk; // the first
    };

    void handleSource(base::Result<Opened> opened, quint32 length);
    void handleOpened(const base::Result<sftp::Handle> &handle, base::Result<QByteArray> chunk,
                      quint32 length);
    bool isStriped() const;
    void startStripes();
    void handleStripes();
    void fill();
    void handleChunk(base::Result<QByteArray> chunk, quint32 length);
    void send(const QByteArray &chunk);
    void closeTarget();
    base::Result<void> checkSize(const files::FileAttributes &status) const;
    void handleAnswer(const base::Result<void> &result);
    void rename();
    void handleRenamed(const base::Result<void> &renamed);
    void fail(const base::Error &error);
    void letGo();
    files::FileAttributes finalAttributes() const;

    sftp::Engine &m_engine;
    CopyOrder m_order;
    files::FilePath m_target;
    files::FilePath m_temporary;
    RequestShare &m_share;
    CopyEvents m_events;
    DiskWork m_disk;
    Source m_source;

    sftp::Engine::RequestId m_opening = 0;
    std::optional<sftp::Handle> m_handle;
    CallGuard m_guard;
    std::shared_ptr<StripedFile> m_stripes; // shared with the lanes; null before and after
    std::unique_ptr<StripeWorker> m_worker; // of the stripes
    qsizetype m_inFlight = 0; // requests about the target whose answers count
    quint64 m_nextOffset = 0;
    std::optional<base::Error> m_closingError; // the first of those that count
    bool m_mayExist = false; // the temporary file was asked for and not renamed
    bool m_isReading = false;
    bool m_isAtEnd = false; // of the source
    bool m_isOver = false;
};

} // namespace transfer
