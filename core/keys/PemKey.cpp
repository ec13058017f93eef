#include "keys/PemKey.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace keys {
namespace {

using Reason = KeyFileError::Reason;

// openssl(1) writes 2048, and people have been told to use a million.
constexpr long mostIterations = 10'000'000;
constexpr quint64 mostScryptParallelism = 16; // OpenSSL limits the memory, 32 MiB, but not this

using AlgorithmTypeHandle = std::unique_ptr<PBE2PARAM, OpenSslDeleter<PBE2PARAM_free>>;
using IterationsHandle = std::unique_ptr<PBKDF2PARAM, OpenSslDeleter<PBKDF2PARAM_free>>;
using OldIterationsHandle = std::unique_ptr<PBEPARAM, OpenSslDeleter<PBEPARAM_free>>;
using ScryptHandle = std::unique_ptr<SCRYPT_PARAMS, OpenSslDeleter<SCRYPT_PARAMS_free>>;

base::Failure<KeyFileError> failure(Reason reason, const QString &detail)
{
    return base::Failure(KeyFileError{
        reason,
        {.kind = base::ErrorKind::Unsupported, .operation = {}, .subject = {}, .detail = detail}});
}

BioHandle reading(QByteArrayView text)
{
    const auto size = std::min<qsizetype>(text.size(), std::numeric_limits<int>::max());
    return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(size)));
}

int givePassphrase(char *buffer, int size, int, void *passphrase)
{
    const QByteArrayView bytes = static_cast<const base::SecretString *>(passphrase)->bytes();
    if (bytes.size() > size) {
        return -1;
    }
    std::memcpy(buffer, bytes.data(), static_cast<size_t>(bytes.size()));
    return static_cast<int>(bytes.size());
}

template<typename T>
T *unpacked(const X509_ALGOR *algorithm, const ASN1_ITEM *item)
{
    return static_cast<T *>(ASN1_TYPE_unpack_sequence(item, algorithm->parameter));
}

bool isAtMost(const ASN1_INTEGER *number, quint64 most)
{
    uint64_t value = 0;
    return ASN1_INTEGER_get_uint64(&value, number) == 1 && value <= most;
}

// The work that the file asks for (RFC 8018; RFC 7914 for scrypt) is within bounds, or not known.
bool isAffordable(const X509_ALGOR *encryption)
{
    if (OBJ_obj2nid(encryption->algorithm) != NID_pbes2) {
        const OldIterationsHandle old(unpacked<PBEPARAM>(encryption, ASN1_ITEM_rptr(PBEPARAM)));
        return old && isAtMost(old->iter, mostIterations);
    }
    const AlgorithmTypeHandle two(unpacked<PBE2PARAM>(encryption, ASN1_ITEM_rptr(PBE2PARAM)));
    if (!two) {
        return false;
    }
    if (OBJ_obj2nid(two->keyfunc->algorithm) == NID_id_scrypt) {
        const ScryptHandle scrypt(
            unpacked<SCRYPT_PARAMS>(two->keyfunc, ASN1_ITEM_rptr(SCRYPT_PARAMS)));
        return scrypt && isAtMost(scrypt->parallelizationParameter, mostScryptParallelism);
    }
    const IterationsHandle function(
        unpacked<PBKDF2PARAM>(two->keyfunc, ASN1_ITEM_rptr(PBKDF2PARAM)));
    return function && isAtMost(function->iter, mostIterations);
}

bool isAffordable(QByteArrayView text)
{
    const BioHandle bio = reading(text);
    const EncryptedPkcs8Handle container(PEM_read_bio_PKCS8(bio.get(), nullptr, nullptr, nullptr));
    if (!container) {
        return true; // damaged, which is found out soon
    }
    const X509_ALGOR *encryption = nullptr;
    const ASN1_OCTET_STRING *contents = nullptr;
    X509_SIG_get0(container.get(), &encryption, &contents);
    return isAffordable(encryption);
}

base::SecretString numberOf(const EVP_PKEY &key, const char *name)
{
    BIGNUM *raw = nullptr;
    EVP_PKEY_get_bn_param(&key, name, &raw);
    const BnHandle number(raw);
    if (!number) {
        return {};
    }
    QByteArray bytes(BN_num_bytes(number.get()), '\0');
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char *>(bytes.data()));
    return base::SecretString::fromUtf8(std::move(bytes));
}

