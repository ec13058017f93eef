#include "transfer/StripeWorker.h"

#include "transfer/FileCopy.h"

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using files::FileAttributes;
using sftp::OpenFlag;

using Clock = FlightWindow::Time::clock;

constexpr int mostLooks = 5;

} // namespace

StripeWorker::StripeWorker(sftp::Engine &engine, std::shared_ptr<StripedFile> file)
    : m_engine(engine)
    , m_file(std::move(file))
    , m_window(m_file->what().roundTrip)
{
}

StripeWorker::~StripeWorker()
{
    m_mailbox->close();
    m_engine.abandon(m_opening);
    giveBackAll();
    if (!isLeader() && !m_isOver) {
        if (m_handle) {
            m_engine.close(*m_handle, [](const Result<void> &) { });
        }
        m_file->leave();
    }
}

void StripeWorker::lead(const sftp::Handle &handle)
{
    m_handle = handle;
    work();
}

void StripeWorker::help(std::move_only_function<void(Usefulness)> left)
{
    m_left = std::move(left);
    m_file->enter();
    const bool isDownload = m_file->what().direction == Direction::Download;
    m_opening
        = m_engine.open(m_file->what().remotePath, isDownload ? OpenFlag::Read : OpenFlag::Write,
                        {}, [this](const Result<sftp::Handle> &handle) { handleOpened(handle); });
}

void StripeWorker::handleOpened(const Result<sftp::Handle> &handle)
{
    m_opening = 0;
    if (!handle) {
        giveUp(handle.error());
        return;
    }
    m_handle = *handle;
    look();
}

// The leader has marked its target, but on another channel: it may take a little to show.
void StripeWorker::look()
{
    ++m_looks;
    m_engine.status(*m_handle, m_guard([this](const Result<FileAttributes> &found) {
        const bool isUpload = m_file->what().direction == Direction::Upload;
        if (!found) {
            giveUp(found.error());
        } else if (isRightFile(*found)) {
            work();
        } else if (isUpload && m_looks < mostLooks && !m_file->isOver()) {
            look();
        } else {
            giveUp(sourceChanged(m_file->what().remotePath, QStringLiteral("another file")));
        }
    }));
}

// Several machines can stand behind one address: a second connection may have met another one,
// whose file of this name is a different one.
bool StripeWorker::isRightFile(const FileAttributes &found) const
{
    const StripedFile::What &what = m_file->what();
    return what.direction == Direction::Upload
        ? what.mark != 0 && found.accessTime == qint64{what.mark}
        : found.size == what.expected.size
            && found.modificationTime == what.expected.modificationTime;
}

void StripeWorker::work()
{
    if (m_isOver || m_isWaiting) {
        return;
    }
    while (!m_file->isOver() && mayAsk()) {
        const auto piece = nextPiece();
        if (!piece) {
            break;
        }
        ++m_inFlight;
        m_bytesInFlight += piece->length;
        if (m_file->what().direction == Direction::Download) {
            read(*piece);
        } else {
            send(*piece);
        }
    }
    if (m_inFlight == 0) {
        pauseOrLeave();
    }
}

bool StripeWorker::mayAsk() const
{
    const bool isDownload = m_file->what().direction == Direction::Download;
    const bool hasRoom = m_inFlight == 0 || m_bytesInFlight + requestBytes() <= m_window.bytes();
    return hasRoom && (isDownload || m_inFlight == 0 || m_engine.hasRoom());
}

quint32 StripeWorker::requestBytes() const
{
    const bool isDownload = m_file->what().direction == Direction::Download;
    const sftp::ServerLimits &limits = m_engine.limits();
    return m_window.requestBytes(isDownload ? limits.readBytes : limits.writeBytes);
}

std::optional<StripeWorker::Piece> StripeWorker::nextPiece()
{
    if (m_rest.length == 0) {
        const auto stripe = m_file->take();
        if (!stripe) {
            return std::nullopt;
        }
        m_carried.emplace(stripe->offset, Carried{*stripe, stripe->length});
        m_rest = *stripe;
        m_stripe = stripe->offset;
    }
    const auto length = static_cast<quint32>(std::min<quint64>(requestBytes(), m_rest.length));
    const Piece piece{m_stripe, m_rest.offset, length};
    m_rest.offset += piece.length;
    m_rest.length -= piece.length;
    return piece;
}

void StripeWorker::read(const Piece &piece)
{
    m_engine.read(
        *m_handle, piece.offset, piece.length,
        m_guard([this, piece, sent = Clock::now()](Result<std::optional<QByteArray>> answer) {
            m_window.note(sent, Clock::now());
            handleData(piece, std::move(answer));
        }));
}

