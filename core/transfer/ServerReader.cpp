#include "transfer/ServerReader.h"

#include "transfer/FileCopy.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace transfer {

using base::Error;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FileType;
using sftp::Handle;

using ReaderClock = FlightWindow::Time::clock;

ServerReader::ServerReader(files::FilePath path, FileAttributes listed, Events events)
    : m_path(std::move(path))
    , m_attributes(std::move(listed))
    , m_events(std::move(events))
    , m_promised(m_attributes.size.value_or(0))
{
}

void ServerReader::open(sftp::Engine &engine, quint32 mostBytes)
{
    m_engine = &engine;
    m_window.emplace(engine.roundTrip());
    m_mostBytes = std::min(mostBytes, engine.limits().readBytes);
    engine.open(
        m_path, sftp::OpenFlag::Read, {},
        [self = shared_from_this()](const Result<Handle> &handle) { self->handleOpened(handle); });
}

// The first data are asked for with what the directory has told: most often that is still so.
void ServerReader::handleOpened(const Result<Handle> &handle)
{
    if (!handle) {
        if (!m_isClosed) {
            m_events.opened(*m_engine, Failure(handle.error()));
        }
        return;
    }
    if (m_isClosed) {
        m_engine->close(*handle, [](const Result<void> &) { });
        return;
    }
    m_handle = *handle;
    m_engine->status(*m_handle, [self = shared_from_this()](const Result<FileAttributes> &status) {
        self->handleStatus(status);
    });
    fill();
}

// A server that does not tell is believed to have told before.
void ServerReader::handleStatus(const Result<FileAttributes> &status)
{
    if (m_isClosed) {
        return;
    }
    if (!status && base::isTransient(status.error().kind)) {
        m_events.opened(*m_engine, Failure(status.error()));
        return;
    }
    m_attributes = status.value_or(m_attributes);
    const FileType type = m_attributes.type();
    if (type != FileType::Regular && type != FileType::Unknown) {
        m_events.opened(
            *m_engine,
            Failure(Error::fromErrno(EOPNOTSUPP, QStringLiteral("open"), m_path.toDisplay())));
        return;
    }
    m_promised = m_attributes.size.value_or(0);
    m_isReady = true;
    m_events.opened(*m_engine, m_attributes);
    fill();
    finishIfComplete();
}

void ServerReader::startAt(quint64 offset)
{
    ++m_round;
    m_asked = offset;
    m_passed = offset;
    m_consumed = offset;
    m_pieces.clear();
    m_end.reset();
    m_isStateKnown = false;
    m_reads = 0;
    m_stateRequests = 0;
    m_isProbing = false;
    m_isOver = false;
    fill();
    finishIfComplete();
}

void ServerReader::consumed(quint64 bytes)
{
    m_consumed += bytes;
    fill();
}

// The state behind the data comes along with the last of them.
void ServerReader::fill()
{
    while (mayAsk()) {
        const quint64 most = m_window->requestBytes(m_mostBytes);
        const bool isPromised = m_asked < m_promised;
        const quint64 length = isPromised ? std::min(most, m_promised - m_asked) : most;
        m_isProbing = !isPromised;
        ask(m_asked, static_cast<quint32>(length));
        m_asked += length;
        if (m_asked >= m_promised) {
            askState();
        }
    }
}

bool ServerReader::mayAsk() const
{
    const bool isWanted = m_asked < m_promised || (mustProbe() && !m_isProbing);
    return m_handle && m_mostBytes > 0 && !m_isOver && !m_end && isWanted
        && m_asked - m_consumed < m_window->bytes();
}

// Some files have no size that is told, those of /proc for example.
bool ServerReader::mustProbe() const
{
    return m_isReady
        && (m_promised == 0 || (m_isStateKnown && !(m_state && m_state->size.has_value())));
}

void ServerReader::ask(quint64 offset, quint32 length)
{
    ++m_reads;
    ++m_requests;
    m_isStateKnown = false;
    m_engine->read(*m_handle, offset, length,
                   [self = shared_from_this(), offset, length, round = m_round,
                    sent = ReaderClock::now()](Result<std::optional<QByteArray>> answer) {
                       self->m_window->note(sent, ReaderClock::now());
                       if (round == self->m_round && !self->m_isClosed && !self->m_isOver) {
                           --self->m_reads;
                           self->handleData(offset, length, std::move(answer));
                       }
                   });
}

