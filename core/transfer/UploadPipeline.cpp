#include "transfer/UploadPipeline.h"

#include "sftp/FileOperations.h"
#include "transfer/FileNames.h"
#include "transfer/RemoteReplacement.h"

#include <utility>

namespace transfer {

using base::Error;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using sftp::OpenFlag;

UploadPipeline::UploadPipeline(sftp::Engine &engine, CopyOrder order, FilePath target,
                               RequestShare &share, CopyEvents events)
    : m_engine(engine)
    , m_order(std::move(order))
    , m_target(std::move(target))
    , m_temporary(m_target.parent().child(temporaryName(m_target.name())))
    , m_share(share)
    , m_events(std::move(events))
{
}

UploadPipeline::~UploadPipeline()
{
    if (!m_isOver) {
        letGo();
        if (m_mayExist) {
            m_engine.remove(m_temporary, [](const Result<void> &) { });
        }
    }
}

// The first data come along with the file: a small one costs the disk thread one order.
void UploadPipeline::start()
{
    const quint32 length = m_share.requestBytes(m_engine.limits().writeBytes);
    m_disk.run(
        [path = m_order.source, length]() -> Result<Opened> {
            auto file = SourceFile::open(path);
            if (!file) {
                return Failure(file.error());
            }
            auto chunk = file->read(0, length);
            return Opened{std::make_shared<const SourceFile>(std::move(*file)), std::move(chunk)};
        },
        [this, length](Result<Opened> opened) { handleSource(std::move(opened), length); });
}

void UploadPipeline::handleSource(Result<Opened> opened, quint32 length)
{
    if (!opened) {
        fail(opened.error());
        return;
    }
    m_source = std::move(opened->source);
    m_isReading = true; // the first chunk is there and waits for the target
    FileAttributes attributes;
    attributes.permissions = 0600; // nobody else reads it before it has its own mode
    m_mayExist = true;
    m_opening = m_engine.open(m_temporary, OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive,
                              attributes,
                              [this, chunk = std::move(opened->chunk),
                               length](const Result<sftp::Handle> &handle) mutable {
                                  handleOpened(handle, std::move(chunk), length);
                              });
}

void UploadPipeline::handleOpened(const Result<sftp::Handle> &handle, Result<QByteArray> chunk,
                                  quint32 length)
{
    m_opening = 0;
    if (!handle) {
        m_mayExist = false;
        fail(handle.error());
        return;
    }
    m_handle = *handle;
    if (isStriped()) {
        startStripes();
    } else {
        handleChunk(std::move(chunk), length);
    }
}

bool UploadPipeline::isStriped() const
{
    return m_share.lanes() != nullptr
        && m_source->attributes().size.value_or(0) >= LaneBoard::leastBytes;
}

void UploadPipeline::startStripes()
{
    StripedFile::What what;
    what.direction = Direction::Upload;
    what.remotePath = m_temporary;
    what.size = *m_source->attributes().size;
    what.read = [source = m_source](quint64 offset, quint32 length) {
        return source->read(offset, length);
    };
    what.traffic = m_share.lanes()->traffic();
    m_stripes
        = std::make_shared<StripedFile>(std::move(what), m_guard([this] { handleStripes(); }));
    m_worker = std::make_unique<StripeWorker>(m_engine, m_stripes);
    m_worker->lead(*m_handle);
    m_share.lanes()->offer(m_stripes, m_engine.roundTrip());
}

// What the file has grown by meanwhile, most often nothing, is sent as from any file.
void UploadPipeline::handleStripes()
{
    m_events.moved(m_stripes->takeMoved());
    if (const auto error = m_stripes->error()) {
        fail(*error);
        return;
    }
    if (!m_stripes->isComplete()) {
        return;
    }
    m_stripes->cancel();
    m_worker.reset();
    m_stripes.reset();
    m_nextOffset = *m_source->attributes().size;
    m_isReading = false;
    fill();
}

// One chunk at a time comes from the disk: it is faster than any network. While other data wait for
// the network, one request in flight is enough: its answer calls here again.
void UploadPipeline::fill()
{
    const bool hasRoom = m_inFlight == 0 || (m_inFlight < m_share.perCopy() && m_engine.hasRoom());
    const bool mayRead = m_handle && !m_stripes && hasRoom && m_share.mayMove();
    if (m_isOver || m_isAtEnd || m_isReading || !mayRead) {
        return;
    }
    m_isReading = true;
    const quint32 length = m_share.requestBytes(m_engine.limits().writeBytes);
    m_disk.run(
        [source = m_source, offset = m_nextOffset, length] { return source->read(offset, length); },
        [this, length](Result<QByteArray> chunk) { handleChunk(std::move(chunk), length); });
}

// A chunk that is shorter than `length` is the last one.
void UploadPipeline::handleChunk(Result<QByteArray> chunk, quint32 length)
{
    m_isReading = false;
    if (m_isOver) {
        return;
    }
    const quint64 promised = m_source->attributes().size.value_or(0);
    if (!chunk) {
        fail(chunk.error());
        return;
    }
    if (isBeyondGrowth(promised, m_nextOffset)) {
        fail(sourceChanged(m_order.source, QStringLiteral("the file does not end")));
        return;
    }
    if (!chunk->isEmpty()) {
        send(*chunk);
    }
    if (chunk->size() == length) {
        fill();
        return;
    }
    m_isAtEnd = true;
    if (m_nextOffset < promised) {
        fail(sourceChanged(m_order.source, QStringLiteral("the file has become shorter")));
        return;
    }
    closeTarget();
}

void UploadPipeline::send(const QByteArray &chunk)
{
    const auto size = static_cast<quint64>(chunk.size());
    ++m_inFlight;
    m_share.spend(size);
    m_engine.write(*m_handle, m_nextOffset, chunk,
                   m_guard([this, size](const Result<void> &written) {
                       if (!written) {
                           fail(written.error());
                           return;
                       }
                       m_events.moved(size);
                       handleAnswer({});
                   }));
    m_nextOffset += size;
}

FileAttributes UploadPipeline::finalAttributes() const
{
    const FileAttributes &source = m_source->attributes();
    FileAttributes attributes;
    attributes.accessTime = source.accessTime;
    attributes.modificationTime = source.modificationTime;
    attributes.permissions = source.permissions.value_or(0600) & 0777U;
    if (m_order.existing == Existing::Replace && m_order.replaced.mode()) {
        attributes.permissions = m_order.replaced.mode()->bits();
    }
    return attributes;
}

// At once after the last data, in the order in which it takes effect: a server works on a file in
// the order of the requests (draft-ietf-secsh-filexfer-02 section 6). A server that does not let us
// set attributes has the data all the same; a failing flush or close means that it may not.
void UploadPipeline::closeTarget()
{
    m_engine.setAttributes(*m_handle, finalAttributes(), [](const Result<void> &) { });
    const auto answered = m_guard([this](const Result<void> &result) { handleAnswer(result); });
    if (m_order.existing == Existing::Replace
        && m_engine.offers(QByteArrayLiteral("fsync@openssh.com"))) {
        ++m_inFlight;
        m_engine.flush(*m_handle, answered);
    }
    ++m_inFlight;
    m_engine.status(*m_handle, m_guard([this](const Result<FileAttributes> &status) {
        handleAnswer(status ? checkSize(*status) : Result<void>());
    }));
    ++m_inFlight;
    m_engine.close(*std::exchange(m_handle, {}), answered);
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
    } else {
        rename();
    }
}

