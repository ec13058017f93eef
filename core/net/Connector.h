// Connector: turns a host name into a connected TCP socket without blocking its thread.
//
// Used by ssh::SessionWorker, which hands the socket to libssh: libssh's own connect waits for the
// name server and tries addresses one after the other.

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace net {

class ConnectAttempt;

struct ConnectedSocket
{
    base::UniqueFd fd; // non-blocking, close-on-exec, TCP_NODELAY
    QString peerAddress; // numeric, an IPv6 zone included: "192.0.2.1", "fe80::1%eth0"
    quint16 port = 0;
};

// Tries all addresses of a host in the manner of RFC 8305 ("Happy Eyeballs"). For one use: a
// second connection takes a second Connector.
class Connector final : public QObject
{
    Q_OBJECT

public:
    using Addresses = base::Result<QList<QHostAddress>>;

    // Looks up `host` and calls `done` in the thread of `context`, unless `context` is gone by
    // then.
    using Resolver = std::function<void(const QString &host, QObject *context,
                                        std::function<void(const Addresses &)> done)>;

    explicit Connector(QObject *parent = nullptr); // asks the system
    explicit Connector(Resolver resolver, QObject *parent = nullptr);
    ~Connector() override; // cancels; nothing is signaled then

    // `host` is a name or a numeric address, an IPv6 one without brackets. `timeLimit` covers the
    // whole, looking up included.
    void start(const QString &host, quint16 port, std::chrono::milliseconds timeLimit);

    // Ends with Cancelled. Nothing happens if it has ended already.
    void cancel();

    // What came out; to be called once, after finished(). Kinds of error: HostNotFound,
    // Unreachable, TimedOut, Cancelled. `detail` has one line per address that was tried, such as
    // "192.0.2.1 port 22: Connection refused".
    [[nodiscard]] base::Result<ConnectedSocket> takeResult();

signals:
    // Once, and always from the event loop, never from inside start() or cancel().
    void finished();

private:
    void handleResolved(const Addresses &addresses);
    void handleTimeout();
    void handleAttemptEnd(ConnectAttempt &attempt);
    void startNextAttempt();
    base::Error error(base::ErrorKind kind) const;
    void finish(base::Result<ConnectedSocket> result);

    Resolver m_resolver;
    QString m_host;
    quint16 m_port = 0;
    QTimer m_deadline;
    QTimer m_stagger; // to the start of the next attempt
    QList<QHostAddress> m_untried;
    std::vector<std::unique_ptr<ConnectAttempt>> m_attempts; // in the order they were started
    std::optional<base::Result<ConnectedSocket>> m_result; // set when it has ended
};

} // namespace net
