#include "keys/PuttyKey.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "keys/Cipher.h"
#include "keys/OpenSslHandles.h"
#include "keys/PuttyKeyReader.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>

namespace keys {
namespace {

using Reason = KeyFileError::Reason;

// A file may ask for any effort. PuTTYgen takes 8 MiB and some ten passes; this is a hundred times
// as much, and some 15 s.
constexpr quint32 mostMemoryKib = 1024 * 1024;
constexpr quint32 mostPasses = 1024 * 1024;
constexpr quint64 mostKibPasses = quint64{8} * 1024 * 1024;
constexpr quint32 mostParallelism = 16;

constexpr qsizetype cipherKeyBytes = 32;
constexpr qsizetype ivBytes = 16;
constexpr qsizetype macKeyBytes = 32;
constexpr const char *cipherName = "AES-256-CBC";

base::Failure<KeyFileError> failure(Reason reason, const QString &detail)
{
    return base::Failure(KeyFileError{
        reason,
        {.kind = base::ErrorKind::Unsupported, .operation = {}, .subject = {}, .detail = detail}});
}

base::Failure<KeyFileError> damaged()
{
    return failure(Reason::Damaged, QStringLiteral("The PuTTY key is damaged or not complete."));
}

QByteArray openSslNameOf(QByteArrayView function)
{
    constexpr std::array names{std::pair{QByteArrayView("Argon2id"), "ARGON2ID"},
                               std::pair{QByteArrayView("Argon2i"), "ARGON2I"},
                               std::pair{QByteArrayView("Argon2d"), "ARGON2D"}};
    const auto *const found
        = std::ranges::find(names, function, &decltype(names)::value_type::first);
    return found == names.end() ? QByteArray() : QByteArray(found->second);
}

void appendSha1(QByteArray &to, QByteArrayView bytes)
{
    std::array<char, 20> digest{};
    EVP_Q_digest(nullptr, "SHA1", nullptr, bytes.data(), static_cast<size_t>(bytes.size()),
                 reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    to.append(digest.data(), digest.size());
}

// `bytes` and a secret behind them, in a buffer that is wiped.
base::SecretString joined(QByteArrayView bytes, const base::SecretString &secret)
{
    base::WireWriter writer;
    writer.reserve(bytes.size() + secret.size()).bytes(bytes).bytes(secret.bytes());
    return base::SecretString::fromUtf8(writer.take());
}

} // namespace

struct PuttyKey::Keys
{
    base::SecretString cipher; // key and IV; empty if Argon2 failed
    base::SecretString mac;
};

class PuttyKey::Reader
{
public:
    static base::Result<PuttyKey, KeyFileError> read(QByteArrayView text, const QByteArray &version)
    {
        PuttyKey key;
        key.m_version = version.toInt();
        PuttyKeyReader lines(text);
        const auto type = lines.value(beginning.toByteArray() + version);
        const auto encryption = lines.value("Encryption");
        const auto comment = lines.value("Comment");
        const auto publicBlob = lines.block("Public-Lines");
        if (!type || !encryption || !comment || !publicBlob) {
            return damaged();
        }
        key.m_type = *type;
        key.m_encryption = *encryption;
        key.m_comment = *comment;
        key.m_publicBlob = publicBlob->bytes().toByteArray();
        key.m_isEncrypted = *encryption != "none";
        return readRest(std::move(key), lines);
    }

private:
    static base::Result<PuttyKey, KeyFileError> readRest(PuttyKey key, PuttyKeyReader &lines)
    {
        if (key.m_isEncrypted && key.m_encryption != "aes256-cbc") {
            return failure(Reason::UnsupportedKey,
                           QStringLiteral("The PuTTY key is encrypted in an unknown way."));
        }
        if (key.m_isEncrypted && key.m_version == 3) {
            auto derivation = readDerivation(lines);
            if (!derivation) {
                return base::Failure(derivation.error());
            }
            key.m_derivation = *derivation;
        }
        const auto privateBlob = lines.block("Private-Lines");
        const auto mac = lines.hexBytes("Private-MAC");
        if (!privateBlob || !mac || base::WireReader(key.m_publicBlob).string() != key.m_type) {
            return damaged();
        }
        key.m_privateBlob = *privateBlob;
        key.m_mac = *mac;
        return key;
    }