void UploadPipeline::rename()
{
    auto renamed = m_guard([this](const Result<void> &result) { handleRenamed(result); });
    // Cancelling from here on is too late: the server has all that it needs.
    if (m_order.existing == Existing::Replace) {
        replaceRemote(m_engine, m_temporary, m_target, std::move(renamed));
    } else if (m_order.parent == DirectoryState::Created) {
        // Nobody but us has put anything there: no need to look first.
        m_engine.rename(m_temporary, m_target, std::move(renamed));
    } else {
        sftp::renameWithoutReplacing(m_engine, m_temporary, m_target, std::move(renamed));
    }
}

void UploadPipeline::handleRenamed(const Result<void> &renamed)
{
    if (!renamed) {
        fail(renamed.error());
        return;
    }
    m_isOver = true;
    m_events.finished({});
}

void UploadPipeline::fail(const Error &error)
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    letGo();
    if (!m_mayExist) {
        m_events.finished(Failure(error));
        return;
    }
    m_engine.remove(m_temporary, m_guard([this, error](const Result<void> &) {
                        m_events.finished(Failure(error));
                    }));
}

void UploadPipeline::letGo()
{
    m_engine.abandon(m_opening);
    m_guard.reset();
    if (m_stripes) {
        m_stripes->cancel();
        m_worker.reset();
        m_stripes.reset();
    }
    if (m_handle) {
        m_engine.close(*m_handle, [](const Result<void> &) { });
        m_handle.reset();
    }
}

} // namespace transfer
