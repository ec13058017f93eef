// KeyGenerator: new private keys, made by OpenSSL.

#pragma once

#include "keys/PrivateKey.h"

#include <QByteArray>

namespace keys {

struct KeyRequest
{
    enum class Type { Ed25519, Ecdsa, Rsa };

    static constexpr int fewestRsaBits = 3072; // NIST SP 800-57: until 2030 and beyond

    Type type = Type::Ed25519;
    int bits = 0; // 0: as usual, 256 for ECDSA, 3072 for RSA. ECDSA: 256, 384 or 521
    QByteArray comment = {};
};

// Empty if such a key can be made, else why not, in one sentence.
QString problemOf(const KeyRequest &request);

// `request` has no problem. RSA takes seconds. From any thread; Internal if OpenSSL fails.
base::Result<PrivateKey> generateKey(const KeyRequest &request);

// What ssh-keygen would write: "user@host".
QByteArray usualComment();

} // namespace keys
