// One pass of a cipher of OpenSSL over all of a secret. Used by the readers and writers of key
// files.

#pragma once

#include "base/SecretString.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace keys {

struct CipherKey
{
    QByteArrayView key;
    QByteArrayView iv; // may be empty: zeros
};

// `cipher` is OpenSSL's name: "AES-256-CBC". Without padding, so that block ciphers want whole
// blocks. Nothing if the sizes do not fit the cipher.
std::optional<base::SecretString> decrypted(const char *cipher, const CipherKey &key,
                                            QByteArrayView bytes);
std::optional<QByteArray> encrypted(const char *cipher, const CipherKey &key, QByteArrayView bytes);

} // namespace keys
