#include "ssh/Weakness.h"

#include "ssh/Algorithms.h"

using namespace Qt::StringLiterals;

namespace ssh {
namespace {

using profiles::AlgorithmList;

constexpr int strongRsaBits = 3072;

std::optional<Weakness> weaknessOfKeyExchange(const QString &name)
{
    if (name == "diffie-hellman-group1-sha1"_L1) {
        return Weakness::SmallGroup;
    }
    if (name.endsWith("-sha1"_L1)) {
        return Weakness::Sha1;
    }
    const bool isHybrid = name.startsWith("mlkem"_L1) || name.startsWith("sntrup"_L1);
    return isHybrid ? std::nullopt : std::optional(Weakness::NotPostQuantum);
}

std::optional<Weakness> weaknessOfCipher(const QString &name)
{
    if (name == "none"_L1) {
        return Weakness::NoEncryption;
    }
    if (name.startsWith("arcfour"_L1)) {
        return Weakness::Rc4;
    }
    if (name.startsWith("3des"_L1) || name.startsWith("blowfish"_L1)
        || name.startsWith("cast128"_L1)) {
        return Weakness::SmallBlocks;
    }
    return name.contains("-cbc"_L1) ? std::optional(Weakness::CbcMode) : std::nullopt;
}

std::optional<Weakness> weaknessOfMac(const QString &name)
{
    if (name == "none"_L1) {
        return Weakness::NoIntegrity;
    }
    if (name.startsWith("hmac-md5"_L1)) {
        return Weakness::Md5;
    }
    return name.startsWith("hmac-sha1"_L1) ? std::optional(Weakness::Sha1) : std::nullopt;
}

// RSA with SHA-1 (RFC 8332 section 1) and DSA, which knows nothing else.
std::optional<Weakness> weaknessOfSignature(const QString &name)
{
    const bool isSha1
        = name == "ssh-rsa"_L1 || name == "ssh-dss"_L1 || name == "ssh-rsa-cert-v01@openssh.com"_L1;
    return isSha1 ? std::optional(Weakness::Sha1) : std::nullopt;
}

} // namespace

std::optional<Weakness> weaknessOf(AlgorithmList list, const QString &name)
{
    if (name.isEmpty()) {
        return std::nullopt;
    }
    switch (list) {
    case AlgorithmList::KeyExchange:
        return weaknessOfKeyExchange(name);
    case AlgorithmList::Cipher:
        return weaknessOfCipher(name);
    case AlgorithmList::Mac:
        return weaknessOfMac(name);
    case AlgorithmList::HostKey:
    case AlgorithmList::PublicKey:
        break;
    }
    return weaknessOfSignature(name);
}

std::optional<Weakness> weaknessOf(const hostkeys::HostKey &key)
{
    const bool isShort = key.type() == "ssh-rsa" && key.bits() < strongRsaBits;
    return isShort ? std::optional(Weakness::ShortRsa) : std::nullopt;
}

bool offersWeakness(const profiles::Transport &transport)
{
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        for (const QString &name : algorithmsOf(transport, list)) {
            const auto weakness = weaknessOf(list, name);
            if (weakness && *weakness != Weakness::NotPostQuantum) {
                return true;
            }
        }
    }
    return false;
}

bool needsStrictness(const QString &cipher, const QString &mac)
{
    return cipher == "chacha20-poly1305@openssh.com"_L1
        || (cipher.contains("-cbc"_L1) && mac.contains("-etm@"_L1));
}

} // namespace ssh
