#include "ssh/Channel.h"

#include "ssh/Farewell.h"
#include "ssh/LibsshLog.h"

#include <array>
#include <cstring>

namespace ssh {
namespace {

constexpr qsizetype drainedSize = qsizetype{512} * 1024;
// The most that may stand in front of a keystroke.
constexpr qsizetype pieceSize = qsizetype{64} * 1024;
constexpr qsizetype readSize = qsizetype{64} * 1024;
// Small pieces are joined up to this, so that many short requests fill one packet: each packet
// costs both sides an encryption and a wake-up.
constexpr qsizetype joinedSize = qsizetype{32} * 1024;

template<typename... Visitors>
struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};

// Terminal modes of RFC 4254 section 8: the input is UTF-8 (IUTF8, RFC 8160), the speed is that of
// no line.
constexpr std::array<unsigned char, 16> terminalModes{42,   0, 0,   0, 1, 128,  0, 0,
                                                      0x96, 0, 129, 0, 0, 0x96, 0, 0};

// Reason of RFC 4254 section 5.1 in "Channel opening failure: channel 44 error (1) open failed", as
// libssh 0.11 has it; 0 if there is none.
int openFailureReason(const QByteArray &words)
{
    const QByteArray before = " error (";
    const qsizetype start = words.indexOf(before);
    if (!words.startsWith("Channel opening failure: ") || start < 0) {
        return 0;
    }
    const qsizetype number = start + before.size();
    const qsizetype end = words.indexOf(')', number);
    return end < 0 ? 0 : words.sliced(number, end - number).toInt();
}

constexpr int prohibited = 1;
constexpr int connectFailed = 2;
constexpr int unknownType = 3;

// "open failed" of the same, or "Connection refused": what the server said.
QString openFailureWords(const QString &words)
{
    const qsizetype end = words.indexOf(QStringLiteral(") "));
    return end < 0 ? words : words.sliced(end + 2);
}

void explainForwarding(const DirectTcpipRequest &target, base::Error &error)
{
    const QString where
        = QStringLiteral("%1:%2").arg(QString::fromUtf8(target.host)).arg(target.port);
    error.subject = where;
    if (error.kind == base::ErrorKind::ConnectionLost) {
        return;
    }
    error.kind = base::ErrorKind::ForwardingRefused;
    const int reason = openFailureReason(error.detail.toUtf8());
    if (reason == prohibited) {
        error.detail
            = QStringLiteral("It does not forward connections to %1: AllowTcpForwarding or "
                             "PermitOpen in its sshd_config forbid it.\n%2")
                  .arg(where, error.detail);
    } else if (reason == connectFailed) {
        error.kind = base::ErrorKind::Unreachable;
    }
}

// OpenSSH's sshd gives "connect failed" as well when AllowStreamLocalForwarding forbids it.
void explainForwarding(const DirectStreamLocalRequest &target, base::Error &error)
{
    error.subject = QString::fromUtf8(target.path);
    if (error.kind == base::ErrorKind::ConnectionLost) {
        return;
    }
    error.kind = base::ErrorKind::ForwardingRefused;
    const int reason = openFailureReason(error.detail.toUtf8());
    if (reason == connectFailed) {
        error.kind = base::ErrorKind::Unreachable;
    } else if (reason == 0 || reason == unknownType) { // libssh knows that it is not OpenSSH
        error.kind = base::ErrorKind::Unsupported;
    }
}

} // namespace

Channel::Channel(ssh_session session, ChannelRequest request,
                 std::unique_ptr<ChannelHandler> handler, std::chrono::milliseconds timeLimit,
                 std::function<void()> wake)
    : m_session(session)
    , m_request(std::move(request))
    , m_handler(std::move(handler))
    , m_wake(std::move(wake))
    , m_channel(ssh_channel_new(session))
    , m_startDeadline(timeLimit)
{
    const auto append = [this](const QHash<QByteArray, QByteArray> &variables) {
        for (const auto &[name, value] : variables.asKeyValueRange()) {
            m_environment.emplace_back(name, value);
        }
    };
    std::visit(Overloaded{[&](const TerminalRequest &shell) { append(shell.environment); },
                          [&](const ExecRequest &exec) { append(exec.environment); },
                          [](const auto &) {}},
               m_request);
    installCallbacks();
}

