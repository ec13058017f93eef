#include "ssh/Algorithms.h"

#if defined(__aarch64__)
    #include <asm/hwcap.h>
    #include <sys/auxv.h>
#endif

using namespace Qt::StringLiterals;

namespace ssh {
namespace {

using profiles::AlgorithmList;
using profiles::AlgorithmPreset;

bool hasAesInstructions()
{
#if defined(__x86_64__) || defined(__i386__)
    return __builtin_cpu_supports("aes") != 0;
#elif defined(__aarch64__)
    return (::getauxval(AT_HWCAP) & HWCAP_AES) != 0;
#else
    return false;
#endif
}

QStringList modernCiphers()
{
    const QStringList gcm{u"aes128-gcm@openssh.com"_s, u"aes256-gcm@openssh.com"_s};
    const QStringList chacha{u"chacha20-poly1305@openssh.com"_s};
    const QStringList ctr{u"aes128-ctr"_s, u"aes192-ctr"_s, u"aes256-ctr"_s};
    return (hasAesInstructions() ? gcm + chacha : chacha + gcm) + ctr;
}

// The first two need libssh 0.12: an older one leaves out what it does not know.
QStringList modernKeyExchanges()
{
    return {u"mlkem768x25519-sha256"_s,
            u"sntrup761x25519-sha512"_s,
            u"sntrup761x25519-sha512@openssh.com"_s,
            u"curve25519-sha256"_s,
            u"curve25519-sha256@libssh.org"_s,
            u"ecdh-sha2-nistp256"_s,
            u"ecdh-sha2-nistp384"_s,
            u"ecdh-sha2-nistp521"_s,
            u"diffie-hellman-group18-sha512"_s,
            u"diffie-hellman-group16-sha512"_s,
            u"diffie-hellman-group-exchange-sha256"_s,
            u"diffie-hellman-group14-sha256"_s};
}

QStringList modernHostKeys()
{
    return {u"ssh-ed25519"_s,         u"ecdsa-sha2-nistp256"_s, u"ecdsa-sha2-nistp384"_s,
            u"ecdsa-sha2-nistp521"_s, u"rsa-sha2-512"_s,        u"rsa-sha2-256"_s};
}

QStringList modernPublicKeys()
{
    QStringList names;
    for (const QString &plain : modernHostKeys()) {
        names.append(plain + u"-cert-v01@openssh.com"_s);
    }
    return names + modernHostKeys()
        + QStringList{u"sk-ssh-ed25519@openssh.com"_s, u"sk-ecdsa-sha2-nistp256@openssh.com"_s,
                      u"sk-ssh-ed25519-cert-v01@openssh.com"_s,
                      u"sk-ecdsa-sha2-nistp256-cert-v01@openssh.com"_s};
}

QStringList modernAlgorithms(AlgorithmList list)
{
    switch (list) {
    case AlgorithmList::KeyExchange:
        return modernKeyExchanges();
    case AlgorithmList::HostKey:
        return modernHostKeys();
    case AlgorithmList::Cipher:
        return modernCiphers();
    case AlgorithmList::Mac:
        return {u"hmac-sha2-256-etm@openssh.com"_s, u"hmac-sha2-512-etm@openssh.com"_s,
                u"hmac-sha2-256"_s, u"hmac-sha2-512"_s};
    case AlgorithmList::PublicKey:
        break;
    }
    return modernPublicKeys();
}

// What only old devices need, and libssh 0.11 still has. Group 1 has 1024 bits (RFC 9142 section
// 3.4 says that it must not be used): it is here because some switches know nothing else.
QStringList oldAlgorithms(AlgorithmList list)
{
    switch (list) {
    case AlgorithmList::KeyExchange:
        return {u"diffie-hellman-group-exchange-sha1"_s, u"diffie-hellman-group14-sha1"_s,
                u"diffie-hellman-group1-sha1"_s};
    case AlgorithmList::Cipher:
        return {u"aes256-cbc"_s, u"aes192-cbc"_s, u"aes128-cbc"_s, u"3des-cbc"_s};
    case AlgorithmList::Mac:
        return {u"hmac-sha1-etm@openssh.com"_s, u"hmac-sha1"_s};
    case AlgorithmList::HostKey:
    case AlgorithmList::PublicKey:
        break;
    }
    return {u"ssh-rsa"_s};
}

} // namespace

QStringList supportedAlgorithms(AlgorithmList list)
{
    return modernAlgorithms(list) + oldAlgorithms(list);
}

QStringList presetAlgorithms(AlgorithmList list, AlgorithmPreset preset)
{
    return preset == AlgorithmPreset::Modern ? modernAlgorithms(list) : supportedAlgorithms(list);
}

QStringList algorithmsOf(const profiles::Transport &transport, AlgorithmList list)
{
    const QStringList supported = supportedAlgorithms(list);
    QStringList chosen = transport.list(list);
    chosen.removeIf([&supported](const QString &name) { return !supported.contains(name); });
    return chosen.isEmpty() ? presetAlgorithms(list, transport.preset) : chosen;
}

QByteArray compressionList(const profiles::Transport &transport)
{
    return transport.compress ? QByteArrayLiteral("zlib@openssh.com,none")
                              : QByteArrayLiteral("none");
}

} // namespace ssh
