#include "keys/PublicKeyBlob.h"

#include "base/UniqueFd.h"
#include "base/WireReader.h"
#include "base/WireWriter.h"

#include <QCryptographicHash>
#include <QFile>
#include <QList>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

namespace keys {
namespace {

const QByteArray certificateMark = QByteArrayLiteral("-cert-v01@openssh.com");
constexpr qsizetype lineLimit = qsizetype{64} * 1024; // an RSA key of 16384 bits takes 3 KiB

// Number of strings or mpints that make a key of this type, behind its name. RFC 4253 section 6.6,
// RFC 5656 section 3.1, RFC 8709 section 4, PROTOCOL.u2f.
std::optional<int> fieldsOf(const QByteArray &plainType)
{
    if (plainType == "ssh-ed25519") {
        return 1;
    }
    if (plainType == "ssh-rsa" || plainType.startsWith("ecdsa-sha2-")
        || plainType == "sk-ssh-ed25519@openssh.com") {
        return 2;
    }
    if (plainType == "sk-ecdsa-sha2-nistp256@openssh.com") {
        return 3;
    }
    return std::nullopt;
}

QByteArray typeWithoutMark(const QByteArray &type)
{
    const QByteArray plain = type.chopped(certificateMark.size());
    return plain.startsWith("sk-") ? plain + "@openssh.com" : plain;
}

QByteArray firstLine(const QString &path)
{
    const base::UniqueFd file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    struct stat status{};
    if (!file.isValid() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return {};
    }
    QByteArray bytes(lineLimit, Qt::Uninitialized);
    const auto count = ::read(file.get(), bytes.data(), static_cast<size_t>(bytes.size()));
    bytes.truncate(std::max<qsizetype>(count, 0));
    return bytes.split('\n').first().simplified();
}

} // namespace

QByteArray publicKeyType(QByteArrayView blob)
{
    const auto type = base::WireReader(blob).string();
    return type ? type->toByteArray() : QByteArray();
}

bool isOfSecurityDevice(QByteArrayView blob)
{
    return publicKeyType(blob).startsWith("sk-");
}

QByteArray plainKeyBlob(QByteArrayView blob)
{
    const QByteArray type = publicKeyType(blob);
    if (!type.endsWith(certificateMark)) {
        return type.isEmpty() ? QByteArray() : blob.toByteArray();
    }
    const QByteArray plainType = typeWithoutMark(type);
    const auto fields = fieldsOf(plainType);
    base::WireReader reader(blob);
    if (!fields || !reader.string() || !reader.string()) { // the type, and a nonce
        return {};
    }
    base::WireWriter writer;
    writer.string(plainType);
    for (int i = 0; i < *fields; ++i) {
        const auto field = reader.string();
        if (!field) {
            return {};
        }
        writer.string(*field);
    }
    return writer.take();
}

QString sha256Fingerprint(QByteArrayView blob)
{
    const QByteArray plain = plainKeyBlob(blob);
    if (plain.isEmpty()) {
        return {};
    }
    const QByteArray digest = QCryptographicHash::hash(plain, QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:")
        + QString::fromLatin1(
               digest.toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals));
}

QByteArray publicKeyInFile(const QString &path)
{
    const QList<QByteArray> words = firstLine(path).split(' ');
    const auto blob
        = QByteArray::fromBase64Encoding(words.value(1), QByteArray::AbortOnBase64DecodingErrors);
    return blob && publicKeyType(*blob) == words.first() ? *blob : QByteArray();
}

} // namespace keys
