// PuttyKeys: private keys in PuTTY's format, made by the real puttygen from those of ssh-keygen.

#pragma once

#include "tests/support/TestKeys.h"

namespace tests {

struct PuttySpec
{
    int version = 3;
    QString passphrase = {}; // empty: the file is not encrypted
    QString derivation = QStringLiteral("argon2id"); // of version 3; argon2i and argon2d as well
    QString comment = QStringLiteral("made for a test");
};

// Writes `file` with the key of `pair`, which has no passphrase; mode 0600.
[[nodiscard]] base::Result<void> convertToPutty(const KeyPair &pair, const QString &file,
                                                const PuttySpec &spec = {});

} // namespace tests
