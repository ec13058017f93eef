// FileCopy: one file on its way to or from a server, on the connection's thread.
// DownloadPipeline and UploadPipeline implement it; TransferRun starts them.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "transfer/LaneBoard.h"
#include "transfer/LocalTree.h"
#include "transfer/PartLedger.h"
#include "transfer/TransferRequest.h"

#include <QByteArrayList>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace transfer {

struct CopyOrder
{
    files::FilePath source;
    files::FileAttributes attributes; // of the source, as its directory told them
    QByteArrayList target; // names below the target directory
    Existing existing = Existing::Keep;
    files::FileAttributes replaced; // of the file that is to be replaced
    DirectoryState parent = DirectoryState::ExistedBefore; // of the target's directory
    CopyOptions options;
    bool wasBegun = false; // by this transfer, on a connection that was lost
    QByteArray ownPart; // of the server: known to have been made then
    // See PlannedItem. What is replaced stays as it is until the copy is complete.
    quint64 beginning = 0;
    QByteArray partToken = {}; // of the transfer, in the names of its parts; empty: it has none
};

// Called on the connection's thread; neither may destroy the copy.
struct CopyEvents
{
    std::move_only_function<void(quint64 bytes)> moved; // so many more are there
    std::move_only_function<void(quint64 bytes)> found; // an earlier copy has brought so many
    std::move_only_function<void()> restarted; // what has moved counts no more
    std::move_only_function<void(CopyNote::Kind kind, quint64 bytes)> noted;
    std::move_only_function<void(const QByteArray &name)> partMade; // on the server
    std::move_only_function<void(const base::Result<void> &)> finished; // once, the last call
};

// Tells that, and before it, if so, that the copy has not kept all that it was to keep.
void tellEnd(CopyEvents &events, const base::Result<Likeness> &copied);

// How many requests each of the copies of a channel may have in flight: 64 together, because a
// channel's window (2 MiB) is 64 requests of the size that every server takes.
class RequestShare
{
public:
    // `lanes` may help with large files; null if nobody can. It is shared with them.
    explicit RequestShare(std::shared_ptr<LaneBoard> lanes = nullptr)
        : m_lanes(std::move(lanes))
        , m_services(m_lanes ? m_lanes->services() : CopyServices())
    {
    }

    // Without lanes from now on: they would not know of the limit.
    void setLimit(quint64 bytesPerSecond);
    void sendLanesAway() { m_lanes.reset(); }

    LaneBoard *lanes() const { return m_lanes.get(); }
    const CopyServices &services() const { return m_services; }

    // False once the server has refused to rename a file: the next ones need not try.
    bool mayRename() const { return m_mayRename; }
    void forbidRename() { m_mayRename = false; }

    // False once the server has refused to give a file an owner: likewise.
    bool mayGiveOwner() const { return m_mayGiveOwner; }
    void forbidOwner() { m_mayGiveOwner = false; }

    // How large a request may be of which the server takes `mostBytes`.
    quint32 requestBytes(quint32 mostBytes) const;

    // False while the limit is reached. FileCopy::proceed() tells when that is over.
    bool mayMove() const { return m_limit == 0 || m_budget > 0; }
    void spend(quint64 bytes);
    void refill(std::chrono::nanoseconds passed);
    void setCopies(qsizetype copies) { m_copies = copies; }
    qsizetype perCopy() const
    {
        return std::max<qsizetype>(2, 64 / std::max<qsizetype>(1, m_copies));
    }

private:
    std::shared_ptr<LaneBoard> m_lanes; // shared with the lanes
    CopyServices m_services;
    bool m_mayRename = true;
    bool m_mayGiveOwner = true;
    qsizetype m_copies = 0;
    quint64 m_limit = 0; // bytes per second; 0: none
    qint64 m_budget = 0; // bytes; a debt if negative
};

class FileCopy
{
public:
    // Cancels: the target stays as it was, partial data are removed. They stay for a later copy
    // after keepPart(), and if the connection was lost, unless they are few.
    virtual ~FileCopy() = default;

    virtual void start() = 0;
    virtual void proceed() = 0; // RequestShare allows more
    void keepPart() { m_keepsPart = true; }

protected:
    FileCopy() = default;
    bool keepsPart() const { return m_keepsPart; }
    Q_DISABLE_COPY_MOVE(FileCopy)

private:
    bool m_keepsPart = false;
};

// Failure for a source that does not stay what it was: ESTALE, as a network file system says.
// `detail` is for the log.
base::Error sourceChanged(const files::FilePath &source, const QString &detail);

// Failure for a target whose contents are not those of the source: EBADMSG, as a file system says
// of data that fail its checksum.
base::Error contentMismatch(const files::FilePath &source);

// Size and time are the same, as far as both are told.
bool isSameState(const files::FileAttributes &one, const files::FileAttributes &other);

// A file may grow while it is copied, but not for ever: a server could fill the disk.
bool isBeyondGrowth(quint64 promised, quint64 offset);

} // namespace transfer
