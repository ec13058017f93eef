#include "sftp/EngineChannel.h"

#include "base/DisplayText.h"

#include <algorithm>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

// The engine passes everything on at once: what limits it are its requests, not the channel.
constexpr qsizetype credit = qsizetype{4} * 1024 * 1024;

constexpr qsizetype complaintKept = 1000;
constexpr qsizetype longestQuote = 200;

// "sudo: a password is required", "sh: 1: sftp-server: not found".
QString firstLine(const QByteArray &text)
{
    const QByteArray line = text.trimmed().split('\n').first().trimmed();
    return base::displayText(QByteArrayView(line)).left(longestQuote);
}

Error endOf(const Result<ssh::ExitStatus> &end, bool wasReady, const QByteArray &complaint)
{
    if (!end) {
        return end.error();
    }
    Error error;
    error.operation = QStringLiteral("speak SFTP");
    if (wasReady) {
        error.kind = ErrorKind::ConnectionLost;
        return error;
    }
    // A server may start a program that is not installed, or that may not run.
    error.kind = ErrorKind::Unsupported;
    error.detail = QString::fromUtf8(complaint);
    error.quote = firstLine(complaint);
    if (error.quote.isEmpty() && end->code.value_or(0) != 0) {
        error.quote = QStringLiteral("exit status %1").arg(*end->code);
    }
    return error;
}

} // namespace

EngineChannel::EngineChannel(std::optional<SudoCommand> sudo)
    : m_command(std::move(sudo))
{
    moveToThread(nullptr);
}

void EngineChannel::whenReady(std::move_only_function<void(Engine *)> call)
{
    Engine *ready = &engine();
    ready->whenReady([call = std::move(call), ready]() mutable { call(ready); });
}

void EngineChannel::close()
{
    if (m_port) {
        m_port->close();
    }
}

void EngineChannel::started(ssh::ChannelPort &port)
{
    m_port = &port;
    port.grant(credit);
    if (m_command) {
        startSudo();
    } else {
        startEngine();
    }
}

void EngineChannel::startSudo()
{
    m_sudo.emplace(
        *m_command, *m_port,
        SudoLogin::Events{
            .asked = [this](const SudoQuestion &question) { emit passwordWanted(question); },
            .givenUp = [this](const Error &reason) { giveUp(reason); },
        });
}

void EngineChannel::answer(const base::SecretString &password)
{
    if (m_sudo && m_port) {
        m_sudo->answer(password);
    }
}

void EngineChannel::giveUp(const Error &reason)
{
    m_violation = reason;
    close();
}

void EngineChannel::startEngine()
{
    engine().setEndHandler([this](const Error &reason) { giveUp(reason); });
    engine().start();
    engine().whenReady([this] {
        if (!engine().hasEnded()) {
            emit opened();
        }
    });
}

void EngineChannel::received(QByteArrayView data, ssh::OutputStream stream)
{
    if (m_port) {
        m_port->grant(data.size());
    }
    if (m_sudo && !m_sudo->isReady()) {
        m_sudo->received(data, stream);
        if (!m_sudo->isReady()) {
            return;
        }
        startEngine();
    }
    if (stream == ssh::OutputStream::Standard) {
        engine().received(data);
    } else if (!engine().isReady()) { // later it is for the server's own log
        m_complaint += data.first(std::min(data.size(), complaintKept - m_complaint.size()));
    }
}

void EngineChannel::written(qsizetype)
{
    if (m_sudo) {
        m_sudo->written();
    }
}

void EngineChannel::drained()
{
    engine().noteProgress();
}

void EngineChannel::finished(const Result<ssh::ExitStatus> &end)
{
    m_port = nullptr;
    const bool wasRefused = end && m_sudo && !m_sudo->isReady();
    const Error reason = m_violation ? *m_violation
        : wasRefused                 ? m_sudo->refusal()
                                     : endOf(end, engine().isReady(), m_complaint);
    engine().end(reason);
    emit closed(Failure(reason));
}

Engine &EngineChannel::engine()
{
    return m_engine ? *m_engine : m_engine.emplace(static_cast<ByteSink &>(*this));
}

void EngineChannel::write(const QByteArray &data)
{
    if (m_port) {
        m_port->write(data);
    }
}

qsizetype EngineChannel::queuedBytes() const
{
    return m_port ? m_port->queuedBytes() : 0;
}

} // namespace sftp
