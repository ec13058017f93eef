// Hosts of an OpenSSH configuration as sessions of our own, which no longer follow it.
//
// Nothing is run for that: `Match exec` would start programs, so Match blocks do not count.

#pragma once

#include "profiles/import/ImportedSession.h"
#include "profiles/OpenSshConfigScan.h"

namespace profiles {

// One for each alias. A jump host that is an alias itself is referred to, and one of them. Blocks
// for the disk, for some seconds at most.
ImportedSessions openSshSessions(const OpenSshPlace &place);

} // namespace profiles
