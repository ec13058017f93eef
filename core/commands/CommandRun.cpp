#include "commands/CommandRun.h"

#include "ssh/Connection.h"

#include <QFile>
#include <QFileInfo>
#include <QFuture>
#include <QtConcurrent>

#include <cerrno>
#include <utility>

namespace commands {
namespace {

using base::Error;
using base::Result;

constexpr qint64 pieceBytes = qint64{256} * 1024;

// Of a regular file alone: a pipe could keep a thread waiting for ever.
Result<QByteArray> nextPiece(QFile &file)
{
    const auto failure = [&file](int code) {
        return base::Failure(
            Error::fromErrno(code, QStringLiteral("open for reading"), file.fileName()));
    };
    if (!file.isOpen()) {
        if (QFileInfo(file).exists() && !QFileInfo(file).isFile()) {
            return failure(EINVAL);
        }
        errno = 0;
        if (!file.open(QIODevice::ReadOnly)) {
            return failure(errno != 0 ? errno : EIO);
        }
    }
    QByteArray piece(pieceBytes, Qt::Uninitialized);
    errno = 0;
    const qint64 size = file.read(piece.data(), piece.size());
    if (size < 0) {
        return failure(errno != 0 ? errno : EIO);
    }
    piece.truncate(size);
    return piece;
}

} // namespace

CommandRun::CommandRun(RunOrder order, ssh::Connection &connection, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_process(connection.start(m_order.request()))
{
    m_sinceBegin.start();
    m_sinceChange.start();
    connect(m_process.get(), &ssh::ExecProcess::started, this, [this] {
        m_isStarted = true;
        m_sinceChange.start();
        emit started();
    });
    connect(m_process.get(), &ssh::ExecProcess::received, this, &CommandRun::handleOutput);
    connect(m_process.get(), &ssh::ExecProcess::finished, this, &CommandRun::handleEnd);
    connect(m_process.get(), &ssh::ExecProcess::writable, this, &CommandRun::push);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { finish(RunEnd::How::OutOfTime); });
    if (m_order.timeLimit.count() > 0) {
        m_limit.start(m_order.timeLimit);
    }
    startInput();
}

CommandRun::~CommandRun() = default;

void CommandRun::startInput()
{
    switch (m_order.input) {
    case RunOrder::Input::None:
        sendEof();
        break;
    case RunOrder::Input::Text:
        write(m_order.text);
        sendEof();
        break;
    case RunOrder::Input::File:
        m_file = std::make_shared<QFile>(m_order.file);
        // Not now: a file that can not be read would end the run before anybody listens.
        QMetaObject::invokeMethod(this, &CommandRun::readOn, Qt::QueuedConnection);
        break;
    case RunOrder::Input::Later:
        break;
    }
}

std::chrono::milliseconds CommandRun::duration() const
{
    return m_isOver ? m_end.duration : std::chrono::milliseconds(m_sinceBegin.elapsed());
}

std::chrono::milliseconds CommandRun::silence() const
{
    return std::chrono::milliseconds(m_sinceChange.elapsed());
}

std::optional<Diagnosis> CommandRun::diagnosis() const
{
    if (m_isOver) {
        return {};
    }
    return diagnose({.isStarted = m_isStarted,
                     .isEofSent = m_isInputOver,
                     .hasUnsentInput = !m_unsent.isEmpty(),
                     .hasTerminal = m_order.terminal == RunOrder::Terminal::Present,
                     .isLineOpen = m_lastByte != '\n',
                     .silence = silence()});
}

void CommandRun::write(const QByteArray &data)
{
    if (!takesInput() || m_isEofWanted) {
        return;
    }
    m_unsent += data;
    m_sinceChange.start();
    push();
}

void CommandRun::sendEof()
{
    if (!takesInput() || m_isEofWanted) {
        return;
    }
    m_isEofWanted = true;
    m_sinceChange.start();
    push();
}

void CommandRun::push()
{
    if (!takesInput()) {
        return;
    }
    m_lastSent = m_unsent.isEmpty() ? m_lastSent : m_unsent.back();
    m_unsent.remove(0, m_process->write(m_unsent));
    if (!m_unsent.isEmpty()) {
        return; // writable() follows
    }
    if (m_isEofWanted && !m_file) {
        m_isInputOver = true;
        if (m_order.terminal == RunOrder::Terminal::Present) {
            // A terminal has no end of its own: its driver makes one of Ctrl+D, and of two where
            // a line has begun.
            m_process->write(m_lastSent == '\n' ? "\x04" : "\x04\x04");
        } else {
            m_process->sendEof();
        }
    } else if (m_file) {
        readOn();
    }
}

void CommandRun::readOn()
{
    if (m_isOver || std::exchange(m_isReading, true)) {
        return;
    }
    QtConcurrent::run([file = m_file] {
        return nextPiece(*file);
    }).then(this, [this](const Result<QByteArray> &piece) {
        m_isReading = false;
        if (m_isOver) {
            return;
        }
        if (!piece) {
            fail(piece.error());
            return;
        }
        if (piece->isEmpty()) {
            m_file.reset();
            m_isEofWanted = true;
        }
        m_unsent += *piece;
        push();
    });
}

void CommandRun::sendSignal(const QByteArray &name)
{
    if (!m_isOver) {
        m_sinceChange.start();
        m_process->sendSignal(name);
    }
}

void CommandRun::interrupt()
{
    if (m_order.terminal == RunOrder::Terminal::Present && !m_isOver) {
        m_process->write("\x03");
    } else {
        sendSignal("INT");
    }
}

void CommandRun::stop()
{
    finish(RunEnd::How::Stopped);
}

void CommandRun::handleOutput(const QByteArray &data, ssh::OutputStream stream)
{
    if (m_isOver) {
        return;
    }
    OutputStore &store = stream == ssh::OutputStream::Error ? m_errorOutput : m_output;
    if (const auto kept = store.append(data); !kept) {
        fail(kept.error());
        return;
    }
    m_lastByte = data.isEmpty() ? m_lastByte : data.back();
    m_sinceChange.start();
    m_process->consumed(data.size());
    emit received(data, stream);
}

void CommandRun::handleEnd(const Result<ssh::ExitStatus> &end)
{
    if (!end) {
        fail(end.error());
        return;
    }
    m_end.status = *end;
    finish(RunEnd::How::Done);
}

void CommandRun::fail(const Error &error)
{
    m_end.error = error;
    finish(RunEnd::How::Failed);
}

void CommandRun::finish(RunEnd::How how)
{
    if (m_isOver) {
        return;
    }
    m_end.how = how;
    m_end.duration = std::chrono::milliseconds(m_sinceBegin.elapsed());
    m_isOver = true;
    m_limit.stop();
    m_process->disconnect(this);
    m_process.release()->deleteLater(); // this may be a slot of its signal
    emit finished(m_end);
}

} // namespace commands
