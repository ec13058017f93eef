#include "sftp/SubsystemHandler.h"

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;

// The engine passes everything on at once: what limits it are its requests, not the channel.
constexpr qsizetype credit = qsizetype{4} * 1024 * 1024;

Error endOf(const Result<ssh::ExitStatus> &end, bool wasReady)
{
    if (!end) {
        return end.error();
    }
    Error error;
    error.operation = QStringLiteral("speak SFTP");
    // A server may start a program for the subsystem that is not installed.
    error.kind = wasReady ? ErrorKind::ConnectionLost : ErrorKind::Unsupported;
    return error;
}

} // namespace

void SubsystemHandler::whenReady(std::move_only_function<void(Engine *)> call)
{
    Engine *ready = &engine();
    ready->whenReady([call = std::move(call), ready]() mutable { call(ready); });
}

void SubsystemHandler::close()
{
    if (m_port) {
        m_port->close();
    }
}

void SubsystemHandler::started(ssh::ChannelPort &port)
{
    m_port = &port;
    port.grant(credit);
    engine().setEndHandler([this](const Error &reason) {
        m_violation = reason;
        close();
    });
    engine().start();
    engine().whenReady([this] {
        if (!engine().hasEnded()) {
            emit opened();
        }
    });
}

void SubsystemHandler::received(QByteArrayView data, ssh::OutputStream stream)
{
    if (m_port) {
        m_port->grant(data.size());
    }
    // Standard error of the subsystem is for the server's own log.
    if (stream == ssh::OutputStream::Standard) {
        engine().received(data);
    }
}

void SubsystemHandler::drained()
{
    engine().noteProgress();
}

void SubsystemHandler::finished(const Result<ssh::ExitStatus> &end)
{
    m_port = nullptr;
    const Error reason = m_violation.value_or(endOf(end, engine().isReady()));
    engine().end(reason);
    emit closed(Failure(reason));
}

Engine &SubsystemHandler::engine()
{
    return m_engine ? *m_engine : m_engine.emplace(static_cast<ByteSink &>(*this));
}

void SubsystemHandler::write(const QByteArray &data)
{
    if (m_port) {
        m_port->write(data);
    }
}

qsizetype SubsystemHandler::queuedBytes() const
{
    return m_port ? m_port->queuedBytes() : 0;
}

} // namespace sftp
