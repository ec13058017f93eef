// The far ends that an sftp::Engine can talk to in a test: the scripted server in this process, and
// OpenSSH's real sftp-server in its own.

#pragma once

#include "sftp/Engine.h"
#include "tests/support/ScriptedSftpServer.h"

#include <QProcess>
#include <QTestEventLoop>

#include <memory>
#include <optional>

namespace tests {

// Answers come from the event loop, as from a network.
class ScriptedPeer final : public sftp::ByteSink
{
public:
    explicit ScriptedPeer(std::chrono::milliseconds patience = std::chrono::seconds(60))
        : engine(*this, patience)
    {
    }

    void write(const QByteArray &data) override;
    qsizetype queuedBytes() const override { return m_toServer.size(); }

    // Gives the answers that were held back to the engine.
    void release(ScriptedSftpServer::Order order = ScriptedSftpServer::Order::Kept);

private:
    QByteArray m_toServer;
    QObject m_context; // of calls that wait in the event loop

public:
    ScriptedSftpServer server;
    sftp::Engine engine;
};

class ProcessPeer final : public sftp::ByteSink
{
public:
    ProcessPeer();
    ~ProcessPeer() override;

    void write(const QByteArray &data) override { m_process.write(data); }
    qsizetype queuedBytes() const override { return m_process.bytesToWrite(); }

    void kill() { m_process.kill(); }

private:
    QProcess m_process; // the engine's last calls still find it

public:
    sftp::Engine engine;
};

// Waits for what `ask` puts into the callback that it is given. TimedOut after half a minute.
template<typename T, typename Ask>
base::Result<T> answerTo(Ask ask)
{
    // Shared: an answer that comes too late finds a place to go.
    const auto answer = std::make_shared<std::optional<base::Result<T>>>();
    const auto loop = std::make_shared<QTestEventLoop>();
    ask([answer, loop](base::Result<T> result) {
        *answer = std::move(result);
        loop->exitLoop();
    });
    if (!*answer) {
        loop->enterLoop(std::chrono::seconds(30));
    }
    if (!*answer) {
        return base::Failure(base::Error{base::ErrorKind::TimedOut});
    }
    return std::move(**answer);
}

} // namespace tests