void StripeWorker::handleData(const Piece &piece, Result<std::optional<QByteArray>> answer)
{
    if (!answer) {
        giveUp(answer.error());
        return;
    }
    if (!*answer) {
        m_file->fail(
            sourceChanged(m_file->what().remotePath,
                          QStringLiteral("the end was at %1 or before").arg(piece.offset)));
        drop(piece);
        work();
        return;
    }
    const auto size = static_cast<quint32>((*answer)->size());
    // It may happen once, as if nothing was ready. A server that goes on so would keep us for ever.
    if (size == 0 && ++m_emptyAnswers > 1) {
        giveUp(sftp::protocolViolation(QStringLiteral("data without bytes")));
        return;
    }
    if (size < piece.length) {
        ++m_inFlight;
        read({piece.stripe, piece.offset + size, piece.length - size});
    }
    if (size == 0) {
        --m_inFlight;
        return;
    }
    save({piece.stripe, piece.offset, size}, std::move(**answer));
}

void StripeWorker::save(const Piece &piece, QByteArray data)
{
    m_disk.run([file = m_file, offset = piece.offset,
                bytes = std::move(data)] { return file->what().write(offset, bytes); },
               m_guard([this, piece](const Result<void> &written) {
                   if (!written) {
                       m_file->fail(written.error());
                   }
                   settle(piece);
               }));
}

void StripeWorker::send(const Piece &piece)
{
    m_disk.run(
        [file = m_file, piece] { return file->what().read(piece.offset, piece.length); },
        m_guard([this, piece](const Result<QByteArray> &chunk) { sendChunk(piece, chunk); }));
}

void StripeWorker::sendChunk(const Piece &piece, const Result<QByteArray> &chunk)
{
    if (!chunk) {
        m_file->fail(chunk.error());
    } else if (chunk->size() != piece.length) {
        m_file->fail(sourceChanged(m_file->what().remotePath,
                                   QStringLiteral("the file has become shorter")));
    }
    if (m_file->isOver()) {
        drop(piece);
        work();
        return;
    }
    m_engine.write(*m_handle, piece.offset, *chunk,
                   m_guard([this, piece, sent = Clock::now()](const Result<void> &written) {
                       m_window.note(sent, Clock::now());
                       if (written) {
                           settle(piece);
                       } else {
                           giveUp(written.error());
                       }
                   }));
}

void StripeWorker::drop(const Piece &piece)
{
    --m_inFlight;
    m_bytesInFlight -= piece.length;
}

void StripeWorker::settle(const Piece &piece)
{
    drop(piece);
    const auto carried = m_carried.find(piece.stripe);
    carried->second.bytesLeft -= piece.length;
    m_file->moved(piece.length);
    if (carried->second.bytesLeft == 0) {
        m_file->done(carried->second.stripe);
        m_carried.erase(carried);
    }
    work();
}

// The leader stays for what others may give back. So does who could go on as soon as the first
// missing byte has moved.
void StripeWorker::pauseOrLeave()
{
    const bool stays = !m_file->isOver() && (isLeader() ? !m_file->isDone() : !m_file->isTaken());
    if (stays) {
        m_isWaiting = true;
        const auto until = isLeader() ? StripedFile::Until::Done : StripedFile::Until::Taken;
        m_file->wait(until, m_mailbox, [this] {
            m_isWaiting = false;
            work();
        });
    } else if (!isLeader()) {
        leave(Usefulness::Helped);
    }
}

void StripeWorker::giveUp(const Error &error)
{
    if (isLeader()) {
        m_file->fail(error);
    } else {
        leave(Usefulness::Useless);
    }
}

// The answer to CLOSE counts: a server may say there that the data did not get to its disk. That a
// connection was lost after the last write was confirmed means nothing.
void StripeWorker::leave(Usefulness usefulness)
{
    m_isOver = true;
    m_guard.reset();
    giveBackAll();
    const auto finish = [file = m_file, isUpload = m_file->what().direction == Direction::Upload,
                         usefulness](const Result<void> &closed) {
        const bool isHarmless = closed || base::isTransient(closed.error().kind);
        if (!isHarmless && isUpload && usefulness == Usefulness::Helped) {
            file->fail(closed.error());
        }
        file->leave();
    };
    if (m_handle) {
        m_engine.close(*std::exchange(m_handle, {}), finish);
    } else {
        finish({});
    }
    m_left(usefulness);
}

void StripeWorker::giveBackAll()
{
    for (const auto &[offset, carried] : std::exchange(m_carried, {})) {
        m_file->giveBack(carried.stripe);
    }
}

} // namespace transfer