void ServerReader::askState()
{
    ++m_stateRequests;
    m_engine->status(*m_handle,
                     [self = shared_from_this(), asked = m_requests,
                      round = m_round](const Result<FileAttributes> &status) {
                         if (round == self->m_round && !self->m_isClosed && !self->m_isOver) {
                             --self->m_stateRequests;
                             self->m_state = status ? std::optional(*status) : std::nullopt;
                             self->m_isStateKnown = asked == self->m_requests;
                             self->fill();
                             self->finishIfComplete();
                         }
                     });
}

void ServerReader::handleData(quint64 offset, quint32 length,
                              Result<std::optional<QByteArray>> answer)
{
    if (!answer) {
        fail(answer.error());
        return;
    }
    const auto size = static_cast<quint32>(*answer ? (*answer)->size() : 0);
    if (!*answer) {
        m_end = std::min(m_end.value_or(offset), offset);
    } else if (size == 0 && ++m_emptyAnswers > 1) {
        // It may happen once, as if nothing was ready. A server that goes on so would keep us.
        fail(sftp::protocolViolation(QStringLiteral("data without bytes")));
        return;
    } else if (size < length) {
        ask(offset + size, length - size);
    } else {
        m_isProbing = false;
    }
    if (size > 0) {
        m_pieces.emplace(offset, std::move(**answer));
        pass();
    }
    fill();
    finishIfComplete();
}

void ServerReader::pass()
{
    while (!m_pieces.empty() && m_pieces.begin()->first == m_passed) {
        QByteArray data = std::move(m_pieces.begin()->second);
        m_pieces.erase(m_pieces.begin());
        m_passed += static_cast<quint64>(data.size());
        m_events.arrived(*m_engine, m_round, FileSource::Piece{std::move(data), false});
    }
}

// How much came in all, whoever takes it compares with what was promised.
void ServerReader::finishIfComplete()
{
    const bool isAllThere = m_end || (m_passed >= m_promised && !mustProbe());
    if (!m_isReady || !m_handle || m_mostBytes == 0 || m_isOver || m_reads > 0 || !isAllThere) {
        return;
    }
    if (!m_isStateKnown) {
        if (m_stateRequests == 0) {
            askState();
        }
        return;
    }
    const bool isChanged = m_state && !isSameState(m_attributes, *m_state);
    if (isChanged || (m_end && m_passed != *m_end)) {
        fail(sourceChanged(m_path, QStringLiteral("size or time have changed")));
        return;
    }
    m_isOver = true;
    m_events.arrived(*m_engine, m_round, FileSource::Piece{{}, true});
}

void ServerReader::read(quint64 offset, quint32 length, sftp::Engine::Answered<QByteArray> answered)
{
    auto take = [self = shared_from_this(), offset, length,
                 answered = std::move(answered)](Result<std::optional<QByteArray>> answer) mutable {
        if (!answer) {
            answered(Failure(answer.error()));
            return;
        }
        QByteArray data = answer->value_or(QByteArray());
        const auto size = static_cast<quint32>(data.size());
        if (size == 0 || size >= length || self->m_isClosed) {
            answered(std::move(data));
            return;
        }
        self->read(offset + size, length - size,
                   [data = std::move(data),
                    answered = std::move(answered)](const Result<QByteArray> &rest) mutable {
                       answered(
                           rest.transform([&data](const QByteArray &more) { return data + more; }));
                   });
    };
    m_engine->read(*m_handle, offset, length, std::move(take));
}

void ServerReader::close()
{
    m_isClosed = true;
    m_pieces.clear();
    if (m_handle) {
        m_engine->close(*std::exchange(m_handle, {}), [](const Result<void> &) { });
    }
}

void ServerReader::fail(const Error &error)
{
    m_isOver = true;
    m_events.arrived(*m_engine, m_round, Failure(error));
}

} // namespace transfer
