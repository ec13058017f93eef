// UploadPipeline: one file to the server, from this computer or another server, many writes in
// flight, under the name of a part that becomes the target's when the server has confirmed all of
// it.

#pragma once

#include "sftp/Engine.h"
#include "transfer/BeginningCopy.h"
#include "transfer/CallGuard.h"
#include "transfer/ContentComparison.h"
#include "transfer/ContiguousBytes.h"
#include "transfer/DiskWork.h"
#include "transfer/FileCopy.h"
#include "transfer/FileSource.h"
#include "transfer/RemotePart.h"
#include "transfer/StripeLead.h"

#include <memory>
#include <optional>

namespace transfer {

class UploadPipeline final : public FileCopy
{
public:
    // `target` is the file's path on the server. All references must outlive this. The source is
    // shared with comparisons.
    UploadPipeline(sftp::Engine &engine, std::shared_ptr<FileSource> source, CopyOrder order,
                   files::FilePath target, RequestShare &share, CopyEvents events);
    ~UploadPipeline() override;

    void start() override;
    void proceed() override { fill(); }

private:
    void handleSource(const base::Result<void> &opened);
    void openPart();
    void openTarget(RemotePart::Place place);
    void handleOpened(const base::Result<sftp::Handle> &handle);
    void compareLeft(const ResumePoint &left);
    void compare(sftp::FileRange range, ContentComparison::Otherwise otherwise,
                 sftp::Engine::Answered<bool> answered);
    void handleCompared(const ResumePoint &left, const base::Result<bool> &isSame);
    void takeBeginning();
    void handleBeginning(const base::Result<bool> &isThere);
    void begin(quint64 offset);
    bool isStriped() const;
    void startStripes();
    void handleStripes();
    void fill();
    void handlePiece(const base::Result<FileSource::Piece> &piece);
    void send(const QByteArray &data);
    void noteContiguous(quint64 bytes);
    void finishTarget();
    void closeTarget();
    base::Result<void> checkSize(const files::FileAttributes &status) const;
    void handleAnswer(const base::Result<void> &result);
    bool needsFreeName() const;
    void verify();
    void rename();
    void handleRenamed(const base::Result<void> &renamed);
    void writeInPlace();
    void finish();
    void fail(const base::Error &error);
    bool dropTarget(bool isWanted); // false if what is there must be removed
    quint64 contiguous() const;
    void letGo();

    sftp::Engine &m_engine;
    CopyOrder m_order; // with what the source was when it was opened
    files::FilePath m_target;
    RequestShare &m_share;
    CopyEvents m_events;
    DiskWork m_disk;
    std::shared_ptr<FileSource> m_source; // shared, see above
    RemotePart m_part;
    std::shared_ptr<PartLease> m_lease; // until the part has it, which shares it with disk threads

    std::optional<sftp::Handle> m_handle;
    CallGuard m_guard;
    std::unique_ptr<StripeLead> m_stripes; // while there are any
    std::unique_ptr<BeginningCopy> m_beginning; // while it goes on
    std::unique_ptr<ContentComparison> m_comparison; // while it goes on
    qsizetype m_inFlight = 0; // requests about the target whose answers count
    quint64 m_nextOffset = 0;
    ContiguousBytes m_confirmed; // by the server
    quint64 m_noted = 0; // of these
    std::optional<base::Error> m_closingError; // the first of those that count
    Likeness m_likeness = Likeness::Full; // of what is kept with CopyOptions::preserve
    bool m_isReading = false;
    bool m_isAtEnd = false; // of the source
    bool m_isOver = false;
};

} // namespace transfer
