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
                               const RequestShare &share, CopyEvents events)
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

void UploadPipeline::start()
{
    m_disk.run(
        [path = m_order.source]() -> Result<Source> {
            return SourceFile::open(path).transform([](SourceFile &&file) {
                return std::make_shared<const SourceFile>(std::move(file));
            });
        },
        [this](Result<Source> source) { handleSource(std::move(source)); });
}

void UploadPipeline::handleSource(Result<Source> source)
{
    if (!source) {
        fail(source.error());
        return;
    }
    m_source = std::move(*source);
    FileAttributes attributes;
    attributes.permissions = 0600; // nobody else reads it before it has its own mode
    m_mayExist = true;
    m_opening = m_engine.open(m_temporary, OpenFlag::Write | OpenFlag::Create | OpenFlag::Exclusive,
                              attributes,
                              [this](const Result<sftp::Handle> &handle) { handleOpened(handle); });
}

void UploadPipeline::handleOpened(const Result<sftp::Handle> &handle)
{
    m_opening = 0;
    if (!handle) {
        m_mayExist = false;
        fail(handle.error());
        return;
    }
    m_handle = *handle;
    fill();
}

// One chunk at a time comes from the disk: it is faster than any network. While other data wait for
// the network, one request in flight is enough: its answer calls here again.
void UploadPipeline::fill()
{
    const bool mayRead = m_inFlight == 0 || (m_inFlight < m_share.perCopy() && m_engine.hasRoom());
    if (m_isOver || m_isAtEnd || m_isReading || !mayRead) {
        return;
    }
    m_isReading = true;
    m_disk.run([source = m_source, offset = m_nextOffset,
                length = m_engine.limits().writeBytes] { return source->read(offset, length); },
               [this](Result<QByteArray> chunk) {
                   m_isReading = false;
                   if (!m_isOver) {
                       handleChunk(std::move(chunk));
                   }
               });
}

void UploadPipeline::handleChunk(Result<QByteArray> chunk)
{
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
        fill();
        return;
    }
    m_isAtEnd = true;
    if (m_nextOffset < promised) {
        fail(sourceChanged(m_order.source, QStringLiteral("the file has become shorter")));
        return;
    }
    finishIfComplete();
}

void UploadPipeline::send(const QByteArray &chunk)
{
    const auto size = static_cast<quint64>(chunk.size());
    ++m_inFlight;
    m_engine.write(*m_handle, m_nextOffset, chunk,
                   m_guard([this, size](const Result<void> &written) {
                       --m_inFlight;
                       if (!written) {
                           fail(written.error());
                           return;
                       }
                       m_events.moved(size);
                       fill();
                       finishIfComplete();
                   }));
    m_nextOffset += size;
}

void UploadPipeline::finishIfComplete()
{
    if (!m_isOver && !m_isClosing && m_isAtEnd && m_inFlight == 0) {
        m_isClosing = true;
        closeTarget();
    }
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

// All in one round trip, in the order in which they take effect. A server that does not let us set
// attributes has the data all the same; a failing flush or close means that it may not.
void UploadPipeline::closeTarget()
{
    m_engine.setAttributes(*m_handle, finalAttributes(), [](const Result<void> &) { });
    const auto handle = m_guard([this](const Result<void> &result) { handleClosing(result); });
    if (m_order.existing == Existing::Replace
        && m_engine.offers(QByteArrayLiteral("fsync@openssh.com"))) {
        ++m_inFlight;
        m_engine.flush(*m_handle, handle);
    }
    ++m_inFlight;
    m_engine.status(*m_handle, m_guard([this](const Result<FileAttributes> &status) {
        handleClosing(status ? checkSize(*status) : Result<void>());
    }));
    ++m_inFlight;
    m_engine.close(*std::exchange(m_handle, {}), handle);
}

Result<void> UploadPipeline::checkSize(const FileAttributes &status) const
{
    if (!status.size || *status.size == m_nextOffset) {
        return {};
    }
    return Failure(sourceChanged(
        m_target, QStringLiteral("%1 of %2 bytes arrived").arg(*status.size).arg(m_nextOffset)));
}

void UploadPipeline::handleClosing(const Result<void> &result)
{
    --m_inFlight;
    if (!result && !m_closingError) {
        m_closingError = result.error();
    }
    if (m_inFlight > 0) {
        return;
    }
    if (m_closingError) {
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
    if (m_handle) {
        m_engine.close(*m_handle, [](const Result<void> &) { });
        m_handle.reset();
    }
}

} // namespace transfer
