#include "keys/KeyGenerator.h"

#include "keys/OpenSslHandles.h"
#include "keys/PemKey.h"

#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace keys {
namespace {

constexpr int usualEcdsaBits = 256;
constexpr int mostRsaBits = 16384;

PkeyHandle generate(const KeyRequest &request)
{
    switch (request.type) {
    case KeyRequest::Type::Ed25519:
        return PkeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    case KeyRequest::Type::Ecdsa: {
        const int bits = request.bits == 0 ? usualEcdsaBits : request.bits;
        const QByteArray curve = "P-" + QByteArray::number(bits);
        return PkeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.constData()));
    }
    case KeyRequest::Type::Rsa: {
        const int bits = request.bits == 0 ? KeyRequest::fewestRsaBits : request.bits;
        return PkeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<size_t>(bits)));
    }
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString problemOf(const KeyRequest &request)
{
    const int bits = request.bits;
    switch (request.type) {
    case KeyRequest::Type::Ed25519:
        return bits == 0 || bits == 256 ? QString()
                                        : QStringLiteral("Ed25519 keys always have 256 bits.");
    case KeyRequest::Type::Ecdsa:
        return bits == 0 || bits == 256 || bits == 384 || bits == 521
            ? QString()
            : QStringLiteral("ECDSA keys have 256, 384 or 521 bits.");
    case KeyRequest::Type::Rsa:
        return bits == 0 || (bits >= KeyRequest::fewestRsaBits && bits <= mostRsaBits)
            ? QString()
            : QStringLiteral("RSA keys must have between %1 and %2 bits.")
                  .arg(KeyRequest::fewestRsaBits)
                  .arg(mostRsaBits);
    }
    Q_UNREACHABLE_RETURN({});
}

base::Result<PrivateKey> generateKey(const KeyRequest &request)
{
    const PkeyHandle made = generate(request);
    const auto key = made ? privateKeyOf(*made) : PrivateKey::fromFields({}, {});
    if (!key) {
        return base::Failure(base::Error{.kind = base::ErrorKind::Internal,
                                         .operation = QStringLiteral("generate key"),
                                         .subject = {},
                                         .detail = QStringLiteral("OpenSSL made no key.")});
    }
    return key->withComment(request.comment);
}

QByteArray usualComment()
{
    const passwd *user = ::getpwuid(::getuid());
    const QByteArray name = user != nullptr ? QByteArray(user->pw_name) : QByteArray("user");
    return name + '@' + QSysInfo::machineHostName().toUtf8();
}

} // namespace keys