PrivateKey::Made rsaKeyOf(const EVP_PKEY &key)
{
    const auto number = [&key](const char *name) { return numberOf(key, name); };
    const base::SecretString n = number(OSSL_PKEY_PARAM_RSA_N);
    const base::SecretString e = number(OSSL_PKEY_PARAM_RSA_E);
    const base::SecretString d = number(OSSL_PKEY_PARAM_RSA_D);
    const base::SecretString iqmp = number(OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
    const base::SecretString p = number(OSSL_PKEY_PARAM_RSA_FACTOR1);
    const base::SecretString q = number(OSSL_PKEY_PARAM_RSA_FACTOR2);
    return PrivateKey::rsa({.n = n.bytes(),
                            .e = e.bytes(),
                            .d = d.bytes(),
                            .iqmp = iqmp.bytes(),
                            .p = p.bytes(),
                            .q = q.bytes()});
}

PrivateKey::Made ecdsaKeyOf(const EVP_PKEY &key)
{
    constexpr std::array names{std::pair{NID_X9_62_prime256v1, "nistp256"},
                               std::pair{NID_secp384r1, "nistp384"},
                               std::pair{NID_secp521r1, "nistp521"}};
    std::array<char, 64> group{};
    EVP_PKEY_get_utf8_string_param(&key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(),
                                   nullptr);
    const auto *const curve
        = std::ranges::find(names, OBJ_txt2nid(group.data()), &decltype(names)::value_type::first);
    if (curve == names.end()) {
        return PrivateKey::ecdsa({}, {}, {}); // says which ones work
    }
    // The public key as two numbers, because a file may hold the point compressed, or not at all.
    const base::SecretString x = numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X);
    const base::SecretString y = numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y);
    const qsizetype width = (EVP_PKEY_get_bits(&key) + 7) / 8;
    const auto padded = [width](QByteArrayView number) {
        return number.toByteArray().rightJustified(width, '\0');
    };
    const QByteArray point = '\x04' + padded(x.bytes()) + padded(y.bytes());
    return PrivateKey::ecdsa(curve->second, point, numberOf(key, OSSL_PKEY_PARAM_PRIV_KEY).bytes());
}

PrivateKey::Made ed25519KeyOf(const EVP_PKEY &key)
{
    QByteArray seed(32, '\0');
    size_t size = static_cast<size_t>(seed.size());
    EVP_PKEY_get_raw_private_key(&key, reinterpret_cast<unsigned char *>(seed.data()), &size);
    const auto secret = base::SecretString::fromUtf8(std::move(seed));
    return PrivateKey::ed25519(secret.bytes());
}

} // namespace

base::Result<PrivateKey, KeyFileError> unlockPemKey(QByteArrayView text,
                                                    const base::SecretString &passphrase)
{
    if (!isAffordable(text)) {
        ERR_clear_error();
        return failure(Reason::UnsupportedKey,
                       QStringLiteral("The passphrase is protected by more work than Ponto "
                                      "accepts, or in an unknown way."));
    }
    const BioHandle bio = reading(text);
    base::SecretString given = passphrase;
    const PkeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassphrase, &given));
    // Others on this thread read OpenSSL's queue of errors.
    ERR_clear_error();
    if (key) {
        return privateKeyOf(*key);
    }
    const bool isEncrypted = text.contains("ENCRYPTED");
    return isEncrypted
        ? failure(Reason::WrongPassphrase, QStringLiteral("The passphrase is wrong."))
        : failure(Reason::Damaged, QStringLiteral("The key is damaged or not complete."));
}

base::Result<PrivateKey, KeyFileError> privateKeyOf(const EVP_PKEY &key)
{
    switch (EVP_PKEY_get_base_id(&key)) {
    case EVP_PKEY_RSA:
        return rsaKeyOf(key);
    case EVP_PKEY_EC:
        return ecdsaKeyOf(key);
    case EVP_PKEY_ED25519:
        return ed25519KeyOf(key);
    default:
        return failure(Reason::UnsupportedKey,
                       QStringLiteral("Only RSA, ECDSA and Ed25519 keys work."));
    }
}

} // namespace keys
