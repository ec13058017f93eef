// What OpenSSH's configuration of an alias means for a connection. profiles::OpenSshOptions fills
// in what a saved session has as well; this is the rest.

#pragma once

#include "base/Result.h"
#include "profiles/OpenSshHost.h"
#include "profiles/Profile.h"
#include "ssh/ConnectionSettings.h"

#include <QStringList>

#include <functional>

namespace ssh {

// `settings` with what is configured; what was set to something else than its default stays, since
// it came from the command line. Fails as withAlgorithms() does.
base::Result<ConnectionSettings> withOpenSsh(ConnectionSettings settings,
                                             const profiles::OpenSshOptions &options);

// How to connect to a host of the configuration, through its jump hosts. `profile` stands for it:
// what it has of its own stays, a route too. `settingsOf` gives the settings of a profile, as for a
// saved one. Fails as OpenSshOptions::appliedTo() and withOpenSsh() do.
base::Result<ConnectionSettings> settingsForOpenSsh(
    const profiles::OpenSshHost &host, const profiles::Profile &profile,
    const std::function<ConnectionSettings(const profiles::Profile &profile)> &settingsOf);

// Of a jump host, on which nobody starts a session.
ConnectionSettings withoutSessions(ConnectionSettings settings);

// What is configured for the host and means nothing to us, as "keyword value", and for its jump
// hosts as "alias: keyword value": to be told, since the connection may not be what the user
// expects.
QStringList notHonored(const profiles::OpenSshHost &host);

// The same for one that is a jump host itself.
QStringList notHonoredByJumpHost(const profiles::OpenSshHost &host);

} // namespace ssh
