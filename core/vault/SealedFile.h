// SealedFile: the bytes of the encrypted file of secrets, and the key that opens it. Pure
// functions; EncryptedFileStore reads and writes the file.
//
// Format 1. Numbers are big-endian, lengths in bytes:
//
//   offset length
//        0      8  "PontoSec"
//        8      4  version of the format: 1
//       12      1  how the key is derived: 1, scrypt (RFC 7914)
//       13      1  log2 of scrypt's N: 15 to 20
//       14      4  scrypt's r: 8
//       18      4  scrypt's p: 1
//       22     16  scrypt's salt, chosen with the master password
//       38     16  bytes 32 to 47 of scrypt's output: tells a wrong password from a damaged file
//       54     12  nonce, chosen anew each time the file is written
//       66    ...  AES-256-GCM (NIST SP 800-38D); key: bytes 0 to 31 of scrypt's output;
//                  additional data: bytes 0 to 65
//      end     16  authentication tag
//
// The password goes into scrypt as UTF-8. Encrypted is: the number of entries (4), for each entry
// its title (SecretId::title(), UTF-8) and its secret (UTF-8), both as a length (4) and that many
// bytes, then zeros up to a multiple of 1024, so that the size of the file tells little. Entries
// with titles that this version does not understand are kept.

#pragma once

#include "base/Result.h"
#include "base/SecretString.h"
#include "vault/SecretBytes.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

namespace vault {

// How a password becomes a key.
struct KeyDerivation
{
    quint8 log2N = 17; // 128 MiB and a third of a second on a desktop of 2024
    QByteArray salt; // 16 bytes

    // With a new salt.
    static KeyDerivation create();

    friend bool operator==(const KeyDerivation &, const KeyDerivation &) = default;
};

struct SealedEntry
{
    QString title;
    base::SecretString secret;
};

class SealingKey
{
public:
    // Takes about a third of a second: not for the UI thread. Fails with Internal if OpenSSL does,
    // for lack of memory above all.
    static base::Result<SealingKey> derive(const base::SecretString &password,
                                           const KeyDerivation &derivation);

    const KeyDerivation &derivation() const { return m_derivation; }

    // The whole file with these entries. Fails with Internal if OpenSSL does.
    base::Result<QByteArray> seal(const QList<SealedEntry> &entries) const;

    // PermissionDenied: this is not its key. ProtocolViolation: it was damaged or tampered with.
    // Unsupported: a newer Ponto wrote it.
    base::Result<QList<SealedEntry>> open(QByteArrayView file) const;

private:
    SealingKey(KeyDerivation derivation, SecretBytes output);

    KeyDerivation m_derivation;
    SecretBytes m_output; // of scrypt: the key, and what tells whether it is the right one
};

// How the key of this file is to be derived. ProtocolViolation: it is no such file, or damaged.
// Unsupported: a newer Ponto wrote it.
base::Result<KeyDerivation> derivationOf(QByteArrayView file);

} // namespace vault
