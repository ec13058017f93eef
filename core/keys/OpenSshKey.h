// OpenSshKey: private keys in OpenSSH's own format (PROTOCOL.key of its sources), read with their
// passphrase, and written.

#pragma once

#include "keys/PrivateKey.h"

#include <QString>

namespace keys {

// `container` is the file's content between its BEGIN and END lines, base64 decoded. `path` is for
// the advice in an error alone. Errors are those of OpenSshKeyHeader::parse() and of PrivateKey,
// and WrongPassphrase. Takes as long as the file's bcrypt rounds do.
base::Result<PrivateKey, KeyFileError> unlockOpenSshKey(QByteArrayView container,
                                                        const QString &path,
                                                        const base::SecretString &passphrase);

// The text of a key file, with BEGIN and END lines. With an empty passphrase it is not encrypted;
// else by aes256-ctr and 24 rounds, as ssh-keygen of OpenSSH 10.0 does, in some 0.2 s.
base::SecretString openSshText(const PrivateKey &key, const base::SecretString &passphrase = {});

} // namespace keys
