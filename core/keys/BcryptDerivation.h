// The key derivation "bcrypt" of OpenSSH's private keys: bcrypt_pbkdf, which ssh-keygen -a tunes.
// OpenSSL does not have it.

#pragma once

#include "base/SecretString.h"

#include <QByteArrayView>

namespace keys {

// `passphrase` and `salt` are not empty, `rounds` is 1 or more: 16 take some 0.1 s.
base::SecretString deriveWithBcrypt(const base::SecretString &passphrase, QByteArrayView salt,
                                    quint32 rounds, qsizetype sizeBytes);

} // namespace keys
