// Connector: turns a host name into a connected TCP socket without blocking its thread.
//
// Used by ssh::SessionWorker, which hands the socket to libssh: libssh's own connect waits for the
// name server and tries addresses one after the other.

#pragma once

#include "base/AddressFamily.h"
#include "base/Result.h"
#include "base/UniqueFd.h"
#include "net/IpAddress.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
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

    // Numeric, an IPv6 zone included: "192.0.2.1", "fe80::1%eth0". Empty if it is not known,
    // because somebody in between has looked it up.
    QString peerAddress;
    quint16 port = 0;
};

// Where to connect to, and how.
struct Endpoint
{
    QString host; // a name or a numeric address, an IPv6 one without brackets
    quint16 port = 0;
    base::AddressFamily family = base::AddressFamily::Any;
    QString bindAddress; // numeric, the address of ours to connect from; empty: the system's choice
};

// Tries all addresses of a host in the manner of RFC 8305 ("Happy Eyeballs"). For one use: a
// second connection takes a second Connector.
class Connector final : public QObject
{
    Q_OBJECT

public:
    using Addresses = base::Result<QList<IpAddress>>;

    // Looks up `host` and calls `done` in the thread of `context`, unless `context` is gone by
    // then.
    using Resolver = std::function<void(const QString &host, QObject *context,
                                        std::function<void(const Addresses &)> done)>;

    explicit Connector(QObject *parent = nullptr); // asks the system
    explicit Connector(Resolver resolver, QObject *parent = nullptr);
    ~Connector() override; // cancels; nothing is signaled then

    // `timeLimit` covers the whole, looking up included.
    void start(const Endpoint &endpoint, std::chrono::milliseconds timeLimit);

    // Ends with Cancelled. Nothing happens if it has ended already.
    void cancel();

    // What came out; to be called once, after finished(). Kinds of error: HostNotFound,
    // Unreachable, TimedOut, Cancelled, InvalidName for a bind address that is none. `detail` has
    // one line per address, such as "192.0.2.1 port 22: Connection refused", or why it was not
    // tried.
    [[nodiscard]] base::Result<ConnectedSocket> takeResult();

signals:
    // Once, and always from the event loop, never from inside start() or cancel().
    void finished();

private:
    void handleResolved(const Addresses &addresses);
    bool isWanted(const IpAddress &address) const;
    void fillQueue(const QList<IpAddress> &addresses);
    void handleTimeout();
    void handleAttemptEnd(ConnectAttempt &attempt);
    void startNextAttempt();
    base::Error error(base::ErrorKind kind) const;
    void finish(base::Result<ConnectedSocket> result);

    Resolver m_resolver;
    QString m_host;
    quint16 m_port = 0;
    base::AddressFamily m_family = base::AddressFamily::Any;
    std::optional<IpAddress> m_source; // absent: the system's choice
    QTimer m_deadline;
    QTimer m_stagger; // to the start of the next attempt
    QList<IpAddress> m_untried;
    QStringList m_unwanted; // one line for each address of another family
    std::vector<std::unique_ptr<ConnectAttempt>> m_attempts; // in the order they were started
    std::optional<base::Result<ConnectedSocket>> m_result; // set when it has ended
};

} // namespace net
