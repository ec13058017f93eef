// The sessions that can be named as a TARGET, as --list-profiles prints them.

#pragma once

#include <QString>

namespace profiles {
class OpenSshConfig;
class ProfileStore;
} // namespace profiles

namespace app {

// One line each: name, address and group, with tabs between. Control characters are escaped, so
// that no name can look like two. OpenSSH's aliases stand at the end, in the group OpenSSH; their
// address is what `ssh` makes of them, and is not asked for here.
QString profileListing(const profiles::ProfileStore &store, const profiles::OpenSshConfig &openSsh);

} // namespace app