    static base::Result<Derivation, KeyFileError> readDerivation(PuttyKeyReader &lines)
    {
        const auto function = lines.value("Key-Derivation");
        const auto memory = lines.number("Argon2-Memory", 0xffffffff);
        const auto passes = lines.number("Argon2-Passes", 0xffffffff);
        const auto parallelism = lines.number("Argon2-Parallelism", 0xffffffff);
        const auto salt = lines.hexBytes("Argon2-Salt");
        if (!function || !memory || !passes || !parallelism || !salt) {
            return damaged();
        }
        const QByteArray openSslName = openSslNameOf(*function);
        const bool isTooMuch = *memory > mostMemoryKib || *passes > mostPasses
            || quint64{*memory} * *passes > mostKibPasses || *parallelism > mostParallelism;
        if (openSslName.isEmpty() || isTooMuch) {
            return failure(Reason::UnsupportedKey,
                           QStringLiteral("The passphrase is protected by more work than Ponto "
                                          "accepts, or in an unknown way."));
        }
        return Derivation{openSslName, *memory, *passes, *parallelism, *salt};
    }
};

base::Result<PuttyKey, KeyFileError> PuttyKey::parse(QByteArrayView text)
{
    const QByteArray version
        = text.sliced(std::min(beginning.size(), text.size())).toByteArray().left(1);
    if (!text.startsWith(beginning) || version.isEmpty()) {
        return damaged();
    }
    if (version != "2" && version != "3") {
        return failure(Reason::UnsupportedKey,
                       QStringLiteral("Of PuTTY's key files only versions 2 and 3 can be read."));
    }
    return Reader::read(text, version);
}

base::Result<PrivateKey, KeyFileError> PuttyKey::unlock(const base::SecretString &passphrase) const
{
    if (m_isEncrypted && passphrase.isEmpty()) {
        return failure(Reason::WrongPassphrase, QStringLiteral("The key needs its passphrase."));
    }
    const Keys keys = keysFor(m_isEncrypted ? passphrase : base::SecretString());
    base::SecretString plainText = m_privateBlob;
    if (m_isEncrypted) {
        const QByteArrayView both = keys.cipher.bytes();
        const auto opened = both.isEmpty()
            ? std::nullopt
            : decrypted(cipherName,
                        {.key = both.first(cipherKeyBytes), .iv = both.sliced(cipherKeyBytes)},
                        m_privateBlob.bytes());
        if (!opened) {
            return damaged();
        }
        plainText = *opened;
    }
    const QByteArray mac = macOf(plainText.bytes(), keys.mac);
    if (mac.size() != m_mac.size()
        || CRYPTO_memcmp(mac.constData(), m_mac.constData(), static_cast<size_t>(mac.size()))
            != 0) {
        return m_isEncrypted
            ? failure(Reason::WrongPassphrase, QStringLiteral("The passphrase is wrong."))
            : failure(Reason::Damaged,
                      QStringLiteral("The PuTTY key was changed: its checksum (MAC) is wrong."));
    }
    return keyOf(plainText.bytes()).transform([this](const PrivateKey &key) {
        return key.withComment(m_comment);
    });
}

PuttyKey::Keys PuttyKey::keysFor(const base::SecretString &passphrase) const
{
    if (m_version == 2) {
        QByteArray cipher;
        cipher.reserve(64);
        appendSha1(cipher, joined(QByteArrayView("\0\0\0\0", 4), passphrase).bytes());
        appendSha1(cipher, joined(QByteArrayView("\0\0\0\1", 4), passphrase).bytes());
        cipher.resize(cipherKeyBytes);
        QByteArray mac;
        mac.reserve(64);
        appendSha1(mac, joined("putty-private-key-file-mac-key", passphrase).bytes());
        return {base::SecretString::fromUtf8(std::move(cipher)),
                base::SecretString::fromUtf8(std::move(mac))};
    }
    if (!m_isEncrypted) {
        return {};
    }
    const base::SecretString all = derived(passphrase);
    if (all.isEmpty()) {
        return {};
    }
    QByteArray cipher(all.bytes().data(), cipherKeyBytes + ivBytes);
    QByteArray mac(all.bytes().data() + cipherKeyBytes + ivBytes, macKeyBytes);
    return {base::SecretString::fromUtf8(std::move(cipher)),
            base::SecretString::fromUtf8(std::move(mac))};
}

// Argon2 of version 0x13 (RFC 9106). Empty if OpenSSL refuses: a salt that is too short, or memory
// that is not there.
base::SecretString PuttyKey::derived(const base::SecretString &passphrase) const
{
    Derivation numbers = m_derivation;
    const DerivationHandle function(EVP_KDF_fetch(nullptr, numbers.function.constData(), nullptr));
    const DerivationContextHandle context(EVP_KDF_CTX_new(function.get()));
    if (!context) {
        return {};
    }
    const std::array parameters{
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD,
                                          const_cast<char *>(passphrase.utf8()),
                                          static_cast<size_t>(passphrase.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, numbers.salt.data(),
                                          static_cast<size_t>(numbers.salt.size())),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ITER, &numbers.passes),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_MEMCOST, &numbers.memoryKib),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_LANES, &numbers.parallelism),
        OSSL_PARAM_construct_end(),
    };
    QByteArray output(cipherKeyBytes + ivBytes + macKeyBytes, '\0');
    const int done = EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char *>(output.data()),
                                    static_cast<size_t>(output.size()), parameters.data());
    return done == 1 ? base::SecretString::fromUtf8(std::move(output)) : base::SecretString();
}

