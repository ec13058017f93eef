#include "keys/OpenSshKey.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "keys/BcryptDerivation.h"
#include "keys/Cipher.h"
#include "keys/OpenSshKeyHeader.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace keys {
namespace {

using Reason = KeyFileError::Reason;

struct CipherSpec
{
    QByteArrayView name; // in the file
    const char *openSslName;
    qsizetype keyBytes;
    qsizetype blockBytes; // the IV's size too
};

constexpr std::array ciphers{
    CipherSpec{"aes128-ctr", "AES-128-CTR", 16, 16},
    CipherSpec{"aes192-ctr", "AES-192-CTR", 24, 16},
    CipherSpec{"aes256-ctr", "AES-256-CTR", 32, 16},
    CipherSpec{"aes128-cbc", "AES-128-CBC", 16, 16},
    CipherSpec{"aes192-cbc", "AES-192-CBC", 24, 16},
    CipherSpec{"aes256-cbc", "AES-256-CBC", 32, 16},
    CipherSpec{"3des-cbc", "DES-EDE3-CBC", 24, 8},
};
constexpr const CipherSpec &writtenCipher = ciphers[2];
constexpr quint32 writtenRounds = 24;
constexpr qsizetype saltBytes = 16;
constexpr qsizetype plainBlockBytes = 8; // of the cipher "none"
constexpr qsizetype roomBytes = qsizetype{64} * 1024; // more than the largest key takes
constexpr qsizetype lineLength = 70;

base::Failure<KeyFileError> failure(Reason reason, const QString &detail)
{
    return base::Failure(KeyFileError{
        reason,
        {.kind = base::ErrorKind::Unsupported, .operation = {}, .subject = {}, .detail = detail}});
}

base::Failure<KeyFileError> damaged()
{
    return failure(Reason::Damaged, QStringLiteral("The key is damaged or not complete."));
}

base::Failure<KeyFileError> wrongPassphrase()
{
    return failure(Reason::WrongPassphrase, QStringLiteral("The passphrase is wrong."));
}

std::optional<base::SecretString> runCipher(const CipherSpec &spec,
                                            const base::SecretString &secret, QByteArrayView bytes)
{
    const QByteArrayView both = secret.bytes();
    return decrypted(spec.openSslName,
                     {.key = both.first(spec.keyBytes), .iv = both.sliced(spec.keyBytes)}, bytes);
}

base::Result<base::SecretString, KeyFileError> openSection(const OpenSshKeyHeader &header,
                                                           const base::SecretString &passphrase)
{
    if (header.cipher == "none") {
        return base::SecretString::fromUtf8(
            QByteArray(header.privateSection.data(), header.privateSection.size()));
    }
    const auto *const spec = std::ranges::find(ciphers, header.cipher, &CipherSpec::name);
    if (spec == ciphers.end() || header.salt.isEmpty()) {
        return damaged();
    }
    if (passphrase.isEmpty()) {
        return wrongPassphrase();
    }
    const base::SecretString key = deriveWithBcrypt(passphrase, header.salt, header.rounds,
                                                    spec->keyBytes + spec->blockBytes);
    const auto section = runCipher(*spec, key, header.privateSection);
    return section ? base::Result<base::SecretString, KeyFileError>(*section) : damaged();
}

// The fields of a key have no length in front: what they are tells the type.
qsizetype fieldCountOf(QByteArrayView type)
{
    if (type == "ssh-rsa") {
        return 6;
    }
    return type == "ssh-ed25519" ? 2 : 3; // ECDSA; PrivateKey refuses all others
}

base::Result<PrivateKey, KeyFileError> parseSection(QByteArrayView section,
                                                    const OpenSshKeyHeader &header)
{
    base::WireReader reader(section);
    const auto check = reader.uint32();
    const auto checkAgain = reader.uint32();
    if (!check || check != checkAgain) {
        return header.cipher == "none" ? damaged() : wrongPassphrase();
    }
    const auto type = reader.string();
    const QByteArrayView start = reader.rest();
    for (qsizetype i = 0; type && i < fieldCountOf(*type); ++i) {
        if (!reader.string()) {
            return PrivateKey::fromFields(*type, {}); // says why, if the type is not known
        }
    }
    const QByteArrayView fields = start.first(start.size() - reader.rest().size());
    const auto comment = reader.string();
    if (!type) {
        return damaged();
    }
    return PrivateKey::fromFields(*type, fields)
        .and_then([&](const PrivateKey &key) -> PrivateKey::Made {
            if (!comment || key.publicBlob() != header.publicBlob) {
                return damaged();
            }
            return key.withComment(comment->toByteArray());
        });
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes;
}

base::SecretString sectionOf(const PrivateKey &key, qsizetype blockBytes)
{
    const quint32 check = QRandomGenerator::system()->generate();
    base::WireWriter section;
    section.reserve(roomBytes).uint32(check).uint32(check);
    section.string(key.type()).bytes(key.fields().bytes()).string(key.comment());
    for (quint8 padding = 1; section.size() % blockBytes != 0; ++padding) {
        section.byte(padding);
    }
    return base::SecretString::fromUtf8(section.take());
}

base::SecretString armor(const base::SecretString &container)
{
    QByteArray base64 = container.bytes().toByteArray().toBase64();
    QByteArray text;
    text.reserve(2 * base64.size() + roomBytes);
    text += "-----BEGIN OPENSSH PRIVATE KEY-----\n";
    for (qsizetype start = 0; start < base64.size(); start += lineLength) {
        text.append(
            QByteArrayView(base64).sliced(start, std::min(lineLength, base64.size() - start)));
        text += '\n';
    }
    text += "-----END OPENSSH PRIVATE KEY-----\n";
    base64.fill('\0');
    return base::SecretString::fromUtf8(std::move(text));
}

} // namespace

base::Result<PrivateKey, KeyFileError> unlockOpenSshKey(QByteArrayView container,
                                                        const QString &path,
                                                        const base::SecretString &passphrase)
{
    const auto header = OpenSshKeyHeader::parse(container, path);
    if (!header) {
        return base::Failure(header.error());
    }
    return openSection(*header, passphrase).and_then([&header](const base::SecretString &section) {
        return parseSection(section.bytes(), *header);
    });
}

base::SecretString openSshText(const PrivateKey &key, const base::SecretString &passphrase)
{
    const bool isEncrypted = !passphrase.isEmpty();
    const base::SecretString section
        = sectionOf(key, isEncrypted ? writtenCipher.blockBytes : plainBlockBytes);
    base::WireWriter container;
    container.reserve(roomBytes).bytes(OpenSshKeyHeader::magic);
    if (isEncrypted) {
        const QByteArray salt = randomBytes(saltBytes);
        const base::SecretString secret = deriveWithBcrypt(
            passphrase, salt, writtenRounds, writtenCipher.keyBytes + writtenCipher.blockBytes);
        const auto closed = encrypted(writtenCipher.openSslName,
                                      {.key = secret.bytes().first(writtenCipher.keyBytes),
                                       .iv = secret.bytes().sliced(writtenCipher.keyBytes)},
                                      section.bytes());
        Q_ASSERT(closed); // whole blocks, and a cipher that OpenSSL has
        container.string(writtenCipher.name).string("bcrypt");
        container.string(base::WireWriter().string(salt).uint32(writtenRounds).take());
        container.uint32(1).string(key.publicBlob()).string(*closed);
    } else {
        container.string("none").string("none").string({}).uint32(1);
        container.string(key.publicBlob()).string(section.bytes());
    }
    return armor(base::SecretString::fromUtf8(container.take()));
}

} // namespace keys
