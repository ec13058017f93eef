// PemKey: private keys in the formats of OpenSSL: PEM (RFC 1421 with "RSA PRIVATE KEY" and "EC
// PRIVATE KEY") and PKCS#8 (RFC 5958), encrypted or not.

#pragma once

#include "keys/OpenSslHandles.h"
#include "keys/PrivateKey.h"

namespace keys {

// `text` is all of the file. Fails with WrongPassphrase, Damaged, and UnsupportedKey for a type or
// an effort of decryption that we do not accept.
base::Result<PrivateKey, KeyFileError> unlockPemKey(QByteArrayView text,
                                                    const base::SecretString &passphrase);

// RSA, EC on a curve of RFC 5656, Ed25519.
base::Result<PrivateKey, KeyFileError> privateKeyOf(const EVP_PKEY &key);

} // namespace keys
