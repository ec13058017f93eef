// A Python program that does with Paramiko what a session does, for the clipboard: host keys are
// checked against ~/.ssh/known_hosts and unknown ones refused, and passwords are asked for, never
// written.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QString>

namespace profiles {

class ProfileStore;

// As a literal of Python, in quotes, that holds visible characters only.
QString pythonText(const QString &text);

// `profile` as EffectiveProfile has it; the store knows the sessions that it jumps through. Fails
// with Unsupported for a proxy, which Paramiko has not, and with NotFound for a jump host that is
// no session any more.
base::Result<QString> paramikoScript(const Profile &profile, const ProfileStore &store);

} // namespace profiles
