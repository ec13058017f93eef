#include "keys/OpenSshKeyHeader.h"

#include "base/WireReader.h"
#include "keys/ShellWord.h"

#include <algorithm>
#include <array>
#include <optional>

namespace keys {
namespace {

using Reason = KeyFileError::Reason;

// What OpenSshKey decrypts. libssh 0.11 follows a null pointer on the AEAD ciphers
// aes256-gcm@openssh.com and chacha20-poly1305@openssh.com, and so do other programs that use it:
// their owner is told how to get rid of them.
constexpr std::array<QByteArrayView, 8> knownCiphers{
    "none",       "aes128-ctr", "aes192-ctr", "aes256-ctr",
    "aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc",
};

// ssh-keygen writes 24 unless told otherwise by -a. Sixteen rounds take some 0.1 s: a file that
// asks for millions would hold the login for hours.
constexpr quint32 roundsLimit = 2048;

struct Fields
{
    QByteArrayView cipher;
    QByteArrayView derivation;
    QByteArrayView derivationOptions;
    quint32 keyCount = 0;
    QByteArrayView publicBlob;
    QByteArrayView privateSection;
};

std::optional<Fields> readFields(QByteArrayView container)
{
    base::WireReader reader(container);
    if (reader.bytes(OpenSshKeyHeader::magic.size()) != OpenSshKeyHeader::magic) {
        return std::nullopt;
    }
    const auto cipher = reader.string();
    const auto derivation = reader.string();
    const auto options = reader.string();
    const auto keyCount = reader.uint32();
    const auto publicBlob = reader.string();
    const auto privateSection = reader.string();
    if (!cipher || !derivation || !options || !keyCount || !publicBlob || !privateSection) {
        return std::nullopt;
    }
    return Fields{*cipher, *derivation, *options, *keyCount, *publicBlob, *privateSection};
}

// The options of "bcrypt". None if they are not whole.
struct BcryptOptions
{
    QByteArrayView salt;
    quint32 rounds = 0;
};

BcryptOptions bcryptOptions(QByteArrayView options)
{
    base::WireReader reader(options);
    const auto salt = reader.string();
    const auto rounds = reader.uint32();
    return salt && rounds ? BcryptOptions{*salt, *rounds} : BcryptOptions();
}

base::Failure<KeyFileError> failure(Reason reason, QString detail)
{
    return base::Failure(KeyFileError{reason,
                                      {.kind = base::ErrorKind::Unsupported,
                                       .operation = {},
                                       .subject = {},
                                       .detail = std::move(detail)}});
}

base::Result<void, KeyFileError> checkEncryption(const Fields &fields, const QString &path)
{
    if (std::ranges::find(knownCiphers, fields.cipher) == knownCiphers.end()) {
        return failure(Reason::UnsupportedCipher,
                       QStringLiteral("The key is encrypted with %1. This command encrypts it so "
                                      "that it can be used: ssh-keygen -p -Z aes256-ctr -f %2")
                           .arg(QString::fromLatin1(fields.cipher), shellWord(path)));
    }
    if (fields.cipher == "none") {
        return {};
    }
    const BcryptOptions options = bcryptOptions(fields.derivationOptions);
    if (fields.derivation != "bcrypt" || options.salt.isEmpty() || options.rounds == 0) {
        return failure(Reason::Damaged, QStringLiteral("The key's header is damaged."));
    }
    if (options.rounds > roundsLimit) {
        return failure(Reason::UnsupportedKey,
                       QStringLiteral("The passphrase is protected by %1 rounds, more than %2.")
                           .arg(options.rounds)
                           .arg(roundsLimit));
    }
    return {};
}

} // namespace

base::Result<OpenSshKeyHeader, KeyFileError> OpenSshKeyHeader::parse(QByteArrayView container,
                                                                     const QString &path)
{
    const auto fields = readFields(container);
    if (!fields) {
        return failure(Reason::Damaged, QStringLiteral("The key is damaged or not complete."));
    }
    if (const auto checked = checkEncryption(*fields, path); !checked) {
        return base::Failure(checked.error());
    }
    const auto keyType = base::WireReader(fields->publicBlob).string();
    if (fields->keyCount != 1 || !keyType || keyType->isEmpty()) {
        return failure(Reason::Damaged,
                       QStringLiteral("The file must hold one key, and name its type."));
    }
    const BcryptOptions options = bcryptOptions(fields->derivationOptions);
    return OpenSshKeyHeader{.cipher = fields->cipher.toByteArray(),
                            .salt = options.salt.toByteArray(),
                            .rounds = options.rounds,
                            .keyType = keyType->toByteArray(),
                            .publicBlob = fields->publicBlob.toByteArray(),
                            .privateSection = fields->privateSection};
}

} // namespace keys
