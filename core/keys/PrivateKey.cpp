#include "keys/PrivateKey.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "keys/OpenSslHandles.h"

#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>
#include <utility>

namespace keys {
namespace {

using Reason = KeyFileError::Reason;

constexpr qsizetype largestRsaBytes = 16384 / 8; // what OpenSSH takes
constexpr qsizetype largestFieldsBytes = qsizetype{8} * largestRsaBytes;
constexpr qsizetype ed25519Bytes = 32;

struct Curve
{
    QByteArrayView name; // RFC 5656 section 10.1
    QByteArrayView keyType;
    int nid;
};

constexpr std::array curves{
    Curve{"nistp256", "ecdsa-sha2-nistp256", NID_X9_62_prime256v1},
    Curve{"nistp384", "ecdsa-sha2-nistp384", NID_secp384r1},
    Curve{"nistp521", "ecdsa-sha2-nistp521", NID_secp521r1},
};

base::Failure<KeyFileError> failure(Reason reason, const QString &detail)
{
    return base::Failure(KeyFileError{
        reason,
        {.kind = base::ErrorKind::Unsupported, .operation = {}, .subject = {}, .detail = detail}});
}

base::Failure<KeyFileError> mismatch()
{
    return failure(Reason::Damaged,
                   QStringLiteral("The key is damaged: its two halves do not belong together."));
}

QString unsupportedTypeText(QByteArrayView type)
{
    if (type.startsWith("sk-")) {
        return QStringLiteral("The key is bound to a security device: it works through the agent, "
                              "once ssh-add has loaded it.");
    }
    if (type.contains("-cert-v01@")) {
        return QStringLiteral("The file holds a certificate instead of a plain key.");
    }
    return QStringLiteral("Only RSA, ECDSA and Ed25519 keys work.");
}

const unsigned char *unsignedData(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

BnHandle numberOf(QByteArrayView bytes)
{
    return BnHandle(BN_bin2bn(unsignedData(bytes), static_cast<int>(bytes.size()), nullptr));
}

QByteArrayView withoutZeros(QByteArrayView number)
{
    const auto *const first
        = std::find_if(number.begin(), number.end(), [](char byte) { return byte != 0; });
    return number.sliced(first - number.begin());
}

// An mpint of RFC 4251 section 5 that is not negative.
void writeNumber(base::WireWriter &writer, QByteArrayView number)
{
    const QByteArrayView digits = withoutZeros(number);
    const bool needsZero = !digits.isEmpty() && (digits.front() & 0x80) != 0;
    writer.uint32(static_cast<quint32>(digits.size() + (needsZero ? 1 : 0)));
    if (needsZero) {
        writer.byte(0);
    }
    writer.bytes(digits);
}

// n = pq; e, d and iqmp are what a signature would fail with, so that they are compared too.
bool belongTogether(const RsaNumbers &numbers)
{
    const BnContextHandle context(BN_CTX_secure_new());
    const BnHandle n = numberOf(numbers.n);
    const BnHandle e = numberOf(numbers.e);
    const BnHandle d = numberOf(numbers.d);
    const BnHandle p = numberOf(numbers.p);
    const BnHandle q = numberOf(numbers.q);
    const BnHandle iqmp = numberOf(numbers.iqmp);
    const BnHandle result(BN_new());
    if (BN_is_zero(n.get()) || !BN_is_odd(e.get()) || BN_cmp(p.get(), BN_value_one()) <= 0
        || BN_cmp(q.get(), BN_value_one()) <= 0) {
        return false;
    }
    const bool isProduct = BN_mul(result.get(), p.get(), q.get(), context.get()) == 1
        && BN_cmp(result.get(), n.get()) == 0;
    const bool isInverse
        = BN_mod_mul(result.get(), iqmp.get(), q.get(), p.get(), context.get()) == 1
        && BN_is_one(result.get()) != 0;
    // ed = 1 modulo p - 1; that it holds modulo q - 1 as well is as likely as the rest.
    const BnHandle order(BN_dup(p.get()));
    BN_sub_word(order.get(), 1);
    const bool isExponent
        = BN_mod_mul(result.get(), e.get(), d.get(), order.get(), context.get()) == 1
        && (BN_is_one(result.get()) != 0 || BN_is_one(order.get()) != 0);
    return isProduct && isInverse && isExponent;
}

bool belongTogether(const Curve &curve, QByteArrayView point, QByteArrayView scalar)
{
    const EcGroupHandle group(EC_GROUP_new_by_curve_name(curve.nid));
    const BnContextHandle context(BN_CTX_secure_new());
    const EcPointHandle given(EC_POINT_new(group.get()));
    const EcPointHandle computed(EC_POINT_new(group.get()));
    const BnHandle number = numberOf(scalar);
    const bool isScalar = BN_is_zero(number.get()) == 0
        && BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) < 0;
    return isScalar && point.startsWith('\x04')
        && EC_POINT_oct2point(group.get(), given.get(), unsignedData(point),
                              static_cast<size_t>(point.size()), context.get())
        == 1
        && EC_POINT_mul(group.get(), computed.get(), number.get(), nullptr, nullptr, context.get())
        == 1
        && EC_POINT_cmp(group.get(), given.get(), computed.get(), context.get()) == 0;
}

PrivateKey::Made readRsa(base::WireReader &reader)
{
    std::array<QByteArrayView, 6> numbers;
    for (QByteArrayView &number : numbers) {
        number = reader.string().value_or(QByteArrayView());
    }
    if (!reader.isAtEnd()) {
        return mismatch();
    }
    const auto &[n, e, d, iqmp, p, q] = numbers;
    return PrivateKey::rsa({.n = n, .e = e, .d = d, .iqmp = iqmp, .p = p, .q = q});
}

PrivateKey::Made readEcdsa(base::WireReader &reader, QByteArrayView type)
{
    const auto curve = reader.string();
    const auto point = reader.string();
    const auto scalar = reader.string();
    if (!scalar || !reader.isAtEnd() || !type.endsWith(*curve)) {
        return mismatch();
    }
    return PrivateKey::ecdsa(*curve, *point, *scalar);
}

PrivateKey::Made readEd25519(base::WireReader &reader)
{
    const auto publicHalf = reader.string();
    const auto both = reader.string(); // the seed, then the public half again
    if (!both || !reader.isAtEnd() || both->size() != 2 * ed25519Bytes
        || both->sliced(ed25519Bytes) != *publicHalf) {
        return mismatch();
    }
    return PrivateKey::ed25519(both->first(ed25519Bytes)).and_then([&](const PrivateKey &key) {
        return key.publicBlob().endsWith(*publicHalf) ? PrivateKey::Made(key) : mismatch();
    });
}

} // namespace

PrivateKey::PrivateKey(QByteArray type, QByteArray publicBlob, QByteArray &&fields)
    : m_type(std::move(type))
    , m_publicBlob(std::move(publicBlob))
    , m_fields(base::SecretString::fromUtf8(std::move(fields)))
{
}

PrivateKey::Made PrivateKey::rsa(const RsaNumbers &numbers)
{
    for (const QByteArrayView number :
         {numbers.n, numbers.e, numbers.d, numbers.iqmp, numbers.p, numbers.q}) {
        if (withoutZeros(number).size() > largestRsaBytes) {
            return failure(Reason::UnsupportedKey,
                           QStringLiteral("The RSA key has more than 16384 bits."));
        }
    }
    if (!belongTogether(numbers)) {
        return mismatch();
    }
    base::WireWriter fields;
    fields.reserve(largestFieldsBytes);
    for (const QByteArrayView number :
         {numbers.n, numbers.e, numbers.d, numbers.iqmp, numbers.p, numbers.q}) {
        writeNumber(fields, number);
    }
    base::WireWriter blob;
    blob.string("ssh-rsa");
    writeNumber(blob, numbers.e);
    writeNumber(blob, numbers.n);
    return PrivateKey("ssh-rsa", blob.take(), fields.take());
}

PrivateKey::Made PrivateKey::ecdsa(QByteArrayView curve, QByteArrayView point,
                                   QByteArrayView scalar)
{
    const auto *const known = std::ranges::find(curves, curve, &Curve::name);
    if (known == curves.end()) {
        return failure(Reason::UnsupportedKey,
                       QStringLiteral("Only the curves nistp256, nistp384 and nistp521 work."));
    }
    if (withoutZeros(scalar).size() > largestRsaBytes || !belongTogether(*known, point, scalar)) {
        return mismatch();
    }
    base::WireWriter fields;
    fields.reserve(largestFieldsBytes).string(curve).string(point);
    writeNumber(fields, scalar);
    return PrivateKey(known->keyType.toByteArray(),
                      base::WireWriter().string(known->keyType).string(curve).string(point).take(),
                      fields.take());
}

PrivateKey::Made PrivateKey::ed25519(QByteArrayView seed)
{
    if (seed.size() != ed25519Bytes) {
        return mismatch();
    }
    const PkeyHandle key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, unsignedData(seed),
                                                      static_cast<size_t>(seed.size())));
    std::array<unsigned char, ed25519Bytes> publicHalf{};
    size_t size = publicHalf.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), publicHalf.data(), &size) != 1) {
        return mismatch();
    }
    const QByteArrayView half(publicHalf);
    base::WireWriter fields;
    fields.reserve(largestFieldsBytes).string(half).uint32(2 * ed25519Bytes);
    fields.bytes(seed).bytes(half);
    return PrivateKey("ssh-ed25519", base::WireWriter().string("ssh-ed25519").string(half).take(),
                      fields.take());
}

PrivateKey::Made PrivateKey::fromFields(QByteArrayView type, QByteArrayView fields)
{
    base::WireReader reader(fields);
    if (type == "ssh-rsa") {
        return readRsa(reader);
    }
    if (type == "ssh-ed25519") {
        return readEd25519(reader);
    }
    if (std::ranges::find(curves, type, &Curve::keyType) != curves.end()) {
        return readEcdsa(reader, type);
    }
    return failure(Reason::UnsupportedKey, unsupportedTypeText(type));
}

PrivateKey PrivateKey::withComment(const QByteArray &comment) const
{
    PrivateKey key = *this;
    key.m_comment = comment;
    // In a public line a line break would begin another key.
    key.m_comment.replace('\n', ' ').replace('\r', ' ').replace('\0', ' ');
    return key;
}

QByteArray PrivateKey::publicLine() const
{
    const QByteArray line = m_type + ' ' + m_publicBlob.toBase64();
    return m_comment.isEmpty() ? line : line + ' ' + m_comment;
}

} // namespace keys
