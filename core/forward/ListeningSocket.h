// ListeningSocket: TCP ports of one address or of several, or a Unix socket, for the clients of a
// forward.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"
#include "profiles/Forward.h"

#include <QObject>
#include <QSocketNotifier>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace forward {

// Somebody who has connected. The socket is non-blocking, and sends without delay.
struct Client
{
    base::UniqueFd socket;
    QByteArray address = "127.0.0.1"; // numeric
    quint16 port = 0;
};

class ListeningSocket final : public QObject
{
    Q_OBJECT

public:
    using Accept = std::move_only_function<void(Client)>;

    // Without a host: the loopback addresses of both kinds; "*": all addresses. A Unix socket is
    // for this user alone, and takes the place of one that nobody listens on any more.
    // Kinds of error: AlreadyExists if it is in use, PermissionDenied, InvalidName if the host is
    // no numeric address, others of errno.
    static base::Result<std::unique_ptr<ListeningSocket>> open(const profiles::ForwardEnd &where);
    ~ListeningSocket() override; // removes its Unix socket

    void start(Accept accept);

    // No more clients for now: they wait in the system's queue.
    void pause();
    void resume();

    const QStringList &addresses() const { return m_addresses; } // "127.0.0.1:8080", or the path
    quint16 port() const { return m_port; } // 0 of a Unix socket

    // The next port after that of `where` that is free on all its addresses; 0 if none was found.
    static quint16 freePort(const profiles::ForwardEnd &where);

private:
    ListeningSocket();
    base::Result<void> openPort(const profiles::ForwardEnd &where);
    base::Result<void> openPorts(const QStringList &hosts, quint16 port);
    base::Result<void> addPort(const QString &host, quint16 port);
    base::Result<void> openPath(const QString &path);
    void add(base::UniqueFd socket, const QString &address);
    void updateNotifiers();
    void acceptFrom(int socket);

    struct Socket
    {
        base::UniqueFd fd;
        std::unique_ptr<QSocketNotifier> readable; // declared after the socket: it goes first
    };

    std::vector<Socket> m_sockets;
    QStringList m_addresses;
    quint16 m_port = 0;
    QString m_path; // to be removed
    Accept m_accept;
    bool m_isPaused = false;
    QTimer m_retry; // when the process has no descriptors left
};

} // namespace forward
