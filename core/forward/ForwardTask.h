// ForwardTask: one forward that runs, on the connection's thread: LocalTask listens here,
// RemoteTask has the server listen. This is what they share: the clients, and what is told of them.

#pragma once

#include "forward/ForwardStatus.h"
#include "profiles/Forward.h"
#include "ssh/ConnectionService.h"

#include <QObject>
#include <QSet>

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

    const ForwardStatus &status() const { return m_status; }

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

    // Somebody could not be served.
    void refuse(const base::Error &why);

    // Counts the tunnel of a client until its end.
    void follow(ssh::TunnelHandler &tunnel);
    void endTunnels();
    bool isFull() const { return m_tunnels.size() >= clientLimit; }

    virtual void handleClientEnd() { }

private:
    void forget(ssh::TunnelHandler *tunnel);

    profiles::Forward m_forward;
    ssh::ServicePort &m_port;
    ForwardStatus m_status;
    QSet<ssh::TunnelHandler *> m_tunnels;
};

} // namespace forward
