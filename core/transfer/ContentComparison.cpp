#include "transfer/ContentComparison.h"

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using base::Failure;
using base::Result;
using sftp::FileRange;

constexpr quint64 recordedTail = quint64{1} * 1024 * 1024;

constexpr quint32 pieceBytes = 32 * 1024; // every server answers as much in one packet
constexpr quint64 samples = 16;
constexpr qsizetype mostInFlight = 64;

} // namespace

sftp::FileRange comparedRange(const ResumePoint &left)
{
    const quint64 length = left.isRecorded ? std::min(left.offset, recordedTail) : left.offset;
    return {left.offset - length, length};
}

ContentComparison::ContentComparison(sftp::Engine &engine, std::shared_ptr<CommandDigest> digest,
                                     files::FilePath remote, std::shared_ptr<ComparedContent> other)
    : m_engine(engine)
    , m_digest(std::move(digest))
    , m_remote(std::move(remote))
    , m_other(std::move(other))
{
}

ContentComparison::~ContentComparison()
{
    m_mailbox->close();
    m_engine.abandon(m_opening);
    if (m_handle) {
        m_engine.close(*m_handle, [](const Result<void> &) { });
    }
}

void ContentComparison::compare(FileRange range, Otherwise otherwise,
                                sftp::Engine::Answered<bool> answered)
{
    m_range = range;
    m_otherwise = otherwise;
    m_answered = std::move(answered);
    if (m_engine.offersHashes()) {
        compareByServer();
    } else if (m_digest && range.length >= leastHashedByCommand) {
        compareByCommand();
    } else {
        openRemote();
    }
}

// A server may offer hashes and then fail: its data can still be read.
void ContentComparison::compareByServer()
{
    if (m_range.length == 0) {
        answer(true);
        return;
    }
    const FileRange part{m_range.offset, std::min(m_range.length, sftp::longestHashedRange)};
    m_engine.hash(m_remote, part, m_guard([this, part](const Result<QByteArray> &hash) {
                      if (!hash) {
                          openRemote();
                          return;
                      }
                      compareHashes(part, *hash, [this, part] {
                          m_range.offset += part.length;
                          m_range.length -= part.length;
                          compareByServer();
                      });
                  }));
}

void ContentComparison::compareByCommand()
{
    m_digest->ask(m_remote, m_range, m_mailbox, [this](const std::optional<QByteArray> &hash) {
        if (hash) {
            compareHashes(m_range, *hash, [this] { answer(true); });
        } else {
            openRemote();
        }
    });
}

void ContentComparison::compareHashes(FileRange range, const QByteArray &remoteHash,
                                      std::move_only_function<void()> next)
{
    m_other->hash(
        range,
        m_guard([this, remoteHash, next = std::move(next)](const Result<QByteArray> &hash) mutable {
            if (!hash) {
                answer(Failure(hash.error()));
            } else if (*hash != remoteHash) {
                answer(false);
            } else {
                next();
            }
        }));
}

void ContentComparison::openRemote()
{
    m_opening = m_engine.open(m_remote, sftp::OpenFlag::Read, {},
                              [this](const Result<sftp::Handle> &handle) {
                                  m_opening = 0;
                                  if (!handle) {
                                      answer(Failure(handle.error()));
                                      return;
                                  }
                                  m_handle = *handle;
                                  planReading();
                                  readOn();
                              });
}

// Samples lie so that the last of them is the end.
void ContentComparison::planReading()
{
    m_step = pieceBytes;
    if (m_otherwise == Otherwise::ReadSamples && m_range.length > samples * pieceBytes) {
        m_step = (m_range.length - pieceBytes) / (samples - 1);
        const quint64 covered = m_step * (samples - 1) + pieceBytes;
        m_range.offset += m_range.length - covered;
        m_range.length = covered;
    }
}

void ContentComparison::readOn()
{
    while (m_range.length > 0 && m_inFlight < mostInFlight) {
        const FileRange piece{m_range.offset, std::min<quint64>(m_range.length, pieceBytes)};
        const quint64 passed = std::min(m_range.length, m_step);
        m_range.offset += passed;
        m_range.length -= passed;
        ++m_inFlight;
        read(piece);
    }
    if (m_inFlight == 0) {
        answer(true);
    }
}

void ContentComparison::read(FileRange piece)
{
    m_engine.read(*m_handle, piece.offset, static_cast<quint32>(piece.length),
                  m_guard([this, piece](const Result<std::optional<QByteArray>> &data) {
                      if (data) {
                          comparePiece(piece, data->value_or(QByteArray()));
                      } else {
                          answer(Failure(data.error()));
                      }
                  }));
}

// A server may send less than it was asked for, but not nothing while there is something here.
void ContentComparison::comparePiece(FileRange piece, const QByteArray &remote)
{
    const auto wanted = static_cast<quint32>(std::max<qsizetype>(remote.size(), 1));
    m_other->read(piece.offset, wanted,
                  m_guard([this, piece, remote](const Result<QByteArray> &other) {
                      const auto size = static_cast<quint64>(remote.size());
                      if (!other || *other != remote) {
                          answer(other.transform([](const QByteArray &) { return false; }));
                      } else if (size > 0 && size < piece.length) {
                          read({piece.offset + size, piece.length - size});
                      } else {
                          --m_inFlight;
                          readOn();
                      }
                  }));
}

// Once: pieces that are still under way are not heard of any more.
void ContentComparison::answer(const Result<bool> &result)
{
    m_guard.reset();
    if (m_answered) {
        auto answered = std::exchange(m_answered, nullptr);
        answered(result);
    }
}

} // namespace transfer
