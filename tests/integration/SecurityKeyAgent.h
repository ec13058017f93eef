// SecurityKeyAgent: an agent with one Ed25519 key of a FIDO security device, which signs when the
// test touches it.
//
// ssh-agent itself needs a real device for such keys. Key and signature are as PROTOCOL.u2f of
// OpenSSH describes them, and a real sshd accepts them. Serves on the thread of its owner, whose
// event loop must run.

#pragma once

#include <QByteArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTemporaryDir>

#include <openssl/evp.h>

#include <memory>

namespace tests {

class SecurityKeyAgent final : public QObject
{
    Q_OBJECT

public:
    SecurityKeyAgent();
    ~SecurityKeyAgent() override;

    QString socketPath() const;
    QByteArray publicBlob() const { return m_blob; }
    QByteArray publicLine() const; // for authorized_keys

    bool isWaitingForTouch() const { return m_waiting != nullptr; }
    void touch(); // signs what is waiting
    void refuse(); // nobody touched it

private:
    void serve(QLocalSocket *client);
    QByteArray signatureOf(QByteArrayView data) const;

    struct FreeKey
    {
        void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    };

    QTemporaryDir m_directory;
    QLocalServer m_server;
    std::unique_ptr<EVP_PKEY, FreeKey> m_key;
    QByteArray m_blob;
    QPointer<QLocalSocket> m_waiting;
    QByteArray m_toBeSigned;
};

} // namespace tests
