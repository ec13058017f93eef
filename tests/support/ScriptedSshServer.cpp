#include "tests/support/ScriptedSshServer.h"

#include "tests/support/ScriptedSshSession.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace tests {

// Accepts connections on its own thread and serves each on another. Blocking calls end when their
// socket is shut down, which is how all of it stops.
class ScriptedSshServer::Listener
{
public:
    Listener(const SshScript &script, QString hostKeyFile)
        : m_script(script)
        , m_hostKeyFile(std::move(hostKeyFile))
    {
    }

    ~Listener()
    {
        shutdown(m_socket, SHUT_RDWR);
        if (m_acceptor.joinable()) {
            m_acceptor.join(); // after this no connection is added
        }
        for (const int connection : m_connections) {
            shutdown(connection, SHUT_RDWR);
        }
        m_sessions.clear();
        for (const int connection : m_connections) {
            close(connection);
        }
        close(m_socket);
    }
    Q_DISABLE_COPY_MOVE(Listener)

    bool listen()
    {
        m_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        if (bind(m_socket, generic, size) != 0 || ::listen(m_socket, SOMAXCONN) != 0
            || getsockname(m_socket, generic, &size) != 0) {
            return false;
        }
        m_port = ntohs(address.sin_port);
        m_acceptor = std::jthread([this] { acceptAll(); });
        return true;
    }

    quint16 port() const { return m_port; }
    QByteArrayList attempts() const { return m_log.all(); }

private:
    void acceptAll()
    {
        int connection = -1;
        while ((connection = accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
            m_connections.push_back(connection);
            // libssh closes what it is given, and shutdown() needs a descriptor that stays ours. As
            // long as that is open, closing the other one would not end the connection.
            m_sessions.emplace_back([this, connection] {
                serve(dup(connection));
                shutdown(connection, SHUT_RDWR);
            });
        }
    }

    void serve(int connection)
    {
        switch (m_script.opening) {
        case SshScript::Opening::Ssh:
            ScriptedSshSession(m_script, m_hostKeyFile, m_log).serve(connection);
            return;
        case SshScript::Opening::ForeignBanner:
            send(connection, m_script.foreignBanner.constData(),
                 static_cast<size_t>(m_script.foreignBanner.size()), MSG_NOSIGNAL);
            break;
        case SshScript::Opening::EndlessLines:
            while (send(connection, m_script.foreignBanner.constData(),
                        static_cast<size_t>(m_script.foreignBanner.size()), MSG_NOSIGNAL)
                   > 0) { }
            break;
        case SshScript::Opening::Silence:
            waitForEnd(connection);
            break;
        case SshScript::Opening::CloseAtOnce:
            break;
        }
        close(connection);
    }

    static void waitForEnd(int connection)
    {
        char byte = 0;
        while (recv(connection, &byte, 1, 0) > 0) { }
    }

    const SshScript &m_script;
    QString m_hostKeyFile;
    AttemptLog m_log;
    int m_socket = -1;
    quint16 m_port = 0;
    std::jthread m_acceptor;
    std::vector<int> m_connections; // written by m_acceptor alone while that runs
    std::vector<std::jthread> m_sessions; // likewise
};

ScriptedSshServer::ScriptedSshServer(SshScript script)
    : m_script(std::move(script))
{
}

ScriptedSshServer::~ScriptedSshServer() = default;

base::Result<void> ScriptedSshServer::start()
{
    const auto key = generateKey(m_directory.filePath(u"host_key"_s));
    if (!key) {
        return base::Failure(key.error());
    }
    m_hostKey = *key;
    m_listener = std::make_unique<Listener>(m_script, m_hostKey.privateFile);
    if (!m_listener->listen()) {
        return base::Failure(base::Error::fromErrno(errno, u"listen"_s, u"127.0.0.1"_s));
    }
    return {};
}

quint16 ScriptedSshServer::port() const
{
    return m_listener ? m_listener->port() : quint16(0);
}

QByteArrayList ScriptedSshServer::attempts() const
{
    return m_listener ? m_listener->attempts() : QByteArrayList();
}

} // namespace tests
