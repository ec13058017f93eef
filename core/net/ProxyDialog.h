// ProxyDialog: what is said between us and a proxy until it has connected us, without any socket.
//
// Everything that the proxy says is hostile: each field is checked as it comes, and no answer may
// be longer than it has a right to be. Used by ProxyNegotiation.

#pragma once

#include "base/Error.h"
#include "base/ProxyAddress.h"
#include "base/SecretString.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>

namespace net {

struct ProxyTarget
{
    QString host; // a name, which the proxy looks up, or a numeric address
    quint16 port = 0;
};

class ProxyDialog
{
public:
    enum class State {
        Talking,
        Connected, // the next byte from the proxy is the server's
        LoginNeeded, // the proxy wants a password, or another one: it needs a new connection
        Failed,
    };

    // `password` is sent if the proxy asks for it; absent if the user was not asked yet.
    static std::unique_ptr<ProxyDialog> create(const base::ProxyAddress &proxy,
                                               const ProxyTarget &target,
                                               const std::optional<base::SecretString> &password);

    virtual ~ProxyDialog();
    Q_DISABLE_COPY_MOVE(ProxyDialog)

    // Says the first words, or fails if the target can not be named to such a proxy.
    virtual void start() = 0;

    // Takes from the front of `bytes` what belongs to the proxy's answers, which is all while it
    // is Talking, and returns how much that was.
    qsizetype take(QByteArrayView bytes);

    // What is to be sent now; empty if nothing is. May hold a password: to be wiped.
    QByteArray takeOutput();

    State state() const { return m_state; }

    // Of Failed: ProxyRefused, or AuthenticationFailed if there is no user for the login that the
    // proxy wants. `subject` is the proxy as "host:port".
    const base::Error &error() const { return m_error; }

protected:
    explicit ProxyDialog(const base::ProxyAddress &proxy);

    // One byte of an answer.
    virtual void takeByte(char byte) = 0;

    void say(QByteArray &&bytes); // wipes `bytes`
    void fail(const QString &why, base::ErrorKind kind = base::ErrorKind::ProxyRefused);
    void demandLogin();
    void connected() { m_state = State::Connected; }
    const base::ProxyAddress &proxy() const { return m_proxy; }

private:
    base::ProxyAddress m_proxy;
    State m_state = State::Talking;
    QByteArray m_output;
    base::Error m_error;
};

} // namespace net
