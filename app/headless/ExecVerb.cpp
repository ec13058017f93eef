#include "app/headless/ExecVerb.h"

#include "app/headless/Report.h"
#include "ssh/SignalNumber.h"

#include <cerrno>
#include <csignal>

using namespace Qt::StringLiterals;

namespace app {

ExecVerb::ExecVerb(ssh::ConnectionSettings settings, QByteArray command)
    : m_command(std::move(command))
    , m_session(std::move(settings))
    , m_input(STDIN_FILENO)
    , m_output(STDOUT_FILENO)
    , m_errors(STDERR_FILENO)
{
    connect(&m_session, &VerbSession::ready, this, &ExecVerb::run);
    connect(&m_session, &VerbSession::failed, this,
            [this] { finishWhenWritten(static_cast<int>(ExitStatus::ConnectionFailed)); });
}

void ExecVerb::start()
{
    m_session.open();
}

void ExecVerb::run()
{
    ssh::ExecRequest request{.command = m_command};
    if (wantsTerminal()) {
        request.terminal = LocalTerminal::request();
        if (LocalTerminal::isThere()) {
            m_terminal.emplace();
        }
    }
    m_process = m_session.connection().start(request);
    connect(m_process.get(), &ssh::ExecProcess::received, this, &ExecVerb::handleOutput);
    connect(m_process.get(), &ssh::ExecProcess::finished, this, &ExecVerb::handleEnd);
    connect(m_process.get(), &ssh::ExecProcess::writable, this, &ExecVerb::pushInput);

    for (LocalOutput *output : {&m_output, &m_errors}) {
        connect(output, &LocalOutput::written, this, [this](qsizetype bytes) {
            m_process->consumed(bytes);
            if (m_exitStatus) {
                finishWhenWritten(*m_exitStatus);
            }
        });
    }
    connect(&m_output, &LocalOutput::failed, this, &ExecVerb::handleOutputFailure);
    startInput();
}

bool ExecVerb::wantsTerminal() const
{
    using ssh::CommandTerminal;
    const CommandTerminal use = m_session.connection().settings().commandTerminal;
    if (use == CommandTerminal::LikeOurs && !LocalTerminal::isThere()) {
        report(u"Standard input is no terminal, so the command gets none; -tt gives it one."_s);
    }
    return use == CommandTerminal::Always
        || (use == CommandTerminal::LikeOurs && LocalTerminal::isThere());
}

void ExecVerb::handleResize()
{
    if (m_terminal && m_process) {
        const ssh::TerminalRequest size = LocalTerminal::request();
        m_process->resize(size.columns, size.rows);
    }
}

void ExecVerb::startInput()
{
    connect(&m_input, &LocalInput::received, this, [this](const QByteArray &data) {
        m_pendingInput += data;
        pushInput();
    });
    connect(&m_input, &LocalInput::ended, this, [this] {
        m_isInputOver = true;
        pushInput();
    });
    m_isInputOver = LocalTerminal::isThere() && !m_terminal;
    pushInput();
}

// Reads on only when everything read so far has found its place in the queue to the server.
void ExecVerb::pushInput()
{
    m_pendingInput.remove(0, m_process->write(m_pendingInput));
    if (!m_pendingInput.isEmpty()) {
        m_input.pause();
    } else if (m_isInputOver) {
        m_process->sendEof();
    } else {
        m_input.resume();
    }
}

void ExecVerb::handleOutput(const QByteArray &data, ssh::OutputStream stream)
{
    LocalOutput &output = stream == ssh::OutputStream::Error ? m_errors : m_output;
    output.write(data);
}

// A reader that has seen enough, such as head(1), is no failure worth a message.
void ExecVerb::handleOutputFailure(const base::Error &error)
{
    if (error.code == EPIPE) {
        finish(exitStatusOfSignal(SIGPIPE));
        return;
    }
    report(error);
    finish(static_cast<int>(ExitStatus::ConnectionFailed));
}

void ExecVerb::handleEnd(const base::Result<ssh::ExitStatus> &end)
{
    m_input.pause();
    const int unknown = static_cast<int>(ExitStatus::ConnectionFailed);
    if (end) {
        finishWhenWritten(end->signal.isEmpty()
                              ? end->code.value_or(unknown)
                              : exitStatusOfSignal(ssh::signalNumber(end->signal)));
    } else {
        m_session.dismiss(); // it would say the same again
        report(end.error());
        finishWhenWritten(unknown);
    }
}

void ExecVerb::finishWhenWritten(int exitStatus)
{
    m_exitStatus = exitStatus;
    if (m_output.isEmpty() && m_errors.isEmpty()) {
        finish(exitStatus);
    }
}

void ExecVerb::interrupt(int signal)
{
    if (signal == SIGINT && m_process && !m_isInterrupted && !m_exitStatus) {
        m_isInterrupted = true;
        m_process->sendSignal("INT");
        return;
    }
    finish(exitStatusOfSignal(signal));
}

void ExecVerb::finish(int exitStatus)
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    m_input.pause();
    m_terminal.reset();
    emit finished(exitStatus);
}

} // namespace app
