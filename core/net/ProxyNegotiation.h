// ProxyNegotiation: leads a ProxyDialog on the socket that is connected to the proxy.
//
// Takes not one byte more from the socket than the proxy's answers have: what follows is the
// server's, and is for libssh.

#pragma once

#include "base/UniqueFd.h"
#include "net/ProxyDialog.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <variant>

namespace net {

class ProxyNegotiation final : public QObject
{
    Q_OBJECT

public:
    struct LoginNeeded // of another connection: this one is over
    {
    };
    using Outcome = std::variant<base::UniqueFd, LoginNeeded, base::Error>;

    // `socket` is non-blocking.
    ProxyNegotiation(base::UniqueFd socket, const base::ProxyAddress &proxy,
                     const ProxyTarget &target, const std::optional<base::SecretString> &password,
                     QObject *parent = nullptr);
    ~ProxyNegotiation() override; // gives up; nothing is signaled then

    // `timeLimit` covers the whole, the proxy's own connecting included.
    void start(std::chrono::milliseconds timeLimit);

    // The socket, connected to the target; or why not, as ProxyDialog says, or TimedOut or
    // ProxyRefused if the proxy hung up. To be called once, after finished().
    [[nodiscard]] Outcome takeOutcome();

signals:
    // Once, and always from the event loop, never from inside start().
    void finished();

private:
    void handleReadable();
    void send();
    void conclude();
    void finish(Outcome outcome);
    void fail(base::ErrorKind kind, const QString &detail);

    base::ProxyAddress m_proxy;
    std::unique_ptr<ProxyDialog> m_dialog;
    base::UniqueFd m_socket;
    QTimer m_deadline;
    std::unique_ptr<QSocketNotifier> m_readable; // declared after the socket: they go first
    std::unique_ptr<QSocketNotifier> m_writable;
    QByteArray m_unsent;
    std::optional<Outcome> m_outcome;
};

} // namespace net
