// KeyWriter: private keys into files, whole or not at all, and readable by their owner alone.

#pragma once

#include "keys/PrivateKey.h"

#include <QString>

namespace keys {

// Writes `path` (0600) and `path`.pub (0644) in OpenSSH's format, encrypted unless `passphrase` is
// empty. Neither may exist: nothing is ever overwritten, not even if somebody makes the file at the
// same time. A missing directory is made (0700), its parents are not. Fails with AlreadyExists, or
// as errno says. May take 0.5 s. From any thread.
base::Result<void> writeNewKey(const QString &path, const PrivateKey &key,
                               const base::SecretString &passphrase);

// Replaces the file at `path`, or the one that a symbolic link there leads to, in one step; the
// public half stays as it is. Otherwise as above.
base::Result<void> rewriteKey(const QString &path, const PrivateKey &key,
                              const base::SecretString &passphrase);

// Writes the public half to `path` (0644), which must not exist.
base::Result<void> writePublicKey(const QString &path, const PrivateKey &key);

} // namespace keys
