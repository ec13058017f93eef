// ForwardTask: one forward that runs, on the connection's thread: LocalTask listens here,
// RemoteTask has the server listen. This is what they share: the clients, and what is told of them.

#pragma once

#include "forward/ForwardStatus.h"
#include "profiles/Forward.h"
#include "ssh/ConnectionService.h"

#include <QHash>
#include <QObject>

#include <map>

namespace ssh {
class TunnelHandler;
}

namespace forward {

class ForwardTask : public QObject
{
    Q_OBJECT

public:
    // Clients at a time; further ones wait, or are refused.
    static constexpr qsizetype clientLimit = 1000;

    virtual void start() = 0;

    // Listens no more, and ends the clients.
    virtual void stop() = 0;

    // Without the clients and refusals one by one, which report() has: it takes a while.
    const ForwardStatus &status() const { return m_status; }
    ForwardStatus report() const;

signals:
    void changed(); // something of the status

protected:
    // `port` must stay until this is destroyed.
    ForwardTask(profiles::Forward forward, ssh::ServicePort &port);

    const profiles::Forward &forward() const { return m_forward; }
    ssh::ServicePort &port() const { return m_port; }

    void setListening(const QStringList &addresses, quint16 port);
    void setFailed(const base::Error &failure, quint16 freePort = 0);
    void setStopped();

    // Somebody could not be served: the client of that tunnel, if it is followed.
    void refuse(const ssh::TunnelHandler *tunnel, const base::Error &why);
    void refuseClient(const ForwardClient &client, const base::Error &why);

    // Counts the tunnel of a client until its end. Of the client `from` and `to` are told.
    void follow(ssh::TunnelHandler &tunnel, const QString &from, const QString &to = {});
    void endTunnels();
    bool isFull() const { return std::ssize(m_tunnels) >= clientLimit; }

    virtual void handleClientEnd() { }

private:
    void forget(ssh::TunnelHandler *tunnel);

    profiles::Forward m_forward;
    ssh::ServicePort &m_port;
    ForwardStatus m_status;
    struct Tunnel
    {
        ssh::TunnelHandler *handler = nullptr;
        ForwardClient client;
    };
    std::map<qint64, Tunnel> m_tunnels; // by their number, so in the order in which they came
    QHash<const ssh::TunnelHandler *, qint64> m_numbers;
    QList<ForwardRefusal> m_refusals; // the last ones
};

} // namespace forward
