#include "transfer/ContentComparison.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using base::Failure;
using base::Result;
using sftp::FileRange;

// Less than this is read sooner than a command has started.
constexpr quint64 leastHashedByCommand = quint64{4} * 1024 * 1024;

constexpr quint64 recordedTail = quint64{1} * 1024 * 1024;

constexpr quint32 pieceBytes = 32 * 1024; // every server answers as much in one packet
constexpr quint64 samples = 16;
constexpr qsizetype mostInFlight = 64;
constexpr quint32 chunkBytes = 1024 * 1024; // of a local file that is hashed

// The hash of less if the file ends before.
Result<QByteArray> hashOf(const ContentComparison::ReadLocal &read, FileRange range)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    while (range.length > 0) {
        const auto wanted = static_cast<quint32>(std::min<quint64>(range.length, chunkBytes));
        const auto chunk = read(range.offset, wanted);
        if (!chunk) {
            return Failure(chunk.error());
        }
        hash.addData(*chunk);
        const bool isEnd = static_cast<quint32>(chunk->size()) < wanted;
        range.offset += wanted;
        range.length = isEnd ? 0 : range.length - wanted;
    }
    return hash.result();
}

} // namespace

sftp::FileRange comparedRange(const ResumePoint &left)
{
    const quint64 length = left.isRecorded ? std::min(left.offset, recordedTail) : left.offset;
    return {left.offset - length, length};
}

ContentComparison::ContentComparison(sftp::Engine &engine, std::shared_ptr<CommandDigest> digest,
                                     files::FilePath remote, ReadLocal local)
    : m_engine(engine)
    , m_digest(std::move(digest))
    , m_remote(std::move(remote))
    , m_local(std::move(local))
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
    m_disk.run([read = m_local, range] { return hashOf(read, range); },
               [this, remoteHash, next = std::move(next)](const Result<QByteArray> &hash) mutable {
                   if (!hash) {
                       answer(Failure(hash.error()));
                   } else if (*hash != remoteHash) {
                       answer(false);
                   } else {
                       next();
                   }
               });
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
    m_disk.run(
        [read = m_local, offset = piece.offset, remote]() -> Result<bool> {
            const auto wanted = static_cast<quint32>(std::max<qsizetype>(remote.size(), 1));
            const auto local = read(offset, wanted);
            return local ? Result<bool>(*local == remote) : Failure(local.error());
        },
        [this, piece, size = static_cast<quint64>(remote.size())](const Result<bool> &isSame) {
            if (!isSame || !*isSame) {
                answer(isSame);
            } else if (size > 0 && size < piece.length) {
                read({piece.offset + size, piece.length - size});
            } else {
                --m_inFlight;
                readOn();
            }
        });
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
