// Weakness: what is known against the algorithms and keys of a connection, by today's judgment.

#pragma once

#include "hostkeys/HostKey.h"
#include "profiles/Transport.h"

#include <QString>

#include <optional>

namespace ssh {

enum class Weakness {
    NotPostQuantum, // recorded today, it may be read once there are quantum computers
    SmallGroup, // Diffie-Hellman in 1024 bits
    Sha1, // collisions are found (RFC 9142 section 1.1)
    Md5,
    CbcMode, // plain text can be recovered (RFC 4253 section 6.3, CPNI-957037)
    SmallBlocks, // blocks of 64 bits repeat after 32 GiB (Sweet32)
    Rc4, // RFC 8758
    NoEncryption,
    NoIntegrity,
    ShortRsa, // under 3072 bits (NIST SP 800-57, part 1, table 2)
    NotStrict, // packets of the handshake can be removed unseen (CVE-2023-48795)
};

// Of a name of RFC 4253 section 7.1. For AEAD ciphers the MAC that libssh names is none of its own.
std::optional<Weakness> weaknessOf(profiles::AlgorithmList list, const QString &name);

std::optional<Weakness> weaknessOf(const hostkeys::HostKey &key);

// Does the session offer anything that is weak? That no key exchange is post-quantum does not
// count.
bool offersWeakness(const profiles::Transport &transport);

// Whether a key exchange that is not strict harms: only these ciphers and MACs are open to the
// attack.
bool needsStrictness(const QString &cipher, const QString &mac);

} // namespace ssh
