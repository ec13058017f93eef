#include "keys/KeyFile.h"

#include "keys/KeyFileContent.h"
#include "keys/KeyMode.h"
#include "keys/OpenSshKeyHeader.h"
#include "keys/PuttyKey.h"

#include <QFileInfo>

#include <algorithm>
#include <array>

namespace keys {
namespace {

using base::ErrorKind;
using Reason = KeyFileError::Reason;

base::Failure<KeyFileError> failure(Reason reason, ErrorKind kind, QString detail)
{
    return base::Failure(KeyFileError{
        reason, {.kind = kind, .operation = {}, .subject = {}, .detail = std::move(detail)}});
}

bool looksPublic(QByteArrayView bytes)
{
    constexpr std::array<QByteArrayView, 6> beginnings{
        "ssh-",
        "ecdsa-sha2-",
        "sk-",
        "-----BEGIN PUBLIC KEY",
        "-----BEGIN RSA PUBLIC KEY",
        "---- BEGIN SSH2 PUBLIC KEY",
    };
    return std::ranges::any_of(beginnings,
                               [bytes](QByteArrayView each) { return bytes.startsWith(each); });
}

base::Result<KeyFile, KeyFileError> openSshKey(QByteArrayView body, const QString &path)
{
    const auto container = base::SecretString::fromUtf8(
        QByteArray::fromBase64(QByteArray::fromRawData(body.data(), body.size())));
    return OpenSshKeyHeader::parse(container.bytes(), path)
        .transform([](const OpenSshKeyHeader &header) {
            const bool isEncrypted = header.cipher != "none";
            return KeyFile{.format = KeyFile::Format::OpenSsh,
                           .isEncrypted = isEncrypted,
                           .cipher = isEncrypted ? header.cipher : QByteArray(),
                           .keyType = header.keyType,
                           .publicBlob = header.publicBlob};
        });
}

base::Result<KeyFile, KeyFileError> puttyKey(QByteArrayView bytes)
{
    return PuttyKey::parse(bytes).transform([](const PuttyKey &key) {
        return KeyFile{.format = KeyFile::Format::Putty,
                       .isEncrypted = key.isEncrypted(),
                       .cipher = key.isEncrypted() ? QByteArray("aes256-cbc") : QByteArray(),
                       .keyType = key.type(),
                       .publicBlob = key.publicBlob(),
                       .comment = key.comment()};
    });
}

// RFC 1421 section 4.6: "Proc-Type: 4,ENCRYPTED", then "DEK-Info: AES-128-CBC,<salt>".
KeyFile pemKey(QByteArrayView body, const QByteArray &keyType)
{
    constexpr QByteArrayView cipherField("DEK-Info: ");
    KeyFile key{.format = KeyFile::Format::Pem, .keyType = keyType};
    key.isEncrypted = body.contains("Proc-Type: 4,ENCRYPTED");
    if (const qsizetype start = body.indexOf(cipherField); key.isEncrypted && start >= 0) {
        const QByteArrayView rest = body.sliced(start + cipherField.size());
        key.cipher = rest.first(std::max<qsizetype>(rest.indexOf(','), 0)).toByteArray();
    }
    return key;
}

base::Result<KeyFile, KeyFileError> parse(QByteArrayView bytes, const QString &path)
{
    // Looked for first: no other label may hide an OpenSSH key from the check of its cipher.
    if (const auto body = armored(bytes, "OPENSSH PRIVATE KEY")) {
        return openSshKey(*body, path);
    }
    if (const auto body = armored(bytes, "RSA PRIVATE KEY")) {
        return pemKey(*body, "ssh-rsa");
    }
    if (const auto body = armored(bytes, "EC PRIVATE KEY")) {
        return pemKey(*body, {}); // the curve is inside
    }
    if (armored(bytes, "DSA PRIVATE KEY")) {
        return failure(Reason::UnsupportedKey, ErrorKind::Unsupported,
                       QStringLiteral("DSA keys are too weak and no longer supported."));
    }
    if (armored(bytes, "PRIVATE KEY")) {
        return KeyFile{.format = KeyFile::Format::Pkcs8};
    }
    if (armored(bytes, "ENCRYPTED PRIVATE KEY")) {
        return KeyFile{.format = KeyFile::Format::Pkcs8, .isEncrypted = true};
    }
    if (bytes.startsWith(PuttyKey::beginning)) {
        return puttyKey(bytes);
    }
    if (looksPublic(bytes)) {
        return failure(Reason::PublicKey, ErrorKind::Unsupported,
                       QStringLiteral("This is a public key. The private key is needed."));
    }
    return failure(Reason::NotAKey, ErrorKind::Unsupported,
                   QStringLiteral("The file holds no private key."));
}

} // namespace

base::Result<KeyFile, KeyFileError> KeyFile::read(const QString &path, LooseMode looseMode)
{
    return KeyFileContent::load(path)
        .and_then([&](const KeyFileContent &content) -> base::Result<KeyFile, KeyFileError> {
            auto key = parse(content.bytes.bytes(), path);
            if (key && content.isLoose && looseMode == LooseMode::Refuse) {
                return base::Failure(looseModeError());
            }
            return key.transform([&](KeyFile file) {
                file.path = path;
                file.mode = content.mode;
                file.isLoose = content.isLoose;
                return file;
            });
        })
        .transform_error([&path](const KeyFileError &error) { return withPath(error, path); });
}

QStringList defaultIdentityFiles(const QString &directory)
{
    constexpr std::array names{"id_rsa", "id_ecdsa", "id_ed25519"};
    QStringList files;
    for (const char *name : names) {
        const QString path = directory + u'/' + QString::fromLatin1(name);
        if (QFileInfo::exists(path)) {
            files.append(path);
        }
    }
    return files;
}

std::optional<QString> certificateBeside(const QString &keyFile)
{
    const QString path = keyFile + QStringLiteral("-cert.pub");
    return QFileInfo::exists(path) ? std::optional(path) : std::nullopt;
}

} // namespace keys
