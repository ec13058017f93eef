#include "transfer/DownloadPipeline.h"

#include <algorithm>
#include <utility>

namespace transfer {

using base::Error;
using base::Failure;
using base::Result;
using files::FileAttributes;
using sftp::Engine;

DownloadPipeline::DownloadPipeline(sftp::Engine &engine, std::shared_ptr<const LocalTree> tree,
                                   CopyOrder order, RequestShare &share, CopyEvents events)
    : m_engine(engine)
    , m_tree(std::move(tree))
    , m_order(std::move(order))
    , m_share(share)
    , m_events(std::move(events))
    , m_promised(m_order.attributes.size.value_or(0))
{
}

DownloadPipeline::~DownloadPipeline()
{
    if (!m_isOver) {
        dropTarget(shouldKeepPart());
    }
}

bool DownloadPipeline::isStriped() const
{
    return m_share.lanes() != nullptr && m_promised - m_nextOffset >= LaneBoard::leastBytes;
}

void DownloadPipeline::start()
{
    m_opening = m_engine.open(m_order.source, sftp::OpenFlag::Read, {},
                              [this](const Result<sftp::Handle> &handle) { handleOpened(handle); });
}

// Lanes may be writing stripes of the old part for a moment: the new one is another file.
void DownloadPipeline::restart(const FileAttributes &source)
{
    ++m_round;
    m_hasRestarted = true;
    letGoOfData();
    m_file.reset();
    m_order.attributes.size = source.size;
    m_order.attributes.modificationTime = source.modificationTime;
    m_promised = source.size.value_or(0);
    m_reads = 0;
    m_writes = 0;
    m_nextOffset = 0;
    m_end.reset();
    m_state.reset();
    m_isStateKnown = false;
    m_stateRequests = 0;
    m_isReady = false;
    m_isProbing = false;
    m_events.restarted();
    prepare();
}

void DownloadPipeline::startStripes()
{
    StripedFile::What what;
    what.direction = Direction::Download;
    what.remotePath = m_order.source;
    what.expected = m_order.attributes;
    what.start = m_nextOffset;
    what.size = m_promised;
    what.write = [file = m_file](quint64 offset, QByteArrayView data) {
        return file->writeStripe(offset, data);
    };
    m_stripes = std::make_unique<StripeLead>(m_engine, *m_handle, *m_share.lanes(), std::move(what),
                                             m_guard([this] { handleStripes(); }));
}

// What comes after the promised size, most often nothing but the end, is read as from any file.
void DownloadPipeline::handleStripes()
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
    m_received = m_promised;
    m_nextOffset = m_promised;
    m_saved = ContiguousBytes(m_promised);
    m_disk.run([file = m_file, end = m_promised] { file->extend(end); });
    fill();
}

void DownloadPipeline::fill()
{
    if (!m_handle || !m_isReady || m_stripes) {
        return;
    }
    while (!m_isOver && mayAsk() && m_reads + m_writes < m_share.perCopy()) {
        const quint64 most = m_share.requestBytes(m_engine.limits().readBytes);
        const bool isPromised = m_nextOffset < m_promised;
        const quint64 length = isPromised ? std::min(most, m_promised - m_nextOffset) : most;
        m_share.spend(isPromised ? length : 0);
        ask(m_nextOffset, static_cast<quint32>(length));
        m_nextOffset += length;
        if (!isPromised) { // most often the end: the state behind it comes along
            m_isProbing = true;
            askState();
        }
    }
}

bool DownloadPipeline::mayAsk() const
{
    return !m_end && m_share.mayMove() && (m_nextOffset < m_promised || !m_isProbing);
}

void DownloadPipeline::ask(quint64 offset, quint32 length)
{
    ++m_reads;
    ++m_asked;
    m_isStateKnown = false;
    m_engine.read(*m_handle, offset, length,
                  m_guard([this, offset, length](Result<std::optional<QByteArray>> answer) {
                      --m_reads;
                      handleData(offset, length, std::move(answer));
                  }));
}

// A server that does not tell is believed.
void DownloadPipeline::askState()
{
    ++m_stateRequests;
    m_engine.status(*m_handle,
                    m_guard([this, asked = m_asked](const Result<FileAttributes> &status) {
                        --m_stateRequests;
                        m_state = status ? std::optional(*status) : std::nullopt;
                        m_isStateKnown = asked == m_asked;
                        finishIfComplete();
                    }));
}

void DownloadPipeline::handleData(quint64 offset, quint32 length,
                                  Result<std::optional<QByteArray>> answer)
{
    if (!answer) {
        fail(answer.error());
        return;
    }
    if (!*answer) {
        m_end = std::min(m_end.value_or(offset), offset);
        finishIfComplete();
        return;
    }
    const auto size = static_cast<quint32>((*answer)->size());
    if (size == 0) {
        handleEmptyData(offset, length);
        return;
    }
    // Some files have no size that is told, those of /proc for example.
    const bool hasGrown = offset >= m_promised && m_promised > 0;
    if (hasGrown || isBeyondGrowth(m_promised, offset)) {
        handleChange(QStringLiteral("there are data at %1").arg(offset));
        return;
    }
    if (size < length) {
        ask(offset + size, length - size);
    } else if (offset >= m_promised) {
        m_isProbing = false;
    }
    save(offset, std::move(**answer));
    fill();
}

