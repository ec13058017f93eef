// What a saved server and the program's settings mean for a connection. Used by the window and by
// the verbs, so that both connect alike.

#pragma once

#include "profiles/Profile.h"
#include "settings/Settings.h"
#include "ssh/ConnectionSettings.h"

#include <functional>
#include <optional>

namespace ssh {

// Finds a saved server, absent if there is none of this id.
using ProfileLookup
    = std::function<std::optional<profiles::Profile>(const profiles::Profile::Id &id)>;

// `lookup` finds the jump hosts that are saved servers. A route that can not be is NoRoute.
ConnectionSettings settingsFor(const profiles::Profile &profile, const settings::Settings &settings,
                               const ProfileLookup &lookup = {});

} // namespace ssh
