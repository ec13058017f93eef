// Fuzz target: any bytes as the encrypted file of secrets, and any bytes as what is encrypted in
// it: the second is what a damaged or newer Ponto could have sealed.

#include "vault/SealedFile.h"

#include <QByteArray>

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr qsizetype headerSize = 66;
constexpr qsizetype tagSize = 16;
constexpr quint8 log2N = 15; // the cheapest key that is allowed

// As the files in corpus/SealedFileFuzz have it.
const QByteArray password("fuzz");
const QByteArray salt(16, 's');
const QByteArray nonce(12, 'n');

// What scrypt makes of the two: the key of 32 bytes, then what tells whether it is the right one.
std::array<unsigned char, 48> derive()
{
    std::array<unsigned char, 48> output{};
    EVP_PBE_scrypt(password.constData(), static_cast<size_t>(password.size()),
                   reinterpret_cast<const unsigned char *>(salt.constData()),
                   static_cast<size_t>(salt.size()), quint64{1} << log2N, 8, 1, quint64{64} << 20,
                   output.data(), output.size());
    return output;
}

QByteArray header(const std::array<unsigned char, 48> &derived)
{
    const QByteArray check(reinterpret_cast<const char *>(derived.data()) + 32, 16);
    return QByteArray("PontoSec\0\0\0\1\1\x0f\0\0\0\x8\0\0\0\1", 22) + salt + check + nonce;
}

// A file that opens, with `plain` as what was encrypted.
QByteArray sealed(QByteArrayView plain)
{
    static const auto derived = derive();
    static const QByteArray start = header(derived);
    QByteArray file = start;
    file.resize(headerSize + plain.size() + tagSize);
    auto *out = reinterpret_cast<unsigned char *>(file.data()) + headerSize;
    const auto *in = reinterpret_cast<const unsigned char *>(plain.data());
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written = 0;
    EVP_EncryptInit_ex2(context, EVP_aes_256_gcm(), derived.data(),
                        reinterpret_cast<const unsigned char *>(nonce.constData()), nullptr);
    EVP_EncryptUpdate(context, nullptr, &written,
                      reinterpret_cast<const unsigned char *>(start.constData()), headerSize);
    EVP_EncryptUpdate(context, out, &written, in, static_cast<int>(plain.size()));
    EVP_EncryptFinal_ex(context, out + plain.size(), &written);
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tagSize, out + plain.size());
    EVP_CIPHER_CTX_free(context);
    return file;
}

const vault::SealingKey &key()
{
    static const auto derived = vault::SealingKey::derive(
        base::SecretString::fromUtf8(QByteArray(password)), {log2N, salt});
    return *derived;
}

// What opens can be written again, and is the same then.
void check(QByteArrayView file)
{
    const auto entries = key().open(file);
    if (!entries) {
        return;
    }
    const auto written = key().seal(*entries);
    const auto again = written.and_then([](const QByteArray &bytes) { return key().open(bytes); });
    const auto isSame = [](const vault::SealedEntry &a, const vault::SealedEntry &b) {
        return a.title == b.title && a.secret.bytes() == b.secret.bytes();
    };
    if (!again || !std::ranges::equal(*entries, *again, isSame)) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    (void)vault::derivationOf(bytes);
    check(bytes);
    if (key().open(sealed(bytes)).error_or(base::Error()).kind
        == base::ErrorKind::PermissionDenied) {
        std::abort(); // then nothing behind the key is tried
    }
    check(sealed(bytes));
    return 0;
}
