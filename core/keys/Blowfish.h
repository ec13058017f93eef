// Blowfish: the block cipher inside bcrypt, with bcrypt's expensive key schedule. Used by
// BcryptDerivation alone: as a cipher of its own it is out of date, and OpenSSL's has no such
// schedule.

#pragma once

#include <QByteArrayView>

#include <array>

namespace keys {

class Blowfish
{
public:
    // The state without a key: the digits of pi.
    Blowfish();
    ~Blowfish(); // wipes the state

    // `salt` is empty for the plain key schedule. Both are at least four bytes otherwise.
    void expand(QByteArrayView key, QByteArrayView salt = {});

    void encrypt(quint32 &left, quint32 &right) const;

private:
    static constexpr std::size_t subkeyCount = 18;
    static constexpr std::size_t boxSize = 256;
    static constexpr std::size_t boxCount = 4;

    quint32 mix(quint32 half) const;

    // The subkeys P, then the boxes S1 to S4 (Schneier, Description of a New Variable-Length Key,
    // 64-Bit Block Cipher, 1993).
    std::array<quint32, subkeyCount + boxCount * boxSize> m_words;
};

} // namespace keys
