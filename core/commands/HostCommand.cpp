#include "commands/HostCommand.h"

#include <utility>

namespace commands {

using base::Error;
using base::ErrorKind;
using base::Result;

HostCommand::HostCommand(ssh::ConnectionSettings settings, ssh::RoutePool &routes,
                         QByteArray command, std::chrono::milliseconds timeLimit, QObject *parent)
    : QObject(parent)
    , m_command(std::move(command))
    , m_connection(std::make_unique<ssh::Connection>(std::move(settings), routes))
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(timeLimit);
    connect(&m_limit, &QTimer::timeout, this, [this] { finish(HostOutcome::End::OutOfTime); });
    connect(m_connection.get(), &ssh::Connection::stateChanged, this,
            [this](ssh::Connection::State state) {
                if (state == ssh::Connection::State::Ready) {
                    run();
                }
            });
    connect(m_connection.get(), &ssh::Connection::closed, this, &HostCommand::handleClosed);
}

HostCommand::~HostCommand() = default;

void HostCommand::start()
{
    m_sinceStart.start();
    m_connection->open();
}

void HostCommand::cancel()
{
    finish(HostOutcome::End::Interrupted);
}

void HostCommand::run()
{
    m_process = m_connection->start({.command = m_command});
    connect(m_process.get(), &ssh::ExecProcess::received, this, &HostCommand::handleOutput);
    connect(m_process.get(), &ssh::ExecProcess::finished, this, &HostCommand::handleEnd);
    m_process->sendEof(); // what waits for input ends instead of waiting for ever
    if (m_limit.interval() > 0) {
        m_limit.start();
    }
}

void HostCommand::handleOutput(const QByteArray &data, ssh::OutputStream stream)
{
    OutputStore &store
        = stream == ssh::OutputStream::Error ? m_outcome.errorOutput : m_outcome.output;
    if (const auto kept = store.append(data); !kept) {
        fail(kept.error());
        return;
    }
    m_process->consumed(data.size());
}

void HostCommand::handleEnd(const Result<ssh::ExitStatus> &end)
{
    if (!end) {
        fail(end.error());
        return;
    }
    m_outcome.exitStatus = end->code;
    m_outcome.signal = end->signal;
    finish(HostOutcome::End::Done);
}

// After the command has ended nobody is interested any more.
void HostCommand::handleClosed(const Result<void> &reason)
{
    Error lost;
    lost.kind = ErrorKind::ConnectionLost;
    lost.operation = QStringLiteral("run");
    lost.subject = m_connection->settings().host;
    m_outcome.trace = m_connection->info().loginTrace;
    fail(reason ? lost : reason.error());
}

void HostCommand::fail(const Error &error)
{
    m_outcome.error = error;
    finish(HostOutcome::End::Failed);
}

void HostCommand::finish(HostOutcome::End end)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_limit.stop();
    m_outcome.end = end;
    m_outcome.duration
        = std::chrono::milliseconds(m_sinceStart.isValid() ? m_sinceStart.elapsed() : 0);
    m_connection->disconnect(this);
    m_connection->close();
    emit finished(m_outcome);
}

} // namespace commands