Channel::Channel(ssh_session session, LibsshChannel accepted,
                 std::unique_ptr<ChannelHandler> handler, std::function<void()> wake)
    : m_session(session)
    , m_request(AcceptedChannel())
    , m_handler(std::move(handler))
    , m_wake(std::move(wake))
    , m_channel(std::move(accepted))
{
    installCallbacks();
}

Channel::~Channel()
{
    if (m_channel) {
        ssh_remove_channel_callbacks(m_channel.get(), &m_callbacks);
    }
}

// They only take notes: a callback can run inside any libssh call, and must neither call nor free.
void Channel::installCallbacks()
{
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    m_callbacks.channel_exit_status_function
        = [](ssh_session, ssh_channel, int status, void *self) {
              static_cast<Channel *>(self)->m_exitStatus.code = status;
          };
    m_callbacks.channel_exit_signal_function = [](ssh_session, ssh_channel, const char *signal, int,
                                                  const char *, const char *, void *self) {
        static_cast<Channel *>(self)->m_exitStatus.signal = QByteArray(signal).left(64);
    };
    // The session's last error may be another channel's by the time we ask for it.
    m_callbacks.channel_open_response_function
        = [](ssh_session session, ssh_channel, bool isOpen, void *self) {
              if (!isOpen) {
                  static_cast<Channel *>(self)->m_refusal = ssh_get_error(session);
              }
          };
    ssh_set_channel_callbacks(m_channel.get(), &m_callbacks);
}

void Channel::readStep()
{
    if (m_phase == Phase::Finished) {
        awaitAnswer();
        return;
    }
    startStep();
    if (m_phase != Phase::Running) {
        return;
    }
    while (deliver(OutputStream::Standard) || deliver(OutputStream::Error)) {
        if (m_phase == Phase::Finished) {
            return;
        }
    }
    tellEndOfData();
    finishIfEnded();
}

void Channel::tellEndOfData()
{
    // libssh says so only once its buffers are empty.
    if (!m_isEndOfDataTold && ssh_channel_is_eof(m_channel.get()) != 0 && !isOver(m_session)) {
        m_isEndOfDataTold = true;
        m_handler->dataEnded();
    }
}

// Of a channel that was given up while it opened.
void Channel::awaitAnswer()
{
    m_isAnswerDue = m_isAnswerDue && openStep() == SSH_AGAIN;
}

// Walks through the phases as far as the server's answers allow.
void Channel::startStep()
{
    Phase before = Phase::Finished;
    while (m_phase != before && m_phase < Phase::Running) {
        before = m_phase;
        switch (m_phase) {
        case Phase::Opening: {
            const int result = openStep();
            m_isAnswerDue = result == SSH_AGAIN;
            handleStartResult(result);
            break;
        }
        case Phase::Agent:
            handleStartResult(requestAgent());
            break;
        case Phase::Environment:
            handleStartResult(requestNextVariable());
            break;
        case Phase::Terminal:
            handleStartResult(terminal() != nullptr ? requestTerminal(*terminal()) : SSH_OK);
            break;
        default:
            handleStartResult(startProgram());
            break;
        }
    }
}

void Channel::handleStartResult(int result)
{
    if (result == SSH_AGAIN) {
        return;
    }
    if (result != SSH_OK) {
        finish(base::Failure(refusal()));
        return;
    }
    m_phase = static_cast<Phase>(static_cast<int>(m_phase) + 1);
    if (m_phase == Phase::Running) {
        m_handler->started(*this);
    }
}

