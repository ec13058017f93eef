#include "vault/SealedFile.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"

#include <QtEndian>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>
#include <memory>

namespace vault {
namespace {

constexpr QByteArrayView magic("PontoSec");
constexpr quint32 formatVersion = 1;
constexpr quint8 scryptId = 1;
constexpr quint8 smallestLog2N = 15;
constexpr quint8 largestLog2N = 20; // 1 GiB
constexpr quint32 scryptR = 8;
constexpr quint32 scryptP = 1;
constexpr qsizetype saltSize = 16;
constexpr qsizetype keySize = 32;
constexpr qsizetype checkSize = 16;
constexpr qsizetype nonceSize = 12;
constexpr qsizetype tagSize = 16;
constexpr qsizetype headerSize = 66;
constexpr qsizetype paddingUnit = 1024;

base::Error error(base::ErrorKind kind, const QString &operation, const QString &detail)
{
    return {.kind = kind, .operation = operation, .detail = detail};
}

base::Failure<base::Error> damaged(const QString &detail)
{
    return base::Failure(
        error(base::ErrorKind::ProtocolViolation, QStringLiteral("read secrets"), detail));
}

base::Failure<base::Error> cryptoFailure(const QString &operation)
{
    return base::Failure(
        error(base::ErrorKind::Internal, operation, QStringLiteral("OpenSSL refused")));
}

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    const bool isRandom
        = RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), static_cast<int>(count)) == 1;
    return isRandom ? bytes : QByteArray();
}

struct ContextDeleter
{
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter>;

// Writes fields into a buffer that was made large enough for them.
class Cursor
{
public:
    explicit Cursor(char *at)
        : m_at(at)
    {
    }

    void number(qsizetype value)
    {
        qToBigEndian(static_cast<quint32>(value), m_at);
        m_at += sizeof(quint32);
    }

    void string(QByteArrayView bytes)
    {
        number(bytes.size());
        std::memcpy(m_at, bytes.data(), static_cast<std::size_t>(bytes.size()));
        m_at += bytes.size();
    }

private:
    char *m_at;
};

SecretBytes plainTextOf(const QList<SealedEntry> &entries)
{
    constexpr qsizetype lengthSize = sizeof(quint32);
    qsizetype size = lengthSize;
    for (const SealedEntry &entry : entries) {
        size += lengthSize + entry.title.toUtf8().size() + lengthSize + entry.secret.size();
    }
    SecretBytes plain((size + paddingUnit - 1) / paddingUnit * paddingUnit);
    Cursor cursor(plain.data());
    cursor.number(entries.size());
    for (const SealedEntry &entry : entries) {
        cursor.string(entry.title.toUtf8());
        cursor.string({entry.secret.utf8(), entry.secret.size()});
    }
    return plain;
}

base::Result<QList<SealedEntry>> entriesOf(QByteArrayView plain)
{
    base::WireReader reader(plain);
    const auto count = reader.uint32();
    QList<SealedEntry> entries;
    for (quint32 i = 0; i < count.value_or(0); ++i) {
        const auto title = reader.string();
        const auto secret = reader.string();
        if (!title || !secret) {
            return damaged(QStringLiteral("an entry is cut off"));
        }
        entries.append({QString::fromUtf8(*title),
                        base::SecretString::fromUtf8(QByteArray(secret->data(), secret->size()))});
    }
    return entries;
}

QByteArray headerOf(const KeyDerivation &derivation, QByteArrayView check)
{
    return base::WireWriter()
        .bytes(magic)
        .uint32(formatVersion)
        .byte(scryptId)
        .byte(derivation.log2N)
        .uint32(scryptR)
        .uint32(scryptP)
        .bytes(derivation.salt)
        .bytes(check)
        .bytes(randomBytes(nonceSize))
        .take();
}

QByteArrayView nonceOf(QByteArrayView header)
{
    return header.sliced(headerSize - nonceSize, nonceSize);
}

} // namespace

KeyDerivation KeyDerivation::create()
{
    return {.salt = randomBytes(saltSize)};
}

SealingKey::SealingKey(KeyDerivation derivation, SecretBytes output)
    : m_derivation(std::move(derivation))
    , m_output(std::move(output))
{
}

