// The order in which the sessions of a group are shown: first those that the user placed by hand,
// then the others by their titles, as people count.

#pragma once

#include "profiles/Profile.h"

#include <QCollator>
#include <QList>

namespace profiles {

class ProfileStore;

// "web2" before "web10", whatever the case, in the user's language.
QCollator titleCollator();

void sortAsShown(QList<Profile> &sessions);

// Those of that group, not of the groups below it, as shown.
QList<Profile> sessionsOf(const QString &group, const ProfileStore &store);

} // namespace profiles