QByteArray PuttyKey::macOf(QByteArrayView plainText, const base::SecretString &macKey) const
{
    base::WireWriter writer;
    writer.reserve(m_type.size() + m_encryption.size() + m_comment.size() + m_publicBlob.size()
                   + plainText.size() + 64);
    writer.string(m_type).string(m_encryption).string(m_comment).string(m_publicBlob);
    const base::SecretString all = base::SecretString::fromUtf8(writer.string(plainText).take());
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    size_t size = 0;
    // An empty key is given as a pointer to nothing: a null pointer would be refused.
    EVP_Q_mac(nullptr, "HMAC", nullptr, m_version == 2 ? "SHA1" : "SHA256", nullptr, macKey.utf8(),
              static_cast<size_t>(macKey.size()),
              reinterpret_cast<const unsigned char *>(all.utf8()), static_cast<size_t>(all.size()),
              mac.data(), mac.size(), &size);
    return {reinterpret_cast<const char *>(mac.data()), static_cast<qsizetype>(size)};
}

// Behind the private fields there may be padding.
base::Result<PrivateKey, KeyFileError> PuttyKey::keyOf(QByteArrayView plainText) const
{
    const auto fieldsOf = [](QByteArrayView bytes, qsizetype first) {
        base::WireReader reader(bytes);
        std::array<QByteArrayView, 4> fields;
        for (qsizetype i = 0; i < first; ++i) {
            reader.string();
        }
        for (QByteArrayView &field : fields) {
            field = reader.string().value_or(QByteArrayView());
        }
        return fields;
    };
    const auto open = fieldsOf(m_publicBlob, 1); // without the type
    const auto secret = fieldsOf(plainText, 0);
    const auto make = [&]() -> PrivateKey::Made {
        if (m_type == "ssh-rsa") {
            return PrivateKey::rsa({.n = open[1],
                                    .e = open[0],
                                    .d = secret[0],
                                    .iqmp = secret[3],
                                    .p = secret[1],
                                    .q = secret[2]});
        }
        if (m_type.startsWith("ecdsa-sha2-")) {
            return PrivateKey::ecdsa(open[0], open[1], secret[0]);
        }
        if (m_type == "ssh-ed25519") {
            return PrivateKey::ed25519(secret[0]);
        }
        return PrivateKey::fromFields(m_type, {}); // says why not
    };
    return make().and_then([this](const PrivateKey &key) -> PrivateKey::Made {
        return key.publicBlob() == m_publicBlob ? PrivateKey::Made(key) : damaged();
    });
}

} // namespace keys
