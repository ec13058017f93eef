// What a saved server and the program's settings mean for a connection. Used by the window and by
// the verbs, so that both connect alike.

#pragma once

#include "profiles/Profile.h"
#include "settings/Settings.h"
#include "ssh/ConnectionSettings.h"

namespace ssh {

// The policy of the profile, else that of the settings, else Ask.
hostkeys::HostKeyPolicy effectivePolicy(const profiles::Profile &profile,
                                        const settings::Settings &settings);

ConnectionSettings settingsFor(const profiles::Profile &profile,
                               const settings::Settings &settings);

} // namespace ssh
