// Unlocking a private-key file of any format that Ponto knows.

#pragma once

#include "keys/PrivateKey.h"

#include <QString>

namespace keys {

// Reads and decrypts. The passphrase may be empty if the file is not encrypted. Fails as
// KeyFile::read() does, and with WrongPassphrase. May take seconds: key derivation is made to be
// slow. From any thread.
base::Result<PrivateKey, KeyFileError> unlockKeyFile(const QString &path,
                                                     const base::SecretString &passphrase);

} // namespace keys
