// ForwardFixture: a server, a connection to it with its forwards, and programs at both ends of
// them.

#pragma once

#include "base/UniqueFd.h"
#include "forward/ForwardSet.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"

#include <QTest>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace tests {

class ForwardFixture
{
public:
    using Id = forward::ForwardSet::Id;
    using State = forward::ForwardStatus::State;

    [[nodiscard]] base::Result<void> start(const SshServerOptions &options = {});

    // Of connections from now on.
    void setKeepAlive(std::chrono::milliseconds interval) { m_keepAlive = interval; }

    // Logs in, with the forwards that there are.
    [[nodiscard]] bool connect();

    SshServer &server() { return *m_server; }
    ConnectionProbe &probe() { return *m_probe; }
    forward::ForwardSet &forwards() { return m_forwards; }
    const forward::ForwardStatus &status(Id id) const { return m_forwards.status(id); }

    // A forward in the words of ssh(1), which listens. 0 if it came to nothing.
    Id add(profiles::Forward::Kind kind, const QString &words);

    // The same, when it has failed or listens.
    Id attempt(profiles::Forward::Kind kind, const QString &words);

    QString path(const QString &name) const { return m_fixture.path(name); }

private:
    ConnectionFixture m_fixture;
    std::unique_ptr<SshServer> m_server;
    std::unique_ptr<ConnectionProbe> m_probe;
    std::chrono::milliseconds m_keepAlive{30'000};
    forward::ForwardSet m_forwards;
};

// A socket of a program, which waits: for threads of their own, see inThread().
class BlockingSocket
{
public:
    BlockingSocket() = default;
    explicit BlockingSocket(int fd)
        : m_fd(fd)
    {
    }

    static BlockingSocket connectedTo(quint16 port);
    static BlockingSocket connectedTo(const QString &path);

    bool isValid() const { return m_fd.isValid(); }
    bool send(const QByteArray &bytes) const;
    QByteArray receive(qsizetype atMost) const; // what comes next; nothing at the end
    QByteArray receiveExactly(qsizetype size) const;
    QByteArray receiveAll() const;
    void shutDown() const; // says that no more is sent

private:
    base::UniqueFd m_fd;
};

// A program that serves clients, each by a call of `serve` in a thread of its own.
class BlockingServer
{
public:
    explicit BlockingServer(std::function<void(BlockingSocket)> serve);
    ~BlockingServer();
    Q_DISABLE_COPY_MOVE(BlockingServer)

    quint16 port() const { return m_port; }

private:
    base::UniqueFd m_listener;
    quint16 m_port = 0;
    std::thread m_thread;
    std::vector<std::thread> m_clients;
};

// Gives back what it gets, and ends when the client has.
class EchoServer
{
public:
    EchoServer();

    quint16 port() const { return m_server.port(); }

private:
    BlockingServer m_server;
};

// Runs `call` in a thread of its own while the event loop of this one goes on.
template<typename Call>
auto inThread(Call call)
{
    auto result = std::async(std::launch::async, std::move(call));
    static_cast<void>(QTest::qWaitFor(
        [&] { return result.wait_for(std::chrono::seconds(0)) == std::future_status::ready; },
        60'000));
    return result.get();
}

// What comes back from a program on a port of this computer for `bytes`, up to its end.
QByteArray exchange(quint16 port, const QByteArray &bytes);

} // namespace tests
