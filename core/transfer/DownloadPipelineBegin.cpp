// How a DownloadPipeline opens its source and finds out how much of it is there already.

#include "transfer/DownloadPipeline.h"

#include <utility>

namespace transfer {

using base::Failure;
using base::Result;
using files::FileAttributes;
using sftp::Engine;

void DownloadPipeline::handleOpened(const Result<sftp::Handle> &handle)
{
    m_opening = 0;
    if (!handle) {
        fail(handle.error());
        return;
    }
    m_handle = *handle;
    if (isLarge()) { // what its directory told of it may be long ago
        m_engine.status(*m_handle, m_guard([this](const Result<FileAttributes> &status) {
            if (status && !isSameState(m_order.attributes, *status)) {
                m_order.beginning > 0 ? handleChange({}) : restart(*status);
            }
        }));
    }
    prepare();
}

// The first data may be ordered to be written before the part is there: the disk keeps the order.
void DownloadPipeline::prepare()
{
    createTarget();
    if (!m_order.options.resume && m_order.beginning == 0 && !isStriped()) {
        begin(0);
    }
}

void DownloadPipeline::createTarget()
{
    PartOrder part{
        m_order.existing, m_order.attributes, m_order.options.resume, m_order.options.preserve,
        nullptr,          m_order.partToken,  m_order.wasBegun,       m_order.beginning > 0};
    auto ledger = isLarge() ? m_share.services().ledger : nullptr;
    m_disk.run(
        [tree = m_tree, names = m_order.target, target = m_target, part = std::move(part),
         ledger = std::move(ledger), source = m_order.source]() mutable -> Created {
            discard(*target);
            if (ledger) {
                part.lease = ledger->take("get " + source.bytes(), tree->path(names).bytes());
            }
            auto file = PartialFile::create(*tree, names, std::move(part));
            if (!file) {
                return Failure(file.error());
            }
            *target = std::make_shared<PartialFile>(std::move(*file));
            return *target;
        },
        inThisRound([this](const Created &created) { handleTarget(created); }));
}

void DownloadPipeline::handleTarget(const Created &created)
{
    if (!created) {
        fail(created.error());
        return;
    }
    m_file = *created;
    if (m_file->note()) {
        m_events.noted(*m_file->note(), 0);
    }
    if (m_file->left()) {
        compareLeft(*m_file->left());
    } else if (m_order.beginning > 0) {
        takeBeginning();
    } else if (!m_isReady) {
        begin(0);
    } else {
        finishIfComplete(); // an empty file has ended before it could begin
    }
}

// What has changed since it was found to be the beginning of the source is not replaced.
void DownloadPipeline::takeBeginning()
{
    const auto compareTail = [this] {
        const ResumePoint point{m_order.beginning, true};
        compare(comparedRange(point), ContentComparison::Otherwise::ReadSamples,
                [this, point](const Result<bool> &isSame) {
                    isSame && !*isSame ? fail(sourceChanged(m_order.source, {}))
                                       : handleCompared(point, isSame);
                });
    };
    m_disk.run([file = m_file, bytes = m_order.beginning] { return file->copyBeginning(bytes); },
               inThisRound([this, compareTail](const Result<void> &copied) {
                   copied ? compareTail() : fail(copied.error());
               }));
}

void DownloadPipeline::compareLeft(const ResumePoint &left)
{
    compare(comparedRange(left), ContentComparison::Otherwise::ReadSamples,
            [this, left](const Result<bool> &isSame) { handleCompared(left, isSame); });
}

void DownloadPipeline::compare(sftp::FileRange range, ContentComparison::Otherwise otherwise,
                               Engine::Answered<bool> answered)
{
    m_comparison = std::make_unique<ContentComparison>(
        m_engine, m_share.services().digest, m_order.source,
        std::make_shared<LocalContent>([file = m_file](quint64 offset, quint32 length) {
            return file->read(offset, length);
        }));
    m_comparison->compare(
        range, otherwise,
        m_guard([this, answered = std::move(answered)](const Result<bool> &isSame) mutable {
            m_comparison.reset();
            answered(isSame);
        }));
}

void DownloadPipeline::handleCompared(const ResumePoint &left, const Result<bool> &isSame)
{
    if (!isSame && base::isTransient(isSame.error().kind)) {
        fail(isSame.error());
        return;
    }
    const bool goesOn = isSame && *isSame;
    m_events.noted(goesOn ? CopyNote::Kind::Resumed : CopyNote::Kind::OtherPart, left.offset);
    const quint64 offset = goesOn ? left.offset : 0;
    m_disk.run([file = m_file, goesOn,
                offset] { return goesOn ? file->continueAt(offset) : file->startOver(); },
               inThisRound([this, offset](const Result<void> &done) {
                   if (done) {
                       m_events.found(offset);
                       begin(offset);
                   } else {
                       fail(done.error());
                   }
               }));
}

void DownloadPipeline::begin(quint64 offset)
{
    m_isReady = true;
    m_nextOffset = offset;
    m_received = offset;
    m_saved = ContiguousBytes(offset);
    m_noted = offset;
    if (isStriped()) {
        startStripes();
    } else {
        fill();
    }
}

} // namespace transfer
