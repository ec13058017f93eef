// What OpenSSH's configuration of an alias means for a connection. profiles::OpenSshOptions fills
// in what a saved session has as well; this is the rest.

#pragma once

#include "profiles/OpenSshOptions.h"
#include "ssh/ConnectionSettings.h"

#include <QStringList>

namespace ssh {

// `settings` with what is configured; what was set to something else than its default stays, since
// it came from the command line.
ConnectionSettings withOpenSsh(ConnectionSettings settings,
                               const profiles::OpenSshOptions &options);

// What is configured for the alias and means nothing to us, as "keyword value": to be told, since
// the connection may not be what the user expects.
QStringList notHonored(const profiles::OpenSshOptions &options);

} // namespace ssh
