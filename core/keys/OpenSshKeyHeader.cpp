#include "keys/OpenSshKeyHeader.h"

#include "base/WireReader.h"
#include "keys/ShellWord.h"

#include <algorithm>
#include <array>
#include <optional>

namespace keys {
namespace {

using Reason = KeyFileError::Reason;

constexpr QByteArrayView magic("openssh-key-v1\0", 15);

// What libssh 0.11 decrypts. It follows a null pointer on the AEAD ciphers aes256-gcm@openssh.com
// and chacha20-poly1305@openssh.com, hence a list of what is allowed, not of what is forbidden.
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
    if (reader.bytes(magic.size()) != magic) {
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

// The work factor of "bcrypt", whose options are a salt (string) and the rounds (uint32).
std::optional<quint32> roundsOf(QByteArrayView options)
{
    base::WireReader reader(options);
    return reader.string().and_then([&reader](QByteArrayView) { return reader.uint32(); });
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
    const auto rounds = roundsOf(fields.derivationOptions);
    if (fields.derivation != "bcrypt" || !rounds) {
        return failure(Reason::Damaged, QStringLiteral("The key's header is damaged."));
    }
    if (*rounds > roundsLimit) {
        return failure(Reason::UnsupportedKey,
                       QStringLiteral("The passphrase is protected by %1 rounds, more than %2.")
                           .arg(*rounds)
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
    return OpenSshKeyHeader{fields->cipher.toByteArray(), keyType->toByteArray(),
                            fields->publicBlob.toByteArray()};
}

} // namespace keys
