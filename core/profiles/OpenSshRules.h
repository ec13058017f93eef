// What a session takes over of OpenSSH's options, beside those that OpenSshOptions::appliedTo()
// knows. Used by the import of a configuration and by PastedCommand.

#pragma once

#include "profiles/Profile.h"

#include <QString>

namespace profiles {

// `keyword` is one of ssh_config(5), in lower case. False if it or its value has no place in a
// session. An agent of one's own is none: then none is lent.
bool takeOpenSshOption(Profile &profile, const QString &keyword, const QString &value);

} // namespace profiles
