// CommandRun: one command on a connection that there is, from its order to its end, while the user
// looks on: all it has written is kept, and input, signals and the end of the input can be sent.
//
// A long operation with one end, finished(). Destroying it before closes its channel.

#pragma once

#include "commands/HangDoctor.h"
#include "commands/OutputStore.h"
#include "commands/RunOrder.h"
#include "ssh/ExecProcess.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

class QFile;

namespace ssh {
class Connection;
}

namespace commands {

struct RunEnd
{
    enum class How {
        Done, // see the status, which a server need not give
        Failed, // see the error
        OutOfTime, // the command was left alone after its time
        Stopped, // by stop()
    };

    How how = How::Done;
    ssh::ExitStatus status;
    base::Error error;
    std::chrono::milliseconds duration{};
};

class CommandRun final : public QObject
{
    Q_OBJECT

public:
    // The connection must live until finished().
    CommandRun(RunOrder order, ssh::Connection &connection, QObject *parent = nullptr);
    ~CommandRun() override;

    const RunOrder &order() const { return m_order; }
    bool isOver() const { return m_isOver; }
    bool takesInput() const { return !m_isOver && !m_isInputOver; }
    std::chrono::milliseconds duration() const; // so far
    std::optional<Diagnosis> diagnosis() const;
    std::chrono::milliseconds silence() const;

    // What has come so far: kept until this object goes.
    const OutputStore &output() const { return m_output; }
    const OutputStore &errorOutput() const { return m_errorOutput; }

    // These do nothing once it is over, or the end of the input was sent.
    void write(const QByteArray &data);
    void sendEof(); // after what is still to be sent; with a terminal it is Ctrl+D
    void sendSignal(const QByteArray &name); // "TERM"; many servers ignore it
    void interrupt(); // Ctrl+C: by the terminal if there is one, else as a signal
    void stop(); // closes the channel; finished() follows

signals:
    void started();
    void received(const QByteArray &data, ssh::OutputStream stream);
    void finished(const commands::RunEnd &end); // once, the last signal

private:
    void startInput();
    void push();
    void readOn();
    void handleOutput(const QByteArray &data, ssh::OutputStream stream);
    void handleEnd(const base::Result<ssh::ExitStatus> &end);
    void fail(const base::Error &error);
    void finish(RunEnd::How how);

    RunOrder m_order;
    std::unique_ptr<ssh::ExecProcess> m_process;
    std::shared_ptr<QFile> m_file; // shared with the thread that reads it, one at a time
    QByteArray m_unsent;
    OutputStore m_output;
    OutputStore m_errorOutput;
    RunEnd m_end;
    QTimer m_limit;
    QElapsedTimer m_sinceBegin;
    QElapsedTimer m_sinceChange;
    char m_lastByte = '\n'; // of the output
    char m_lastSent = '\n';
    bool m_isStarted = false;
    bool m_isReading = false; // the file
    bool m_isEofWanted = false;
    bool m_isInputOver = false;
    bool m_isOver = false;
};

} // namespace commands
