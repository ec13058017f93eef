// HostCommand: one command on one host, from connecting to its end, without input. It makes the
// connection itself, and asks what that asks.
//
// A long operation with one end, finished(). Destroying it before closes the connection.

#pragma once

#include "commands/OutputStore.h"
#include "ssh/Connection.h"
#include "ssh/ExecProcess.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace commands {

struct HostOutcome
{
    enum class End {
        Done, // the command ended: see exit status and signal, which a server need not give
        Failed, // there was no connection, or it was lost: see the error
        OutOfTime, // the command was left alone after its time
        Interrupted, // by cancel()
        NotBegun,
        Unresolved, // nobody knows how to connect: see the reason
    };

    End end = End::NotBegun;
    std::optional<int> exitStatus;
    QByteArray signal; // that killed the command, without "SIG"; empty if none did
    base::Error error; // of Failed
    QString reason; // of Unresolved: a sentence of whoever was asked
    ssh::LoginTrace trace; // of a login that failed
    OutputStore output; // what had come until the end, whatever the end was
    OutputStore errorOutput;
    std::chrono::milliseconds duration{}; // connecting included

    bool isSuccess() const { return end == End::Done && exitStatus == 0; }
};

class HostCommand final : public QObject
{
    Q_OBJECT

public:
    // The time counts from the start of the command, not from connecting, which has limits of its
    // own and may wait for the user; 0 is no limit. The pool is used until start() returns.
    HostCommand(ssh::ConnectionSettings settings, ssh::RoutePool &routes, QByteArray command,
                std::chrono::milliseconds timeLimit, QObject *parent = nullptr);
    ~HostCommand() override;

    void start();
    void cancel(); // finished() follows

    ssh::Connection &connection() { return *m_connection; } // for its questions and remarks

signals:
    // Once, the last signal; the receiver may take all of it.
    void finished(commands::HostOutcome &outcome);

private:
    void run();
    void handleOutput(const QByteArray &data, ssh::OutputStream stream);
    void handleEnd(const base::Result<ssh::ExitStatus> &end);
    void handleClosed(const base::Result<void> &reason);
    void fail(const base::Error &error);
    void finish(HostOutcome::End end);

    QByteArray m_command;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<ssh::ExecProcess> m_process; // once the connection is ready
    QTimer m_limit;
    QElapsedTimer m_sinceStart;
    HostOutcome m_outcome;
    bool m_isOver = false;
};

} // namespace commands
