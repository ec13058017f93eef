#include "keys/Blowfish.h"

#include "keys/OpenSslHandles.h"

#include <QtEndian>

#include <string.h> // explicit_bzero

#include <vector>

namespace keys {
namespace {

constexpr int rounds = 16;

// 2^bits / divisor - 2^bits / (3 divisor^3) + ...: the arc tangent of 1 / divisor.
BnHandle arcTangent(BN_ULONG divisor, int bits)
{
    BnHandle power(BN_new());
    BnHandle sum(BN_new());
    BnHandle term(BN_new());
    BN_set_bit(power.get(), bits);
    BN_div_word(power.get(), divisor);
    for (BN_ULONG odd = 1; BN_is_zero(power.get()) == 0; odd += 2) {
        BN_copy(term.get(), power.get());
        BN_div_word(term.get(), odd);
        const auto combine = odd % 4 == 1 ? BN_add : BN_sub;
        combine(sum.get(), sum.get(), term.get());
        BN_div_word(power.get(), divisor * divisor);
    }
    return sum;
}

// The first `Words` words of the fraction of pi, by Machin's formula:
// pi = 16 arctan(1/5) - 4 arctan(1/239).
template<std::size_t Words>
std::array<quint32, Words> digitsOfPi()
{
    constexpr int guardBits = 64; // for what the divisions cut off
    constexpr int bits = static_cast<int>(Words) * 32;
    const BnHandle first = arcTangent(5, bits + guardBits);
    const BnHandle second = arcTangent(239, bits + guardBits);
    BN_lshift(first.get(), first.get(), 4);
    BN_lshift(second.get(), second.get(), 2);
    BN_sub(first.get(), first.get(), second.get());
    BN_rshift(first.get(), first.get(), guardBits);
    BN_mask_bits(first.get(), bits); // without the 3 before the point

    std::vector<unsigned char> bytes(Words * sizeof(quint32));
    BN_bn2binpad(first.get(), bytes.data(), static_cast<int>(bytes.size()));
    std::array<quint32, Words> words{};
    qFromBigEndian<quint32>(bytes.data(), Words, words.data());
    return words;
}

// Gives out the words of `bytes`, over and over.
class WordCycle
{
public:
    explicit WordCycle(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    quint32 next()
    {
        quint32 word = 0;
        for (std::size_t i = 0; i < sizeof word; ++i) {
            word = word << 8 | static_cast<quint8>(m_bytes[m_position]);
            m_position = (m_position + 1) % m_bytes.size();
        }
        return word;
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_position = 0;
};

} // namespace

Blowfish::Blowfish()
{
    static const auto pi = digitsOfPi<subkeyCount + boxCount * boxSize>();
    m_words = pi;
}

Blowfish::~Blowfish()
{
    ::explicit_bzero(m_words.data(), sizeof m_words);
}

void Blowfish::expand(QByteArrayView key, QByteArrayView salt)
{
    WordCycle keyWords(key);
    for (std::size_t i = 0; i < subkeyCount; ++i) {
        m_words[i] ^= keyWords.next();
    }
    constexpr char zeros[sizeof(quint32)] = {};
    WordCycle saltWords(salt.isEmpty() ? QByteArrayView(zeros, sizeof zeros) : salt);
    quint32 left = 0;
    quint32 right = 0;
    for (std::size_t i = 0; i < m_words.size(); i += 2) {
        left ^= saltWords.next();
        right ^= saltWords.next();
        encrypt(left, right);
        m_words[i] = left;
        m_words[i + 1] = right;
    }
}

quint32 Blowfish::mix(quint32 half) const
{
    const quint32 *boxes = m_words.data() + subkeyCount;
    const quint32 sum = boxes[half >> 24] + boxes[boxSize + (half >> 16 & 0xff)];
    return (sum ^ boxes[2 * boxSize + (half >> 8 & 0xff)]) + boxes[3 * boxSize + (half & 0xff)];
}

void Blowfish::encrypt(quint32 &left, quint32 &right) const
{
    for (std::size_t round = 0; round < rounds; round += 2) {
        left ^= m_words[round];
        right ^= mix(left);
        right ^= m_words[round + 1];
        left ^= mix(right);
    }
    left ^= m_words[rounds];
    right ^= m_words[rounds + 1];
    std::swap(left, right);
}

} // namespace keys
