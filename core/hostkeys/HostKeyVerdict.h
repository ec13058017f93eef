// HostKeyVerdict: what the known_hosts files say about a key that a server has shown.

#pragma once

#include "hostkeys/HostKey.h"

#include <QList>
#include <QString>

#include <optional>

namespace hostkeys {

// A line of a known_hosts file.
struct Location
{
    QString file;
    qsizetype line = 0; // from 1

    friend bool operator==(const Location &, const Location &) = default;
};

struct KnownKey
{
    HostKey key;
    Location location;
};

struct HostKeyVerdict
{
    enum class Status {
        Ok, // this key is known for this host
        Unknown, // no line speaks of this host
        OtherType, // lines speak of this host, none of a key of this type: or one cannot be read
        Changed, // another key of this type is known
        Revoked, // a line says that this key must never be trusted
    };

    // Whoever forgets to fill it in gets a refusal.
    Status status = Status::Changed;

    std::optional<Location> decidedBy; // empty for Unknown only
    QList<KnownKey> knownKeys; // readable keys of this host, in file order, revoked ones left out

    // A line trusts a certificate authority for this host. We cannot negotiate host certificates,
    // so that it changes no status: it is there to be told.
    bool hasCertificateAuthority = false;
};

} // namespace hostkeys
