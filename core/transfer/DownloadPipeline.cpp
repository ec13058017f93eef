#include "transfer/DownloadPipeline.h"

namespace transfer {

using base::Error;
using base::Failure;
using base::Result;

namespace {

void discard(std::shared_ptr<PartialFile> &target)
{
    if (target) {
        target->discard();
        target.reset();
    }
}

} // namespace

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
        letGo();
        m_disk.run([target = m_target] { discard(*target); });
    }
}

void DownloadPipeline::start()
{
    m_opening = m_engine.open(m_order.source, sftp::OpenFlag::Read, {},
                              [this](const Result<sftp::Handle> &handle) { handleOpened(handle); });
}

void DownloadPipeline::handleOpened(const Result<sftp::Handle> &handle)
{
    m_opening = 0;
    if (!handle) {
        fail(handle.error());
        return;
    }
    m_handle = *handle;
    createTarget();
    if (!isStriped()) {
        fill();
    }
}

bool DownloadPipeline::isStriped() const
{
    return m_share.lanes() != nullptr && m_promised >= LaneBoard::leastBytes;
}

// The first data may be ordered to be written before this is done: the disk keeps the order.
void DownloadPipeline::createTarget()
{
    using Created = Result<std::shared_ptr<PartialFile>>;
    m_disk.run(
        [tree = m_tree, names = m_order.target, target = m_target]() -> Created {
            auto file = PartialFile::create(*tree, names);
            if (!file) {
                return Failure(file.error());
            }
            *target = std::make_shared<PartialFile>(std::move(*file));
            return *target;
        },
        [this](const Created &created) {
            if (!created) {
                fail(created.error());
            } else if (!m_isOver && isStriped()) {
                startStripes(*created);
            }
        });
}

void DownloadPipeline::startStripes(const std::shared_ptr<PartialFile> &target)
{
    StripedFile::What what;
    what.direction = Direction::Download;
    what.remotePath = m_order.source;
    what.expected = m_order.attributes;
    what.size = m_promised;
    what.write = [target](quint64 offset, QByteArrayView data) {
        return target->writeStripe(offset, data);
    };
    what.traffic = m_share.lanes()->traffic();
    m_stripes
        = std::make_shared<StripedFile>(std::move(what), m_guard([this] { handleStripes(); }));
    m_worker = std::make_unique<StripeWorker>(m_engine, m_stripes);
    m_worker->lead(*m_handle);
    m_share.lanes()->offer(m_stripes, m_engine.roundTrip());
}

// What comes after the promised size, most often nothing but the end, is read as from any file.
void DownloadPipeline::handleStripes()
{
    const quint64 bytes = m_stripes->takeMoved();
    m_events.moved(bytes);
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
    m_received = m_promised;
    m_nextOffset = m_promised;
    m_disk.run([target = m_target, end = m_promised] { (*target)->extend(end); });
    fill();
}

void DownloadPipeline::fill()
{
    if (!m_handle || m_stripes) {
        return;
    }
    while (!m_isOver && mayAsk() && m_reads + m_writes < m_share.perCopy()) {
        const quint64 most = m_share.requestBytes(m_engine.limits().readBytes);
        const bool isPromised = m_nextOffset < m_promised;
        const quint64 length = isPromised ? std::min(most, m_promised - m_nextOffset) : most;
        m_isProbing = !isPromised;
        m_share.spend(isPromised ? length : 0);
        ask(m_nextOffset, static_cast<quint32>(length));
        m_nextOffset += length;
    }
}

bool DownloadPipeline::mayAsk() const
{
    return !m_end && m_share.mayMove() && (m_nextOffset < m_promised || !m_isProbing);
}

void DownloadPipeline::ask(quint64 offset, quint32 length)
{
    ++m_reads;
    m_engine.read(*m_handle, offset, length,
                  m_guard([this, offset, length](Result<std::optional<QByteArray>> answer) {
                      --m_reads;
                      handleData(offset, length, std::move(answer));
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
    if (size < length) {
        ask(offset + size, length - size);
    } else if (offset >= m_promised) {
        m_isProbing = false;
    }
    if (isBeyondGrowth(m_promised, offset)) {
        fail(sourceChanged(m_order.source, QStringLiteral("the file does not end")));
        return;
    }
    save(offset, std::move(**answer));
    fill();
}

// It may happen once, as if nothing was ready. A server that goes on so would keep us for ever.
void DownloadPipeline::handleEmptyData(quint64 offset, quint32 length)
{
    ++m_emptyAnswers;
    if (m_emptyAnswers > 1) {
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
        [this, size](const Result<void> &written) {
            --m_writes;
            if (m_isOver) {
                return;
            }
            if (!written) {
                fail(written.error());
                return;
            }
            m_events.moved(size);
            fill();
            finishIfComplete();
        });
}

void DownloadPipeline::finishIfComplete()
{
    if (m_isOver || !m_end || m_reads > 0 || m_writes > 0) {
        return;
    }
    if (m_received != *m_end || *m_end < m_promised) {
        fail(sourceChanged(m_order.source,
                           QStringLiteral("%1 bytes came, the end was at %2, %3 were promised")
                               .arg(m_received)
                               .arg(*m_end)
                               .arg(m_promised)));
        return;
    }
    commit();
}

void DownloadPipeline::commit()
{
    m_isOver = true;
    letGo();
    m_disk.run(
        [target = m_target, size = *m_end, order = m_order] {
            const auto committed = (*target)->commit(size, order.attributes, order.existing);
            target->reset();
            return committed;
        },
        [this](const Result<void> &committed) { m_events.finished(committed); });
}

void DownloadPipeline::fail(const Error &error)
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    letGo();
    m_disk.run(
        [target = m_target] {
            discard(*target);
            return true;
        },
        [this, error](bool) { m_events.finished(Failure(error)); });
}

// Nothing was written to the server: its answers, that to CLOSE included, do not matter any more.
void DownloadPipeline::letGo()
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
