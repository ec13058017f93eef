// TestKeys: key pairs and certificates made by the real ssh-keygen, for one test.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace tests {

enum class KeyType { Ed25519, Ecdsa, Rsa };

// The key type's name in SSH (RFC 8332, 5656, 8709) as it stands in a public line.
QByteArray sshName(KeyType type);

struct KeySpec
{
    KeyType type = KeyType::Ed25519;
    int bits = 0; // 0: 2048 for RSA (quick to make), 256 for ECDSA; Ed25519 has no choice
    QString passphrase = {}; // empty: the file is not encrypted
    QString comment = QStringLiteral("made for a test");
    QStringList moreArguments = {}; // for ssh-keygen, for example {"-m", "PEM"}
};

struct KeyPair
{
    QString privateFile; // mode 0600; the public half is beside it, with ".pub"
    QByteArray publicLine; // "ssh-ed25519 AAAA... comment", without the newline

    QByteArray publicBlob() const; // the bytes that the base64 part stands for
};

// Writes `privateFile` and `privateFile`.pub. An existing pair is replaced.
[[nodiscard]] base::Result<KeyPair> generateKey(const QString &privateFile,
                                                const KeySpec &spec = {});

struct CertificateSpec
{
    enum class Kind { User, Host };

    Kind kind = Kind::User;
    QStringList principals = {}; // user or host names; empty: valid for all
    QString validity = QStringLiteral("always:forever"); // as for `ssh-keygen -V`
    QStringList moreArguments = {}; // for ssh-keygen, for example {"-O", "no-pty"}
};

// Signs the pair's public key and returns the certificate's file, `privateFile`-cert.pub.
[[nodiscard]] base::Result<QString> certify(const KeyPair &pair, const KeyPair &authority,
                                            const CertificateSpec &spec = {});

} // namespace tests
