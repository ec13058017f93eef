// What a saved server and the program's settings mean for a connection. Used by the window and by
// the verbs, so that both connect alike.

#pragma once

#include "profiles/OpenSshHost.h"
#include "profiles/Profile.h"
#include "settings/Settings.h"
#include "ssh/ConnectionSettings.h"

#include <QMap>

#include <functional>
#include <optional>

namespace profiles {
class ProfileStore;
}

namespace ssh {

// Finds a saved server, absent if there is none of this id.
using ProfileLookup
    = std::function<std::optional<profiles::Profile>(const profiles::Profile::Id &id)>;

// Finds them with what they inherit. `store` must outlive it.
ProfileLookup effectiveProfiles(const profiles::ProfileStore &store);

// What OpenSSH's configuration says of hosts of it, by alias.
using AliasHosts = QMap<QString, profiles::OpenSshHost>;

// `lookup` finds the jump hosts that are saved servers, `aliases` knows those that are hosts of
// OpenSSH's configuration: see AliasSettings. A route that can not be is NoRoute.
ConnectionSettings settingsFor(const profiles::Profile &profile, const settings::Settings &settings,
                               const ProfileLookup &lookup = {}, const AliasHosts &aliases = {});

} // namespace ssh
