// OpenSshKeyHeader: what an OpenSSH private key tells about itself without its passphrase.

#pragma once

#include "base/Result.h"
#include "keys/KeyFileError.h"

#include <QByteArray>
#include <QByteArrayView>

namespace keys {

// The format is in PROTOCOL.key of OpenSSH's sources.
struct OpenSshKeyHeader
{
    static constexpr QByteArrayView magic{"openssh-key-v1\0", 15};

    QByteArray cipher; // "none" if not encrypted
    QByteArray salt; // of bcrypt; empty if not encrypted
    quint32 rounds = 0; // of bcrypt; 0 if not encrypted
    QByteArray keyType; // "ssh-ed25519"
    QByteArray publicBlob; // RFC 4253 section 6.6
    QByteArrayView privateSection; // inside the container, encrypted by the cipher

    // `container` is the file's content between its BEGIN and END lines, base64 decoded. `path` is
    // for the advice in an error alone. Ciphers that libssh cannot read, or dies of, are refused.
    static base::Result<OpenSshKeyHeader, KeyFileError> parse(QByteArrayView container,
                                                              const QString &path);
};

} // namespace keys
