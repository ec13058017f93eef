// PrivateKey: an unlocked private key in memory, the same whatever kind of file it came from.
//
// A value that is only made from numbers that belong together. Used to log in, to fill an agent and
// to write key files.

#pragma once

#include "base/Result.h"
#include "base/SecretString.h"
#include "keys/KeyFileError.h"

#include <QByteArray>
#include <QByteArrayView>

namespace keys {

// Numbers are big-endian, with any number of zeros in front.
struct RsaNumbers
{
    QByteArrayView n, e, d, iqmp, p, q;
};

class PrivateKey
{
public:
    using Made = base::Result<PrivateKey, KeyFileError>;

    // Each fails with Damaged if the public half does not follow from the private one, and with
    // UnsupportedKey for an RSA key of more than 16384 bits.
    static Made rsa(const RsaNumbers &numbers);
    // `curve` is "nistp256", "nistp384" or "nistp521" (RFC 5656 section 10.1), `point` is encoded
    // without compression.
    static Made ecdsa(QByteArrayView curve, QByteArrayView point, QByteArrayView scalar);
    static Made ed25519(QByteArrayView seed); // 32 bytes, RFC 8032 section 5.1.5

    // `fields` of a key of `type`, as fields() has them and with nothing behind. Fails with
    // UnsupportedKey for a type that is none of the above.
    static Made fromFields(QByteArrayView type, QByteArrayView fields);

    const QByteArray &type() const { return m_type; } // "ssh-ed25519"
    const QByteArray &publicBlob() const { return m_publicBlob; } // RFC 4253 section 6.6

    // What follows the type in an OpenSSH key file and in a message to an agent (PROTOCOL.key of
    // OpenSSH's sources; draft-ietf-sshm-ssh-agent section 3.2).
    const base::SecretString &fields() const { return m_fields; }

    // Bytes that the owner of the key chose; no line breaks.
    const QByteArray &comment() const { return m_comment; }
    PrivateKey withComment(const QByteArray &comment) const;

    // "ssh-ed25519 AAAA... comment", without a line break.
    QByteArray publicLine() const;

private:
    PrivateKey(QByteArray type, QByteArray publicBlob, QByteArray &&fields);

    QByteArray m_type;
    QByteArray m_publicBlob;
    base::SecretString m_fields;
    QByteArray m_comment;
};

} // namespace keys
