// How an UploadPipeline opens its part and finds out how much of its source is there already.

#include "transfer/UploadPipeline.h"

#include <utility>

namespace transfer {

using base::Failure;
using base::Result;
using files::FileAttributes;
using sftp::Engine;
using sftp::Handle;

void UploadPipeline::handleSource(const Result<void> &opened)
{
    if (!opened) {
        fail(opened.error());
        return;
    }
    const FileAttributes planned = std::exchange(m_order.attributes, m_source->attributes());
    if (m_order.beginning > 0 && !isSameState(planned, m_order.attributes)) {
        fail(sourceChanged(m_order.source, QStringLiteral("another one was begun with")));
        return;
    }
    const auto ledger = m_share.services().ledger;
    if (!ledger || m_order.attributes.size.value_or(0) < leastResumedBytes) {
        openPart();
        return;
    }
    m_disk.run([ledger, source = m_source->ledgerName(),
                target = m_target.bytes()] { return ledger->take(source, target); },
               [this](std::shared_ptr<PartLease> lease) {
                   m_lease = std::move(lease);
                   openPart();
               });
}

void UploadPipeline::openPart()
{
    const bool isApart = m_share.mayRename() || m_order.beginning > 0;
    openTarget(isApart ? RemotePart::Place::Part : RemotePart::Place::Target);
}

void UploadPipeline::openTarget(RemotePart::Place place)
{
    m_part.open(m_order, std::move(m_lease), place,
                m_guard([this](const Result<Handle> &handle) { handleOpened(handle); }));
}

void UploadPipeline::handleOpened(const Result<Handle> &handle)
{
    if (!handle) {
        fail(handle.error());
        return;
    }
    m_handle = *handle;
    if (m_part.note()) {
        m_events.noted(*m_part.note(), 0);
    }
    if (m_part.left()) {
        compareLeft(*m_part.left());
    } else if (m_order.beginning > 0) {
        takeBeginning();
    } else {
        begin(0);
    }
}

void UploadPipeline::takeBeginning()
{
    m_beginning = std::make_unique<BeginningCopy>(
        m_engine, m_share.services().digest,
        BeginningCopy::Order{m_target, m_order.beginning, m_part.path(), *m_handle});
    m_events.partMade(m_part.path().name());
    m_beginning->start(m_guard([this](const Result<bool> &isThere) { handleBeginning(isThere); }));
}

// What has changed since it was found to be the beginning of the source is not replaced.
void UploadPipeline::handleBeginning(const Result<bool> &isThere)
{
    m_beginning.reset();
    if (!isThere) {
        fail(isThere.error());
    } else if (*isThere) {
        const ResumePoint point{m_order.beginning, true};
        compare(comparedRange(point), ContentComparison::Otherwise::ReadSamples,
                [this, point](const Result<bool> &isSame) {
                    if (!isSame || !*isSame) {
                        fail(isSame ? sourceChanged(m_order.source, {}) : isSame.error());
                        return;
                    }
                    m_events.noted(CopyNote::Kind::Resumed, point.offset);
                    m_events.found(point.offset);
                    begin(point.offset);
                });
    } else {
        begin(0);
    }
}

void UploadPipeline::compareLeft(const ResumePoint &left)
{
    compare(comparedRange(left), ContentComparison::Otherwise::ReadSamples,
            [this, left](const Result<bool> &isSame) { handleCompared(left, isSame); });
}

void UploadPipeline::compare(sftp::FileRange range, ContentComparison::Otherwise otherwise,
                             Engine::Answered<bool> answered)
{
    m_comparison = std::make_unique<ContentComparison>(m_engine, m_share.services().digest,
                                                       m_part.path(), m_source);
    m_comparison->compare(
        range, otherwise,
        m_guard([this, answered = std::move(answered)](const Result<bool> &isSame) mutable {
            m_comparison.reset();
            answered(isSame);
        }));
}

void UploadPipeline::handleCompared(const ResumePoint &left, const Result<bool> &isSame)
{
    if (!isSame && base::isTransient(isSame.error().kind)) {
        fail(isSame.error());
        return;
    }
    if (isSame && *isSame) {
        m_part.goOn(*m_handle);
        m_events.noted(CopyNote::Kind::Resumed, left.offset);
        m_events.found(left.offset);
        begin(left.offset);
        return;
    }
    m_events.noted(CopyNote::Kind::OtherPart, left.offset);
    m_part.startOver(*std::exchange(m_handle, {}),
                     m_guard([this](const Result<Handle> &handle) { handleOpened(handle); }));
}

void UploadPipeline::begin(quint64 offset)
{
    if (!m_part.isInPlace()) {
        m_events.partMade(m_part.path().name());
    }
    m_nextOffset = offset;
    m_confirmed = ContiguousBytes(offset);
    m_noted = offset;
    if (isStriped()) {
        startStripes();
    } else {
        m_source->startAt(offset);
        fill();
    }
}

} // namespace transfer
