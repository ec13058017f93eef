#include "keys/Cipher.h"

#include "keys/OpenSslHandles.h"

#include <limits>

namespace keys {
namespace {

enum class Direction { Decrypt = 0, Encrypt = 1 };

const unsigned char *unsignedData(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

std::optional<QByteArray> run(Direction direction, const char *name, const CipherKey &key,
                              QByteArrayView bytes)
{
    const CipherHandle cipher(EVP_CIPHER_fetch(nullptr, name, nullptr));
    const CipherContextHandle context(EVP_CIPHER_CTX_new());
    if (!cipher || !context || bytes.size() > std::numeric_limits<int>::max()) {
        return std::nullopt;
    }
    const QByteArray zeros(EVP_CIPHER_get_iv_length(cipher.get()), '\0');
    const QByteArrayView iv = key.iv.isEmpty() ? QByteArrayView(zeros) : key.iv;
    if (key.key.size() != EVP_CIPHER_get_key_length(cipher.get()) || iv.size() != zeros.size()
        || bytes.size() % EVP_CIPHER_get_block_size(cipher.get()) != 0
        || EVP_CipherInit_ex2(context.get(), cipher.get(), unsignedData(key.key), unsignedData(iv),
                              static_cast<int>(direction), nullptr)
            != 1) {
        return std::nullopt;
    }
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    QByteArray result(bytes.size(), Qt::Uninitialized);
    int written = 0;
    const int done
        = EVP_CipherUpdate(context.get(), reinterpret_cast<unsigned char *>(result.data()),
                           &written, unsignedData(bytes), static_cast<int>(bytes.size()));
    return done == 1 && written == bytes.size() ? std::optional(result) : std::nullopt;
}

} // namespace

std::optional<base::SecretString> decrypted(const char *cipher, const CipherKey &key,
                                            QByteArrayView bytes)
{
    return run(Direction::Decrypt, cipher, key, bytes).transform([](QByteArray &&result) {
        return base::SecretString::fromUtf8(std::move(result));
    });
}

std::optional<QByteArray> encrypted(const char *cipher, const CipherKey &key, QByteArrayView bytes)
{
    return run(Direction::Encrypt, cipher, key, bytes);
}

} // namespace keys