int Channel::openStep()
{
    ssh_channel channel = m_channel.get();
    return std::visit(
        Overloaded{[channel](const DirectTcpipRequest &target) {
                       return ssh_channel_open_forward(channel, target.host.constData(),
                                                       target.port, target.originator.constData(),
                                                       target.originatorPort);
                   },
                   [channel](const DirectStreamLocalRequest &target) {
                       return ssh_channel_open_forward_unix(channel, target.path.constData(),
                                                            "127.0.0.1", 0);
                   },
                   [](const AcceptedChannel &) { return SSH_OK; },
                   [channel](const auto &) { return ssh_channel_open_session(channel); }},
        m_request);
}

// The server does not answer it: whether it forwards the agent shows when it is used.
int Channel::requestAgent()
{
    const auto *exec = std::get_if<ExecRequest>(&m_request);
    const auto *shell = std::get_if<TerminalRequest>(&m_request);
    const bool isWanted
        = exec != nullptr ? exec->forwardsAgent : shell != nullptr && shell->forwardsAgent;
    return isWanted ? ssh_channel_request_auth_agent(m_channel.get()) : SSH_OK;
}

// A server drops variables that its AcceptEnv does not name: that is no failure.
int Channel::requestNextVariable()
{
    while (!m_environment.isEmpty()) {
        const auto &[name, value] = m_environment.first();
        const int result
            = ssh_channel_request_env(m_channel.get(), name.constData(), value.constData());
        if (result == SSH_AGAIN) {
            return result;
        }
        if (result != SSH_OK) {
            logMessage(LogLevel::Info,
                       QStringLiteral("the server does not accept the variable %1: AcceptEnv in "
                                      "its sshd_config says which it does")
                           .arg(QString::fromUtf8(name)));
        }
        m_environment.removeFirst();
    }
    return SSH_OK;
}

const TerminalRequest *Channel::terminal() const
{
    if (const auto *exec = std::get_if<ExecRequest>(&m_request)) {
        return exec->terminal ? &*exec->terminal : nullptr;
    }
    return std::get_if<TerminalRequest>(&m_request);
}

int Channel::requestTerminal(const TerminalRequest &terminal)
{
    // The plain call would copy the modes of our own standard input.
    return ssh_channel_request_pty_size_modes(m_channel.get(), terminal.term.constData(),
                                              terminal.columns, terminal.rows, terminalModes.data(),
                                              terminalModes.size());
}

int Channel::startProgram()
{
    ssh_channel channel = m_channel.get();
    return std::visit(
        Overloaded{
            [channel](const TerminalRequest &) { return ssh_channel_request_shell(channel); },
            [channel](const ExecRequest &exec) {
                return ssh_channel_request_exec(channel, exec.command.constData());
            },
            [channel](const SubsystemRequest &subsystem) {
                return ssh_channel_request_subsystem(channel, subsystem.name.constData());
            },
            [](const auto &) { return SSH_OK; }},
        m_request);
}

// True if something was delivered and there may be more.
bool Channel::deliver(OutputStream stream)
{
    if (m_credit <= 0 || m_phase == Phase::Finished) {
        return false;
    }
    std::array<char, readSize> buffer;
    const auto wanted = static_cast<quint32>(std::min(m_credit, readSize));
    const int count = ssh_channel_read_nonblocking(m_channel.get(), buffer.data(), wanted,
                                                   stream == OutputStream::Error ? 1 : 0);
    if (count <= 0) {
        return false; // nothing, the end, or an error that the session's state shows as well
    }
    m_credit -= count;
    m_handler->received(QByteArrayView(buffer.data(), count), stream);
    return true;
}

// The exit status can arrive before the last data: the end is CLOSE with everything delivered.
void Channel::finishIfEnded()
{
    if (m_phase != Phase::Running || ssh_channel_is_closed(m_channel.get()) == 0) {
        return;
    }
    const bool isDrained
        = ssh_channel_poll(m_channel.get(), 0) <= 0 && ssh_channel_poll(m_channel.get(), 1) <= 0;
    if (isDrained && !isOver(m_session) && m_handler->isDelivered()) {
        finish(m_exitStatus);
    }
}

