#include "transfer/BeginningCopy.h"

#include "transfer/FileCopy.h"

#include <algorithm>
#include <utility>

namespace transfer {

using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FileType;
using sftp::Handle;

namespace {

// At a time: a server does nothing else meanwhile.
constexpr quint64 copyDataBytes = quint64{64} * 1024 * 1024;

} // namespace

BeginningCopy::BeginningCopy(sftp::Engine &engine, std::shared_ptr<CommandDigest> digest,
                             Order order)
    : m_engine(engine)
    , m_digest(std::move(digest))
    , m_order(std::move(order))
{
}

BeginningCopy::~BeginningCopy()
{
    m_mailbox->close();
    if (m_source) {
        m_engine.close(*m_source, [](const Result<void> &) { });
    }
}

void BeginningCopy::start(sftp::Engine::Answered<bool> answered)
{
    m_answered = std::move(answered);
    m_engine.linkStatus(m_order.from, m_guard([this](const Result<FileAttributes> &found) {
                            if (found) {
                                chooseWay(*found);
                            } else {
                                answer(Failure(found.error()));
                            }
                        }));
}

void BeginningCopy::chooseWay(const FileAttributes &found)
{
    if (found.type() != FileType::Regular || found.size != m_order.bytes) {
        answer(Failure(sourceChanged(m_order.from, QStringLiteral("another size"))));
    } else if (m_engine.offers(QByteArrayLiteral("copy-data"))) {
        openSource();
    } else if (m_digest && m_order.bytes >= leastHashedByCommand) {
        runCommand();
    } else {
        answer(false);
    }
}

void BeginningCopy::openSource()
{
    m_engine.open(
        m_order.from, sftp::OpenFlag::Read, {},
        [this, &engine = m_engine, isGone = m_guard.expiry()](const Result<Handle> &handle) {
            if (isGone()) {
                if (handle) {
                    engine.close(*handle, [](const Result<void> &) { });
                }
            } else if (handle) {
                m_source = *handle;
                copyNext(0);
            } else {
                answer(false); // who may replace it need not be allowed to read it
            }
        });
}

void BeginningCopy::copyNext(quint64 offset)
{
    if (offset == m_order.bytes) {
        checkSize();
        return;
    }
    const quint64 length = std::min(copyDataBytes, m_order.bytes - offset);
    m_engine.copyData(*m_source, offset, length, m_order.handle, offset,
                      m_guard([this, next = offset + length](const Result<void> &copied) {
                          copied ? copyNext(next) : giveUp();
                      }));
}

void BeginningCopy::runCommand()
{
    m_digest->copyBeginning(
        m_order.from, m_order.bytes, m_order.part, m_mailbox,
        [this](const std::optional<QByteArray> &hash) { hash ? checkSize() : giveUp(); });
}

// A command that could not write all of it, or wrote it elsewhere, may say nothing.
void BeginningCopy::checkSize()
{
    m_engine.status(m_order.handle, m_guard([this](const Result<FileAttributes> &status) {
                        if (status && status->size == m_order.bytes) {
                            answer(true);
                        } else {
                            giveUp();
                        }
                    }));
}

void BeginningCopy::giveUp()
{
    FileAttributes empty;
    empty.size = 0;
    m_engine.setAttributes(m_order.handle, empty, m_guard([this](const Result<void> &emptied) {
                               answer(emptied.transform([] { return false; }));
                           }));
}

void BeginningCopy::answer(const Result<bool> &result)
{
    auto answered = std::exchange(m_answered, nullptr);
    answered(result);
}

} // namespace transfer