// It may happen once, as if nothing was ready. A server that goes on so would keep us for ever.
void DownloadPipeline::handleEmptyData(quint64 offset, quint32 length)
{
    if (++m_emptyAnswers > 1) {
        Error error = sftp::protocolViolation(QStringLiteral("data without bytes"));
        error.subject = m_order.source.toDisplay();
        fail(error);
        return;
    }
    ask(offset, length);
}

void DownloadPipeline::save(quint64 offset, QByteArray data)
{
    const auto size = static_cast<quint64>(data.size());
    m_received += size;
    ++m_writes;
    m_disk.run(
        [target = m_target, offset, bytes = std::move(data)]() -> Result<void> {
            // Without a target there was a failure before, which is on its way.
            return *target ? (*target)->write(offset, bytes) : Result<void>();
        },
        inThisRound([this, offset, size](const Result<void> &written) {
            --m_writes;
            if (!written) {
                fail(written.error());
                return;
            }
            m_events.moved(size);
            m_saved.add(offset, size);
            noteContiguous(m_saved.end());
            fill();
            finishIfComplete();
        }));
}

void DownloadPipeline::noteContiguous(quint64 bytes)
{
    if (m_file && isLarge() && bytes >= m_noted + noteInterval) {
        m_noted = bytes;
        m_disk.run([file = m_file, bytes] { file->noteContiguous(bytes); });
    }
}

void DownloadPipeline::finishIfComplete()
{
    if (m_isOver || !m_file || !m_end || m_reads > 0 || m_writes > 0 || m_comparison) {
        return;
    }
    if (m_received != *m_end || *m_end < m_promised) {
        handleChange(QStringLiteral("%1 bytes came, the end was at %2, %3 were promised")
                         .arg(m_received)
                         .arg(*m_end)
                         .arg(m_promised));
    } else if (!m_isStateKnown) {
        if (m_stateRequests == 0) {
            askState();
        }
    } else if (m_state && !isSameState(m_order.attributes, *m_state)) {
        handleChange(QStringLiteral("size or time have changed"));
    } else if (m_order.options.verify) {
        verify();
    } else {
        commit();
    }
}

// A small file may have changed before its first data came: then it is copied once more.
void DownloadPipeline::handleChange(const QString &detail)
{
    const auto error = sourceChanged(m_order.source, detail);
    if (m_hasRestarted || m_order.beginning > 0 || isLarge()) {
        fail(error);
        return;
    }
    ++m_round;
    letGoOfData();
    m_isReady = false;
    m_engine.status(*m_handle, m_guard([this, error](const Result<FileAttributes> &status) {
        if (status) {
            restart(*status);
        } else {
            fail(error);
        }
    }));
}

void DownloadPipeline::verify()
{
    m_disk.run([target = m_target, size = *m_end] { return (*target)->complete(size); },
               inThisRound([this](const Result<void> &completed) {
                   if (!completed) {
                       fail(completed.error());
                       return;
                   }
                   compare({0, *m_end}, ContentComparison::Otherwise::ReadAll,
                           [this](const Result<bool> &isSame) {
                               if (!isSame) {
                                   fail(isSame.error());
                               } else if (!*isSame) {
                                   fail(contentMismatch(m_order.source));
                               } else {
                                   commit();
                               }
                           });
               }));
}

void DownloadPipeline::commit()
{
    m_isOver = true;
    letGo();
    const auto flush = m_order.options.flush ? Flush::Always : Flush::IfReplacing;
    m_disk.run(
        [target = m_target, file = std::move(m_file), size = *m_end, order = m_order, flush] {
            const auto committed = (*target)->commit(size, order.attributes, order.existing, flush);
            target->reset();
            return committed;
        },
        [this](const Result<Likeness> &committed) { tellEnd(m_events, committed); });
}

void DownloadPipeline::fail(const Error &error)
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    dropTarget(shouldKeepPart() || base::isTransient(error.kind));
    // Behind what drops it.
    m_disk.run([] { return true; }, [this, error](bool) { m_events.finished(Failure(error)); });
}

// Who lost the connection wants to go on later, and so does who asked for it.
bool DownloadPipeline::shouldKeepPart() const
{
    return keepsPart() || m_engine.hasEnded();
}

// On the disk thread.
void DownloadPipeline::discard(std::shared_ptr<PartialFile> &target)
{
    if (target) {
        target->discard();
        target.reset();
    }
}

void DownloadPipeline::dropTarget(bool isWanted)
{
    const quint64 contiguous = m_stripes ? m_stripes->file().contiguous() : m_saved.end();
    letGo();
    // The file is closed there too: that can take as long as to free all its blocks.
    m_disk.run([target = m_target, file = std::move(m_file), isWanted, contiguous] {
        if (isWanted && *target) {
            (*target)->keep(contiguous);
            target->reset();
        } else {
            discard(*target);
        }
    });
}

// Nothing was written to the server: its answers, that to CLOSE included, do not matter any more.
void DownloadPipeline::letGo()
{
    m_engine.abandon(m_opening);
    letGoOfData();
    if (m_handle) {
        m_engine.close(*m_handle, [](const Result<void> &) { });
        m_handle.reset();
    }
}

void DownloadPipeline::letGoOfData()
{
    m_guard.reset();
    m_comparison.reset();
    m_stripes.reset();
}

} // namespace transfer
