// HostKey: the public key by which a server proves who it is, as the bytes that travel on the wire.
//
// Two keys are the same if their bytes are. Whoever verifies the server's signature is elsewhere:
// this type names, measures and compares.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace hostkeys {

class HostKey
{
public:
    // Reads a public key blob (RFC 4253 section 6.6). Every field of a key type that we know must
    // be there, whole, with nothing behind it; of other types only the name is looked at.
    // Fails with ProtocolViolation.
    static base::Result<HostKey> fromBlob(QByteArrayView blob);

    // The name inside the blob: "ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa". Visible ASCII, at
    // most 64 characters (RFC 4251 section 6). RSA keys are "ssh-rsa" under every signature
    // algorithm.
    const QByteArray &type() const { return m_type; }

    // The short name that OpenSSH shows to people: "ED25519", "ECDSA", "RSA". type() if it has
    // none.
    QString label() const;

    // Size as ssh-keygen counts it; 0 for a type that we do not know.
    int bits() const;

    const QByteArray &blob() const { return m_blob; }

    friend bool operator==(const HostKey &, const HostKey &) = default;

private:
    HostKey(QByteArray type, QByteArray blob);

    QByteArray m_type;
    QByteArray m_blob;
};

} // namespace hostkeys
