// How a TransferRun moves the files of its ledger, many at a time.

#include "transfer/FileNames.h"
#include "transfer/TransferRun.h"

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using files::FileType;

// So many at a time that a tree of small files costs round trips per batch, not per file. Of large
// files a few are enough, and more would only take memory.
constexpr int mostFiles = 128;
constexpr int fewFiles = 4;
constexpr quint64 enoughBytes = quint64{16} * 1024 * 1024;
constexpr qsizetype mostQuestions = 1000; // that wait for the user

} // namespace

// Each file takes a handle of the server, and so does each directory.
bool TransferRun::mayStartFile() const
{
    const int handles = std::max(fewFiles, m_engine.limits().openHandles - mostDirectories);
    const int most = m_isGentle ? fewFiles : std::min(mostFiles, handles);
    if (m_isOver || !m_share.mayMove() || m_policy.waitingCount() >= mostQuestions) {
        return false;
    }
    const BusyFiles &busy = m_ledger.busyFiles();
    const int busyFiles = busy.small + busy.large;
    const bool hasRoom
        = m_ledger.isNextFileLarge() ? busy.large < fewFiles : busy.smallBytes < enoughBytes;
    return busyFiles < fewFiles || (busyFiles < most && hasRoom);
}

void TransferRun::startFile(const PlannedItem &taken)
{
    PlannedItem item = taken;
    item.wasBegun = item.wasBegun || (m_request.memory && m_request.memory->wasBegun);
    if (item.entry.attributes.type() != FileType::SymbolicLink
        || m_request.links == LinkChoice::Copy) {
        place(item);
    } else if (m_request.links == LinkChoice::Follow) {
        follow(item);
    } else {
        m_ledger.skipped(item);
    }
}

void TransferRun::follow(const PlannedItem &item)
{
    m_ends->followSource(item.source, m_guard([this, item](const Result<FollowedLink> &followed) {
                             if (followed) {
                                 m_ledger.followed(item, followed->path, followed->attributes);
                                 step();
                                 return;
                             }
                             const bool isBroken = followed.error().kind == ErrorKind::NotFound;
                             fail(item, followed.error(),
                                  isBroken ? CopyObstacle::LinkBroken : CopyObstacle::None);
                         }));
}

void TransferRun::place(const PlannedItem &item)
{
    if (isLarge(item) && m_share.lanes() != nullptr) {
        m_share.lanes()->announce({item.entry.attributes.size.value_or(0), m_engine.roundTrip()});
    }
    m_placer->place(item, m_guard([this, item](const Result<Placement> &placement) {
                        if (placement) {
                            settle(*placement);
                        } else {
                            fail(item, placement.error());
                        }
                    }));
}

void TransferRun::settle(const Placement &placement)
{
    switch (placement.kind) {
    case Placement::Kind::Copy:
        copyFile(placement);
        return;
    case Placement::Kind::Done:
        removeOwnPart(placement.item);
        return;
    case Placement::Kind::Skip:
        m_ledger.skipped(placement.item);
        break;
    case Placement::Kind::Refuse:
        m_ledger.failed(placement.item, placement.error, placement.obstacle);
        break;
    }
    step();
}

// A server gives a file its name by a link, and removes the part afterwards (OpenSSH's sftp-server,
// in its answer to SSH_FXP_RENAME): one that ended in between has left both.
void TransferRun::removeOwnPart(const PlannedItem &item)
{
    auto conclude = m_guard([this, item](const Result<void> &) {
        if (item.entry.attributes.type() == FileType::Regular) {
            m_ledger.foundEarlier(item, item.entry.attributes.size.value_or(0));
        }
        m_ledger.copied(item);
        step();
    });
    const QByteArray part = ownPart(item);
    if (part.isEmpty() || m_request.direction == Direction::Download) {
        conclude(Result<void>());
    } else {
        m_engine.remove(m_ends->targetPath(item.target).parent().child(part), std::move(conclude));
    }
}

// What an earlier connection, or an earlier run of the program, has made of it on the server.
QByteArray TransferRun::ownPart(const PlannedItem &item) const
{
    const bool isNamedByToken = item.part.isEmpty() && item.wasBegun && m_request.memory;
    return isNamedByToken ? partName(item.target.last(), m_request.memory->token) : item.part;
}

void TransferRun::copyFile(const Placement &placement)
{
    const PlannedItem &item = placement.item;
    CopyOrder order{item.source,   item.entry.attributes, item.target,      placement.existing,
                    item.replaced, item.parentState,      m_request.options};
    order.options.resume = order.options.resume || item.wasBegun;
    order.beginning = item.beginning;
    order.wasBegun = item.wasBegun;
    order.ownPart = ownPart(item);
    if (m_request.memory) {
        order.partToken = m_request.memory->token;
    }
    auto &copy = m_copies[item.id];
    copy = m_ends->copy(std::move(order), m_share, eventsOf(item));
    m_share.setCopies(std::ssize(m_copies));
    copy->start();
}

CopyEvents TransferRun::eventsOf(const PlannedItem &item)
{
    CopyEvents events;
    events.moved = m_guard([this, item](quint64 bytes) {
        m_bytesMoved += bytes;
        m_ledger.moved(item, bytes);
    });
    events.found = m_guard([this, item](quint64 bytes) { m_ledger.foundEarlier(item, bytes); });
    events.restarted = m_guard([this, item] { m_ledger.restart(item); });
    events.noted = m_guard([this, item](CopyNote::Kind kind, quint64 bytes) {
        m_ledger.note(item, {kind, item.source, bytes});
    });
    events.partMade
        = m_guard([this, item](const QByteArray &name) { m_ledger.partMade(item, name); });
    events.finished
        = m_guard([this, item](const Result<void> &copied) { handleCopied(item, copied); });
    return events;
}

// The copy is still in the middle of its call: it goes when the event loop runs again.
void TransferRun::handleCopied(const PlannedItem &item, const Result<void> &copied)
{
    m_finishedCopies.push_back(std::move(m_copies.extract(item.id).mapped()));
    m_share.setCopies(std::ssize(m_copies));
    QMetaObject::invokeMethod(
        &m_ticker, [this] { m_finishedCopies.clear(); }, Qt::QueuedConnection);
    if (copied) {
        m_ledger.copied(item);
        step();
    } else if (copied.error().kind == ErrorKind::AlreadyExists
               && item.parentState == DirectoryState::Created) {
        // The directory is ours alone: a name that the target's file system takes for another.
        m_ledger.restart(item);
        PlannedItem again = item;
        again.parentState = DirectoryState::ExistedBefore;
        place(again);
    } else {
        fail(item, copied.error());
    }
}

} // namespace transfer
