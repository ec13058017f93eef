// AgentClient: asks a running ssh-agent for its keys and its signatures.
//
// Used by the login, to choose a key before libssh sees any, and by the list of keys.

#pragma once

#include "base/Result.h"
#include "keys/AgentProtocol.h"

#include <QByteArray>
#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace keys {

class AgentExchange;

// Section 3.6.1 of draft-ietf-sshm-ssh-agent. None: SHA-1 for an RSA key, and for all other types
// the only signature that they have.
enum class SignatureHash : quint32 { None = 0, Sha256 = 2, Sha512 = 4 };

class AgentClient final : public QObject
{
    Q_OBJECT

public:
    // `socketPath` is what SSH_AUTH_SOCK holds.
    explicit AgentClient(QString socketPath, QObject *parent = nullptr);
    ~AgentClient() override; // what is under way ends with Cancelled

    // Kinds of error of both requests: Unreachable (no agent there), TimedOut, ConnectionLost,
    // ProtocolViolation, Cancelled, and PermissionDenied if the agent refuses, which also means
    // that it is locked or does not have the key.
    QFuture<base::Result<QList<AgentIdentity>>> identities(std::chrono::milliseconds timeLimit);

    // The signature of `data` as RFC 4253 section 6.6 encodes it. A person may have to confirm or
    // to touch a device first: `timeLimit` is to allow for that.
    QFuture<base::Result<QByteArray>> sign(QByteArrayView keyBlob, QByteArrayView data,
                                           SignatureHash hash, std::chrono::milliseconds timeLimit);

private:
    template<typename Value>
    QFuture<base::Result<Value>> ask(
        const QByteArray &request, AgentMessage expected,
        const std::function<base::Result<Value>(QByteArrayView)> &decode,
        std::chrono::milliseconds timeLimit);

    QString m_socketPath;
    std::vector<std::unique_ptr<AgentExchange>> m_exchanges; // ended ones leave at the next ask()
};

} // namespace keys
