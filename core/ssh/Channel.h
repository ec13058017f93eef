// Channel: one channel (RFC 4254 sections 6 and 7.2) from its opening to its end, on the
// connection's thread.
//
// Data are pulled: libssh's data callbacks are not used, because one that refuses data is called
// again with everything at each packet, and never again once the window is used up. What has no
// credit stays in libssh, at most one window (2 MiB), and the server stops.

#pragma once

#include "ssh/ChannelHandler.h"
#include "ssh/LibsshHandles.h"

#include <QDeadlineTimer>
#include <QList>

#include <libssh/callbacks.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace ssh {

// What a server does not give a program that it starts nevertheless.
struct Declined
{
    QList<QByteArray> variables; // AcceptEnv in its sshd_config names those that it takes
    bool display = false; // X11Forwarding there

    friend bool operator==(const Declined &, const Declined &) = default;
};

// What a connection has for the programs in its channels.
struct ProgramStart
{
    std::chrono::milliseconds timeLimit{}; // until then the program must run
    std::optional<X11Offer> display; // for those that want one
    std::function<void(const Declined &)> declined; // called before started()
};

class Channel final : public ChannelPort
{
public:
    // `wake` asks the connection for a turn.
    Channel(ssh_session session, ChannelRequest request, std::unique_ptr<ChannelHandler> handler,
            const ProgramStart &start, std::function<void()> wake);

    // One that the server opened and libssh has accepted.
    Channel(ssh_session session, LibsshChannel accepted, std::unique_ptr<ChannelHandler> handler,
            std::function<void()> wake);
    ~Channel() override;
    Q_DISABLE_COPY_MOVE(Channel)

    ChannelHandler &handler() { return *m_handler; }
    Priority priority() const { return m_handler->priority(); }
    bool isFinished() const { return m_phase == Phase::Finished; }

    // Finished, and the server owes no answer: to a channel that is gone libssh could not give it,
    // and the server would keep its end for ever.
    bool isDisposable() const { return isFinished() && !m_isAnswerDue; }

    // Does what can be done now: opens, starts, delivers what has credit, notices the end.
    void readStep();

    // Gives libssh a piece of the queue. True if it took one.
    bool writeStep();

    // Ends it because its connection did, or because it took too long. Nothing if it is finished.
    void fail(const base::Error &error);

    bool isStarting() const { return m_phase < Phase::Running; }
    bool isOverdue() const; // with its start

    void write(const QByteArray &data) override;
    qsizetype queuedBytes() const override { return m_queuedBytes; }
    void grant(qsizetype bytes) override;
    void sendEof() override;
    void resize(int columns, int rows) override;
    void sendSignal(const QByteArray &name) override;
    void close() override;

private:
    enum class Phase {
        Opening,
        Agent,
        Display,
        Environment,
        Terminal,
        Starting,
        Running,
        Finished
    };

    void installCallbacks();
    void startStep();
    void awaitAnswer();
    int openStep();
    int startProgram();
    int requestTerminal(const TerminalRequest &terminal);
    int requestAgent();
    int requestDisplay();
    int requestNextVariable();
    const TerminalRequest *terminal() const;
    ServerUse serverUse() const;
    void handleStartResult(int result);
    bool deliver(OutputStream stream);
    void tellEndOfData();
    void finishIfEnded();
    void finish(const base::Result<ExitStatus> &end);
    base::Error refusal() const;

    ssh_session m_session;
    ChannelRequest m_request;
    std::unique_ptr<ChannelHandler> m_handler;
    std::function<void()> m_wake;
    LibsshChannel m_channel;
    ssh_channel_callbacks_struct m_callbacks{};
    ProgramStart m_start;
    QDeadlineTimer m_startDeadline;
    Phase m_phase = Phase::Opening;
    QList<std::pair<QByteArray, QByteArray>> m_environment; // still to be sent
    Declined m_declined;

    std::deque<QByteArray> m_queue;
    qsizetype m_frontOffset = 0; // bytes of the first piece that libssh has
    qsizetype m_queuedBytes = 0;
    bool m_isEofWanted = false;
    bool m_isEndOfDataTold = false;
    bool m_isFull = false; // the queue was over its limit: drained() is owed
    qsizetype m_credit = 0;
    ExitStatus m_exitStatus;
    bool m_isAnswerDue = false; // to the request to open
    QByteArray m_refusal; // libssh's words when the server refused to open it
};

} // namespace ssh