bool Channel::writeStep()
{
    if (m_phase != Phase::Running) {
        return false;
    }
    if (m_queue.empty()) {
        if (m_isEofWanted) {
            m_isEofWanted = false;
            ssh_channel_send_eof(m_channel.get());
        }
        return false;
    }
    const QByteArray &front = m_queue.front();
    const qsizetype size = std::min(front.size() - m_frontOffset, pieceSize);
    const int taken = ssh_channel_write(m_channel.get(), front.constData() + m_frontOffset,
                                        static_cast<quint32>(size));
    if (taken <= 0) {
        return false; // the window is used up, keys are being exchanged, or the channel is closing
    }
    m_frontOffset += taken;
    m_queuedBytes -= taken;
    if (m_frontOffset == front.size()) {
        m_queue.pop_front();
        m_frontOffset = 0;
    }
    m_handler->written(taken);
    if (m_isFull && m_queuedBytes <= drainedSize) {
        m_isFull = false;
        m_handler->drained();
    }
    return true;
}

void Channel::fail(const base::Error &error)
{
    finish(base::Failure(error));
}

bool Channel::isOverdue() const
{
    return m_phase < Phase::Running && m_startDeadline.hasExpired();
}

void Channel::write(const QByteArray &data)
{
    if (data.isEmpty() || m_phase == Phase::Finished) {
        return;
    }
    if (!m_queue.empty() && m_queue.back().size() + data.size() <= joinedSize) {
        m_queue.back().append(data);
    } else {
        m_queue.push_back(data);
    }
    m_queuedBytes += data.size();
    m_isFull = m_isFull || m_queuedBytes > drainedSize;
    m_wake();
}

void Channel::grant(qsizetype bytes)
{
    const bool wasUsedUp = m_credit <= 0;
    m_credit += bytes;
    if (wasUsedUp) { // else nothing was held back
        m_wake();
    }
}

void Channel::sendEof()
{
    m_isEofWanted = true;
    m_wake();
}

void Channel::resize(int columns, int rows)
{
    if (m_phase == Phase::Running) {
        ssh_channel_change_pty_size(m_channel.get(), columns, rows);
        m_wake();
    }
}

void Channel::sendSignal(const QByteArray &name)
{
    if (m_phase == Phase::Running) {
        ssh_channel_request_send_signal(m_channel.get(), name.constData());
        m_wake();
    }
}

void Channel::close()
{
    base::Error error;
    error.kind = base::ErrorKind::Cancelled;
    error.operation = QStringLiteral("close channel");
    finish(base::Failure(error));
    m_wake();
}

void Channel::finish(const base::Result<ExitStatus> &end)
{
    if (m_phase == Phase::Finished) {
        return;
    }
    m_phase = Phase::Finished;
    m_handler->finished(end);
}

base::Error Channel::refusal() const
{
    const bool isRefusedChannel = m_phase == Phase::Opening;
    base::Error error;
    error.source = base::ErrorSource::Ssh;
    error.code = ssh_get_error_code(m_session);
    error.detail
        = QString::fromUtf8(m_refusal.isEmpty() ? ssh_get_error(m_session) : m_refusal.constData());
    if (isOver(m_session)) {
        error.kind = base::ErrorKind::ConnectionLost;
    } else {
        error.kind = isRefusedChannel || terminal() != nullptr ? base::ErrorKind::PermissionDenied
                                                               : base::ErrorKind::Unsupported;
    }
    error.operation = isRefusedChannel ? QStringLiteral("open channel") : QStringLiteral("start");
    if (const auto *subsystem = std::get_if<SubsystemRequest>(&m_request)) {
        error.subject = QString::fromUtf8(subsystem->name);
    }
    const auto explain = [&error](const auto &target) {
        error.operation = QStringLiteral("forward a connection");
        error.quote = openFailureWords(error.detail);
        explainForwarding(target, error);
    };
    std::visit(Overloaded{[&explain](const DirectTcpipRequest &target) { explain(target); },
                          [&explain](const DirectStreamLocalRequest &target) { explain(target); },
                          [](const auto &) {}},
               m_request);
    return error;
}

} // namespace ssh
