#include "transfer/UploadPipeline.h"

#include "sftp/FileOperations.h"
#include "transfer/RemoteLikeness.h"
#include "transfer/RemoteReplacement.h"

#include <algorithm>
#include <utility>

namespace transfer {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using sftp::Engine;
using sftp::Handle;

namespace {

const QByteArray flushExtension = QByteArrayLiteral("fsync@openssh.com");

} // namespace

UploadPipeline::UploadPipeline(Engine &engine, std::shared_ptr<FileSource> source, CopyOrder order,
                               FilePath target, RequestShare &share, CopyEvents events)
    : m_engine(engine)
    , m_order(std::move(order))
    , m_target(std::move(target))
    , m_share(share)
    , m_events(std::move(events))
    , m_source(std::move(source))
    , m_part(engine, m_target)
{
}

UploadPipeline::~UploadPipeline()
{
    if (m_isOver) {
        return;
    }
    if (!dropTarget(keepsPart() || m_engine.hasEnded())) {
        m_part.remove([](const Result<void> &) { });
    }
}

void UploadPipeline::start()
{
    m_source->open(m_share.requestBytes(m_engine.limits().writeBytes),
                   m_guard([this](const Result<void> &opened) { handleSource(opened); }));
}

bool UploadPipeline::isStriped() const
{
    const quint64 size = m_order.attributes.size.value_or(0);
    return m_share.lanes() != nullptr && m_source->readLocal() && !m_part.isInPlace()
        && size >= m_nextOffset + LaneBoard::leastBytes;
}

void UploadPipeline::startStripes()
{
    StripedFile::What what;
    what.direction = Direction::Upload;
    what.remotePath = m_part.path();
    what.mark = m_part.mark();
    what.start = m_nextOffset;
    what.size = *m_order.attributes.size;
    what.read = m_source->readLocal();
    m_stripes = std::make_unique<StripeLead>(m_engine, *m_handle, *m_share.lanes(), std::move(what),
                                             m_guard([this] { handleStripes(); }));
}

// Behind them there must be nothing but the end of the source.
void UploadPipeline::handleStripes()
{
    StripedFile &file = m_stripes->file();
    m_events.moved(file.takeMoved());
    if (const auto error = file.error()) {
        fail(*error);
        return;
    }
    noteContiguous(file.contiguous());
    if (!file.isComplete()) {
        return;
    }
    m_stripes.reset();
    m_nextOffset = *m_order.attributes.size;
    m_confirmed = ContiguousBytes(m_nextOffset);
    m_source->startAt(m_nextOffset);
    fill();
}

// One piece at a time comes from the source: a disk is faster than any network, and another server
// is read ahead. While other data wait for the network, one request in flight is enough: its answer
// calls here again.
void UploadPipeline::fill()
{
    const bool hasRoom = m_inFlight == 0 || (m_inFlight < m_share.perCopy() && m_engine.hasRoom());
    const bool mayRead = m_handle && !m_comparison && !m_stripes && hasRoom && m_share.mayMove();
    if (m_isOver || m_isAtEnd || m_isReading || !mayRead) {
        return;
    }
    m_isReading = true;
    m_source->next(m_share.requestBytes(m_engine.limits().writeBytes),
                   m_guard([this](const Result<FileSource::Piece> &piece) {
                       m_isReading = false;
                       handlePiece(piece);
                   }));
}

void UploadPipeline::handlePiece(const Result<FileSource::Piece> &piece)
{
    if (m_isOver) {
        return;
    }
    if (!piece) {
        fail(piece.error());
        return;
    }
    const quint64 promised = m_order.attributes.size.value_or(0);
    const quint64 end = m_nextOffset + static_cast<quint64>(piece->data.size());
    // Some files have no size that is told, those of /proc for example.
    const bool hasGrown = promised > 0 && end > promised;
    if (hasGrown || isBeyondGrowth(promised, end) || (piece->isEnd && end < promised)) {
        fail(sourceChanged(m_order.source, QStringLiteral("%1 bytes were promised").arg(promised)));
        return;
    }
    if (!piece->data.isEmpty()) {
        send(piece->data);
    }
    if (piece->isEnd) {
        m_isAtEnd = true;
        finishTarget();
    } else {
        fill();
    }
}

void UploadPipeline::send(const QByteArray &data)
{
    const auto size = static_cast<quint64>(data.size());
    ++m_inFlight;
    m_share.spend(size);
    m_engine.write(*m_handle, m_nextOffset, data,
                   m_guard([this, offset = m_nextOffset, size](const Result<void> &written) {
                       if (!written) {
                           fail(written.error());
                           return;
                       }
                       m_events.moved(size);
                       m_confirmed.add(offset, size);
                       noteContiguous(m_confirmed.end());
                       handleAnswer({});
                   }));
    m_nextOffset += size;
}

void UploadPipeline::noteContiguous(quint64 bytes)
{
    if (bytes >= m_noted + noteInterval) {
        m_noted = bytes;
        m_part.noteContiguous(bytes);
    }
}

// The owner first: to change it clears bits of the mode (chown(2)), and what belongs to another is
// no set-user-ID program of his.
void UploadPipeline::finishTarget()
{
    const bool preserves = m_order.options.preserve;
    m_likeness = preserves && !m_share.mayGiveOwner() ? Likeness::Partial : Likeness::Full;
    if (!preserves || m_likeness == Likeness::Partial) {
        closeTarget();
        return;
    }
    ++m_inFlight;
    m_engine.setAttributes(*m_handle, ownerOf(m_source->attributes()),
                           m_guard([this](const Result<void> &given) {
                               if (!given) {
                                   m_share.forbidOwner();
                                   m_likeness = Likeness::Partial;
                               }
                               closeTarget();
                               handleAnswer({});
                           }));
}

// At once after the last data, in the order in which it takes effect: a server works on a file in
// the order of the requests (draft-ietf-secsh-filexfer-02 section 6). A server that does not let us
// set attributes has the data all the same; a failing flush or close means that it may not.
void UploadPipeline::closeTarget()
{
    const FileAttributes attributes = finalAttributes(m_source->attributes(), m_order, m_likeness);
    m_engine.setAttributes(*m_handle, attributes, m_guard([this](const Result<void> &set) {
        m_likeness = set ? m_likeness : Likeness::Partial;
    }));
    const auto answered = m_guard([this](const Result<void> &result) { handleAnswer(result); });
    const bool mustFlush = m_order.options.flush || m_order.existing == Existing::Replace;
    if (mustFlush && m_engine.offers(flushExtension)) {
        ++m_inFlight;
        m_engine.flush(*m_handle, answered);
    } else if (m_order.options.flush) {
        m_events.noted(CopyNote::Kind::NotFlushed, 0);
    }
    ++m_inFlight;
    m_engine.status(*m_handle, m_guard([this](const Result<FileAttributes> &status) {
        handleAnswer(status ? checkSize(*status) : Result<void>());
    }));
    ++m_inFlight;
    m_engine.close(*std::exchange(m_handle, {}), answered);
    if (needsFreeName() && !m_order.options.verify) { // else it is looked at after that
        ++m_inFlight;
        sftp::expectFreeName(m_engine, m_part.path(), m_target,
                             m_guard([this](const Result<void> &isFree) { handleAnswer(isFree); }));
    }
}

// In a directory that was made for the copy nobody but us has put anything.
bool UploadPipeline::needsFreeName() const
{
    return !m_part.isInPlace() && m_order.existing != Existing::Replace
        && m_order.parent != DirectoryState::Created;
}

Result<void> UploadPipeline::checkSize(const FileAttributes &status) const
{
    if (!status.size || *status.size == m_nextOffset) {
        return {};
    }
    return Failure(sourceChanged(
        m_target, QStringLiteral("%1 of %2 bytes arrived").arg(*status.size).arg(m_nextOffset)));
}

// The target gets its name when every request about it has been answered well.
void UploadPipeline::handleAnswer(const Result<void> &result)
{
    --m_inFlight;
    if (!result && !m_closingError) {
        m_closingError = result.error();
    }
    if (!m_isAtEnd) {
        fill();
    } else if (m_inFlight > 0) {
        return;
    } else if (m_closingError) {
        fail(*m_closingError);
    } else if (m_order.options.verify) {
        verify();
    } else {
        rename();
    }
}

void UploadPipeline::verify()
{
    compare({0, m_nextOffset}, ContentComparison::Otherwise::ReadAll,
            [this](const Result<bool> &isSame) {
                if (!isSame) {
                    fail(isSame.error());
                } else if (!*isSame) {
                    fail(contentMismatch(m_order.source));
                } else {
                    rename();
                }
            });
}

void UploadPipeline::rename()
{
    if (m_part.isInPlace()) {
        finish();
        return;
    }
    auto renamed = m_guard([this](const Result<void> &result) { handleRenamed(result); });
    // Cancelling from here on is too late: the server has all that it needs.
    if (m_order.existing == Existing::Replace) {
        replaceRemote(m_engine, m_part.path(), m_target, std::move(renamed));
    } else if (!needsFreeName()) {
        m_engine.rename(m_part.path(), m_target, std::move(renamed));
    } else if (m_order.options.verify) {
        sftp::renameWithoutReplacing(m_engine, m_part.path(), m_target, std::move(renamed));
    } else {
        sftp::renameToFreeName(m_engine, m_part.path(), m_target, std::move(renamed));
    }
}

void UploadPipeline::handleRenamed(const Result<void> &renamed)
{
    if (renamed) {
        finish();
    } else if (renamed.error().kind == ErrorKind::PermissionDenied && m_order.beginning == 0) {
        writeInPlace();
    } else {
        fail(renamed.error());
    }
}

// A server that takes new files and lets nobody rename them: all goes once more, to the real name.
void UploadPipeline::writeInPlace()
{
    m_share.forbidRename();
    m_isAtEnd = false;
    m_closingError.reset();
    m_events.restarted();
    m_part.remove(m_guard([this](const Result<void> &) { openTarget(RemotePart::Place::Target); }));
}

void UploadPipeline::finish()
{
    m_isOver = true;
    m_part.forget();
    tellEnd(m_events, m_order.options.preserve ? m_likeness : Likeness::Full);
}

void UploadPipeline::fail(const Error &error)
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    if (dropTarget(keepsPart() || m_engine.hasEnded() || base::isTransient(error.kind))) {
        m_events.finished(Failure(error));
        return;
    }
    m_part.remove(
        m_guard([this, error](const Result<void> &) { m_events.finished(Failure(error)); }));
}

// Who lost the connection wants to go on later, and so does who asked for it. A part that is not
// ours for certain stays too.
bool UploadPipeline::dropTarget(bool isWanted)
{
    const bool isThere = m_handle.has_value() || m_isAtEnd;
    const quint64 bytes = contiguous();
    const bool keeps
        = isWanted && !m_part.isInPlace() && isWorthKeeping(bytes, m_part.isRecorded());
    if (isThere && keeps && !m_part.left()) {
        m_part.noteContiguous(bytes);
    }
    letGo();
    return !isThere || keeps || m_part.left();
}

quint64 UploadPipeline::contiguous() const
{
    return m_stripes ? m_stripes->file().contiguous() : m_confirmed.end();
}

void UploadPipeline::letGo()
{
    m_guard.reset();
    m_beginning.reset();
    m_comparison.reset();
    m_stripes.reset();
    if (m_handle) {
        m_engine.close(*m_handle, [](const Result<void> &) { });
        m_handle.reset();
    }
}

} // namespace transfer
