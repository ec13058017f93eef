#include "ssh/Channel.h"

#include "net/X11Display.h"
#include "ssh/ChannelRefusal.h"
#include "ssh/Farewell.h"

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

} // namespace

Channel::Channel(ssh_session session, ChannelRequest request,
                 std::unique_ptr<ChannelHandler> handler, const ProgramStart &start,
                 std::function<void()> wake)
    : m_session(session)
    , m_request(std::move(request))
    , m_handler(std::move(handler))
    , m_wake(std::move(wake))
    , m_channel(ssh_channel_new(session))
    , m_start(start)
    , m_startDeadline(start.timeLimit)
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
        case Phase::Display:
            handleStartResult(requestDisplay());
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
        if (m_declined != Declined()) {
            m_start.declined(m_declined);
        }
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
    const ServerUse use = serverUse();
    return use.agent ? ssh_channel_request_auth_agent(m_channel.get()) : SSH_OK;
}

// A program that finds no display says so itself: that is no failure.
int Channel::requestDisplay()
{
    if (!serverUse().display || !m_start.display) {
        return SSH_OK;
    }
    const int result
        = ssh_channel_request_x11(m_channel.get(), 0, net::magicCookieProtocol.data(),
                                  m_start.display->cookie.constData(), m_start.display->screen);
    m_declined.display = result == SSH_ERROR;
    return result == SSH_AGAIN ? result : SSH_OK;
}

ServerUse Channel::serverUse() const
{
    if (const auto *exec = std::get_if<ExecRequest>(&m_request)) {
        return exec->use;
    }
    const auto *shell = std::get_if<TerminalRequest>(&m_request);
    return shell != nullptr ? shell->use : ServerUse();
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
            m_declined.variables.append(name);
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
    const QByteArray words = m_refusal.isEmpty() ? QByteArray(ssh_get_error(m_session)) : m_refusal;
    return channelRefusal(m_request, m_phase == Phase::Opening ? Refused::Opening : Refused::Start,
                          m_session, words);
}

} // namespace ssh