base::Result<SealingKey> SealingKey::derive(const base::SecretString &password,
                                            const KeyDerivation &derivation)
{
    const quint64 n = quint64{1} << derivation.log2N;
    // What OpenSSL's scrypt counts against its limit: 128 * r * (N + p + 2) bytes, and some more.
    const quint64 memoryLimit = 128ULL * scryptR * (n + 64);
    SecretBytes output(keySize + checkSize);
    const bool isDerived = derivation.salt.size() == saltSize
        && EVP_PBE_scrypt(password.utf8(), static_cast<size_t>(password.size()),
                          bytesOf(derivation.salt), saltSize, n, scryptR, scryptP, memoryLimit,
                          output.unsignedData(), static_cast<size_t>(output.size()))
            == 1;
    if (!isDerived) {
        return cryptoFailure(QStringLiteral("derive a key from the master password"));
    }
    return SealingKey(derivation, std::move(output));
}

base::Result<QByteArray> SealingKey::seal(const QList<SealedEntry> &entries) const
{
    const QByteArray header = headerOf(m_derivation, m_output.view().sliced(keySize));
    const SecretBytes plain = plainTextOf(entries);
    QByteArray file = header;
    file.resize(headerSize + plain.size() + tagSize);
    auto *out = reinterpret_cast<unsigned char *>(file.data()) + headerSize;

    const Context context(EVP_CIPHER_CTX_new());
    int written = 0;
    const bool isSealed = header.size() == headerSize && context
        && EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), m_output.unsignedData(),
                               bytesOf(nonceOf(header)), nullptr)
            == 1
        && EVP_EncryptUpdate(context.get(), nullptr, &written, bytesOf(header), headerSize) == 1
        && EVP_EncryptUpdate(context.get(), out, &written, plain.unsignedData(),
                             static_cast<int>(plain.size()))
            == 1
        && EVP_EncryptFinal_ex(context.get(), out + plain.size(), &written) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagSize, out + plain.size())
            == 1;
    if (!isSealed) {
        return cryptoFailure(QStringLiteral("encrypt secrets"));
    }
    return file;
}

base::Result<QList<SealedEntry>> SealingKey::open(QByteArrayView file) const
{
    const auto derivation = derivationOf(file);
    if (!derivation) {
        return base::Failure(derivation.error());
    }
    const QByteArrayView check = file.sliced(headerSize - nonceSize - checkSize, checkSize);
    if (*derivation != m_derivation
        || CRYPTO_memcmp(check.data(), m_output.view().data() + keySize, checkSize) != 0) {
        return base::Failure(error(base::ErrorKind::PermissionDenied,
                                   QStringLiteral("open secrets"),
                                   QStringLiteral("this is not the master password")));
    }
    const QByteArrayView header = file.first(headerSize);
    const QByteArrayView sealed = file.sliced(headerSize).chopped(tagSize);
    QByteArray tag = file.last(tagSize).toByteArray();
    SecretBytes plain(sealed.size());

    const Context context(EVP_CIPHER_CTX_new());
    int written = 0;
    const bool isWhole = context
        && EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), m_output.unsignedData(),
                               bytesOf(nonceOf(header)), nullptr)
            == 1
        && EVP_DecryptUpdate(context.get(), nullptr, &written, bytesOf(header), headerSize) == 1
        && EVP_DecryptUpdate(context.get(), plain.unsignedData(), &written, bytesOf(sealed),
                             static_cast<int>(sealed.size()))
            == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagSize, tag.data()) == 1
        && EVP_DecryptFinal_ex(context.get(), plain.unsignedData() + plain.size(), &written) == 1;
    if (!isWhole) {
        return damaged(QStringLiteral("the file was changed by something else than Ponto"));
    }
    return entriesOf(plain.view());
}

base::Result<KeyDerivation> derivationOf(QByteArrayView file)
{
    base::WireReader reader(file);
    if (const auto start = reader.bytes(magic.size()); !start || *start != magic) {
        return damaged(QStringLiteral("this is no file with secrets of Ponto"));
    }
    const auto version = reader.uint32();
    if (version && *version > formatVersion) {
        return base::Failure(
            error(base::ErrorKind::Unsupported, QStringLiteral("read secrets"),
                  QStringLiteral("format %1 is newer than this program").arg(*version)));
    }
    if (!version || *version == 0 || file.size() < headerSize + tagSize) {
        return damaged(QStringLiteral("the file is cut off"));
    }
    const quint8 method = reader.byte().value_or(0);
    const quint8 log2N = reader.byte().value_or(0);
    const bool isKnown = method == scryptId && log2N >= smallestLog2N && log2N <= largestLog2N
        && reader.uint32() == scryptR && reader.uint32() == scryptP;
    if (!isKnown) {
        return damaged(QStringLiteral("the key's parameters are not those of format 1"));
    }
    return KeyDerivation{log2N, reader.bytes(saltSize).value_or(QByteArrayView()).toByteArray()};
}

} // namespace vault
