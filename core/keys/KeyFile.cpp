#include "keys/KeyFile.h"

#include "base/UniqueFd.h"
#include "keys/OpenSshKeyHeader.h"
#include "keys/ShellWord.h"

#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

#include <fcntl.h>
#include <string.h> // explicit_bzero
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace keys {
namespace {

using base::ErrorKind;
using Reason = KeyFileError::Reason;

constexpr qsizetype sizeLimit = qsizetype{1024} * 1024; // an RSA key of 16384 bits takes 13 KiB
constexpr mode_t forOthers = S_IRWXG | S_IRWXO;

struct Content
{
    QByteArray bytes;
    bool isLoose = false; // ours, and others may touch it
};

base::Failure<KeyFileError> failure(Reason reason, ErrorKind kind, QString detail)
{
    return base::Failure(KeyFileError{
        reason, {.kind = kind, .operation = {}, .subject = {}, .detail = std::move(detail)}});
}

base::Failure<KeyFileError> systemFailure(int code)
{
    return base::Failure(KeyFileError{Reason::Unreadable, base::Error::fromErrno(code, {}, {})});
}

base::Result<QByteArray, KeyFileError> readAll(const base::UniqueFd &file, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qsizetype filled = 0;
    while (filled < size) {
        const auto count
            = ::read(file.get(), bytes.data() + filled, static_cast<size_t>(size - filled));
        if (count < 0) {
            return systemFailure(errno);
        }
        if (count == 0) {
            break; // it has become shorter since
        }
        filled += count;
    }
    bytes.truncate(filled);
    return bytes;
}

base::Result<Content, KeyFileError> load(const QString &path)
{
    // Opening a pipe without O_NONBLOCK would wait for somebody to write.
    const base::UniqueFd file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    struct stat status{};
    if (!file.isValid() || ::fstat(file.get(), &status) != 0) {
        return systemFailure(errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return systemFailure(EISDIR);
    }
    if (!S_ISREG(status.st_mode)) {
        return failure(Reason::Unreadable, ErrorKind::Unsupported,
                       QStringLiteral("This is not a regular file."));
    }
    if (status.st_size == 0) {
        return failure(Reason::Empty, ErrorKind::Unsupported, QStringLiteral("The file is empty."));
    }
    if (status.st_size > sizeLimit) {
        return failure(Reason::TooLarge, ErrorKind::Unsupported,
                       QStringLiteral("The file is too large for a key."));
    }
    // The rule of ssh(1): somebody else's file is that person's affair.
    const bool isLoose = status.st_uid == ::getuid() && (status.st_mode & forOthers) != 0;
    return readAll(file, status.st_size).transform([isLoose](QByteArray bytes) {
        return Content{std::move(bytes), isLoose};
    });
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

// The text between `-----BEGIN label-----` and the next dashes.
std::optional<QByteArrayView> armored(QByteArrayView bytes, const QByteArray &label)
{
    const QByteArray beginning = "-----BEGIN " + label + "-----";
    const qsizetype start = bytes.indexOf(beginning);
    if (start < 0) {
        return std::nullopt;
    }
    const QByteArrayView body = bytes.sliced(start + beginning.size());
    const qsizetype end = body.indexOf("-----END ");
    return end < 0 ? body : body.first(end);
}

void wipe(QByteArray &secret)
{
    ::explicit_bzero(secret.data(), static_cast<size_t>(secret.size()));
}

base::Result<KeyFile, KeyFileError> openSshKey(QByteArrayView body, const QString &path)
{
    QByteArray container
        = QByteArray::fromBase64(QByteArray::fromRawData(body.data(), body.size()));
    const auto wiping = qScopeGuard([&container] { wipe(container); });
    return OpenSshKeyHeader::parse(container, path).transform([](const OpenSshKeyHeader &header) {
        const bool isEncrypted = header.cipher != "none";
        return KeyFile{.format = KeyFile::Format::OpenSsh,
                       .isEncrypted = isEncrypted,
                       .cipher = isEncrypted ? header.cipher : QByteArray(),
                       .keyType = header.keyType,
                       .publicBlob = header.publicBlob};
    });
}

// The number in "PuTTY-User-Key-File-3: ssh-ed25519".
QString puttyVersion(QByteArrayView bytes)
{
    constexpr qsizetype start = QByteArrayView("PuTTY-User-Key-File-").size();
    return QString::fromLatin1(bytes.sliced(start, std::min<qsizetype>(1, bytes.size() - start)));
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
    if (bytes.startsWith("PuTTY-User-Key-File-")) {
        return failure(Reason::PuttyKey, ErrorKind::Unsupported,
                       QStringLiteral("This is a PuTTY key of version %1. Convert it: puttygen %2 "
                                      "-O private-openssh -o NEWFILE")
                           .arg(puttyVersion(bytes), shellWord(path)));
    }
    if (looksPublic(bytes)) {
        return failure(Reason::PublicKey, ErrorKind::Unsupported,
                       QStringLiteral("This is a public key. The private key is needed."));
    }
    return failure(Reason::NotAKey, ErrorKind::Unsupported,
                   QStringLiteral("The file holds no private key."));
}

base::Result<KeyFile, KeyFileError> parseChecked(Content content, const QString &path)
{
    const auto wiping = qScopeGuard([&content] { wipe(content.bytes); });
    auto key = parse(content.bytes, path);
    if (key && content.isLoose) {
        return failure(Reason::LooseMode, ErrorKind::PermissionDenied,
                       QStringLiteral("Others may read or change the key: its mode must be 0600."));
    }
    return key;
}

} // namespace

base::Result<KeyFile, KeyFileError> KeyFile::read(const QString &path)
{
    return load(path)
        .and_then([&path](Content content) { return parseChecked(std::move(content), path); })
        .transform([&path](KeyFile key) {
            key.path = path;
            return key;
        })
        .transform_error([&path](KeyFileError error) {
            error.error.operation = QStringLiteral("read key");
            error.error.subject = path;
            return error;
        });
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
