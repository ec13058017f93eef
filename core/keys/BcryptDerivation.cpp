#include "keys/BcryptDerivation.h"

#include "base/WireWriter.h"
#include "keys/Blowfish.h"
#include "keys/OpenSslHandles.h"

#include <QtEndian>

#include <string.h> // explicit_bzero

#include <array>

namespace keys {
namespace {

constexpr qsizetype digestBytes = 64;
constexpr qsizetype hashBytes = 32;
using Digest = std::array<char, digestBytes>;
using Hash = std::array<char, hashBytes>;

Digest sha512(QByteArrayView bytes)
{
    Digest digest{};
    EVP_Q_digest(nullptr, "SHA512", nullptr, bytes.data(), static_cast<size_t>(bytes.size()),
                 reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return digest;
}

// bcrypt with 64 rounds and a text of 32 bytes (bcrypt_hash of OpenBSD's bcrypt_pbkdf.c).
Hash bcrypt(const Digest &passphrase, const Digest &salt)
{
    constexpr int expansions = 64;
    constexpr QByteArrayView text("OxychromaticBlowfishSwatDynamite");
    Blowfish state;
    state.expand(passphrase, salt);
    for (int i = 0; i < expansions; ++i) {
        state.expand(salt);
        state.expand(passphrase);
    }
    std::array<quint32, hashBytes / 4> words{};
    qFromBigEndian<quint32>(text.data(), words.size(), words.data());
    for (std::size_t i = 0; i < words.size(); i += 2) {
        for (int j = 0; j < expansions; ++j) {
            state.encrypt(words[i], words[i + 1]);
        }
    }
    Hash hash{};
    qToLittleEndian<quint32>(words.data(), words.size(), hash.data());
    return hash;
}

Hash derivedBlock(const Digest &passphrase, QByteArrayView salt, quint32 number, quint32 rounds)
{
    const QByteArray numbered = base::WireWriter().bytes(salt).uint32(number).take();
    Hash last = bcrypt(passphrase, sha512(numbered));
    Hash block = last;
    for (quint32 round = 1; round < rounds; ++round) {
        last = bcrypt(passphrase, sha512(last));
        for (std::size_t i = 0; i < block.size(); ++i) {
            block[i] = static_cast<char>(block[i] ^ last[i]);
        }
    }
    ::explicit_bzero(last.data(), last.size());
    return block;
}

} // namespace

// Not PBKDF2 as it is known: the blocks are laid out in turns, a byte of each, not one behind the
// other.
base::SecretString deriveWithBcrypt(const base::SecretString &passphrase, QByteArrayView salt,
                                    quint32 rounds, qsizetype sizeBytes)
{
    Digest digest = sha512(passphrase.bytes());
    const qsizetype blockCount = (sizeBytes + hashBytes - 1) / hashBytes;
    QByteArray key(sizeBytes, Qt::Uninitialized);
    for (qsizetype number = 0; number < blockCount; ++number) {
        Hash block = derivedBlock(digest, salt, static_cast<quint32>(number + 1), rounds);
        for (qsizetype i = 0; i * blockCount + number < sizeBytes; ++i) {
            key[i * blockCount + number] = block[static_cast<std::size_t>(i)];
        }
        ::explicit_bzero(block.data(), block.size());
    }
    ::explicit_bzero(digest.data(), digest.size());
    return base::SecretString::fromUtf8(std::move(key));
}

} // namespace keys
