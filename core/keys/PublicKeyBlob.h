// What can be read from a public key's bytes (RFC 4253 section 6.6) without a crypto library.

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace keys {

// "ssh-ed25519"; empty if `blob` is none.
QByteArray publicKeyType(QByteArrayView blob);

// True for a key that lives in a security device and needs a person's touch: its type begins with
// "sk-" (PROTOCOL.u2f of OpenSSH).
bool isOfSecurityDevice(QByteArrayView blob);

// The key inside an OpenSSH certificate (PROTOCOL.certkeys), as ssh-keygen -l looks at it; any
// other blob itself. Empty if a certificate is cut off or of a type that we do not know.
QByteArray plainKeyBlob(QByteArrayView blob);

// Of plainKeyBlob(), as `ssh-keygen -l` prints it: "SHA256:" and 43 characters. Empty without a
// key.
QString sha256Fingerprint(QByteArrayView blob);

// The key in a line of a .pub file: the second word, base64. Empty if there is none. Never waits,
// whatever `path` leads to.
QByteArray publicKeyInFile(const QString &path);

} // namespace keys
