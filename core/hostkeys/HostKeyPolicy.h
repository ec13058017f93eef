// HostKeyPolicy: what to do with a host key that the known_hosts files do not vouch for.
//
// The names and their meaning are Paramiko's (RejectPolicy, WarningPolicy, AutoAddPolicy), and Ask.

#pragma once

#include "hostkeys/HostKeyVerdict.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace hostkeys {

enum class HostKeyPolicy {
    Reject,
    Warn, // go on, say so each time, store nothing
    AutoAdd,
    Ask,
};

enum class HostKeyDecision {
    Refuse,
    Accept,
    AcceptWithWarning,
    AcceptAndStore,
    Ask,
};

// The name as settings and the command line have it: reject, warn, auto-add or ask.
QString name(HostKeyPolicy policy);

// The policy of that exact name, if there is one.
std::optional<HostKeyPolicy> policyFromName(QStringView name);

// A changed or revoked key is refused under every policy. A key of another type than the known
// ones is a question under Ask, and refused otherwise: it is how a man in the middle would avoid
// being a changed key. A host for which only a certificate authority is trusted is unknown, but its
// key is never stored unasked: Auto-add then does as Warn.
HostKeyDecision decide(HostKeyPolicy policy, const HostKeyVerdict &verdict);

} // namespace hostkeys
