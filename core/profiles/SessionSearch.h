// The text of a session in which filters and the palette look for what was typed.

#pragma once

#include "profiles/Profile.h"

#include <QString>

namespace profiles {

class ProfileStore;

// All that a person has written into the session or its groups, and its address, on one line. Not
// the group's name: whether that counts is up to who shows groups.
QString searchText(const Profile &profile, const ProfileStore &store);

} // namespace profiles
