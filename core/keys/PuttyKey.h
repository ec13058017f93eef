// PuttyKey: a private key in PuTTY's format (PPK) of version 2 or 3.
//
// The format is described in appendix C of PuTTY's manual. All of it is checked by its MAC, the
// comment included, but anybody can make a file: nothing in it is trusted.

#pragma once

#include "keys/PrivateKey.h"

#include <QByteArray>
#include <QByteArrayView>

namespace keys {

class PuttyKey
{
public:
    static constexpr QByteArrayView beginning{"PuTTY-User-Key-File-"};

    // Fails with Damaged, and with UnsupportedKey for a version, type or effort of decryption that
    // we do not accept.
    static base::Result<PuttyKey, KeyFileError> parse(QByteArrayView text);

    const QByteArray &type() const { return m_type; } // "ssh-ed25519"
    const QByteArray &publicBlob() const { return m_publicBlob; }
    const QByteArray &comment() const { return m_comment; }
    bool isEncrypted() const { return m_isEncrypted; }

    // Fails with WrongPassphrase or Damaged, which look alike where there is a passphrase. Takes as
    // long as the file's key derivation does: 0.1 s as PuTTYgen makes them, 15 s at worst.
    base::Result<PrivateKey, KeyFileError> unlock(const base::SecretString &passphrase) const;

private:
    class Reader;

    // The parameters of version 3.
    struct Derivation
    {
        QByteArray function; // "ARGON2ID", as OpenSSL calls it
        quint32 memoryKib = 0;
        quint32 passes = 0;
        quint32 parallelism = 0;
        QByteArray salt;
    };

    struct Keys;
    Keys keysFor(const base::SecretString &passphrase) const;
    base::SecretString derived(const base::SecretString &passphrase) const;
    QByteArray macOf(QByteArrayView plainText, const base::SecretString &macKey) const;
    base::Result<PrivateKey, KeyFileError> keyOf(QByteArrayView plainText) const;

    int m_version = 0;
    bool m_isEncrypted = false;
    QByteArray m_type;
    QByteArray m_encryption; // "aes256-cbc" or "none"
    QByteArray m_comment; // bytes in whatever encoding its computer had
    QByteArray m_publicBlob;
    Derivation m_derivation;
    base::SecretString m_privateBlob;
    QByteArray m_mac;
};

} // namespace keys
