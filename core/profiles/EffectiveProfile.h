// EffectiveProfile: a session with what it inherits, and where each value comes from: the session
// itself, the nearest of its groups, the settings, or nowhere, which is the default.

#pragma once

#include "profiles/Profile.h"

#include <QHash>
#include <QString>

namespace settings {
class Settings;
}

namespace profiles {

class ProfileStore;

struct ValueOrigin
{
    enum class Kind { Profile, Group, Settings, Default };

    Kind kind = Kind::Default;
    QString group; // its path, for Kind::Group

    friend bool operator==(const ValueOrigin &, const ValueOrigin &) = default;
};

struct EffectiveProfile
{
    Profile profile; // with the id, name and group of its own, and all else resolved
    QHash<QString, ValueOrigin> origins; // by the field's name in the file; absent: the default

    ValueOrigin origin(QLatin1StringView field) const { return origins.value(field); }

    // The one place that knows the order. Resolving again what was resolved changes nothing.
    static EffectiveProfile of(const Profile &profile, const ProfileStore &store);

    // With the settings below the groups: the host-key policy and the keep-alive are always there
    // then.
    static EffectiveProfile of(const Profile &profile, const ProfileStore &store,
                               const settings::Settings &settings);

    // Takes from the settings what neither the session nor a group says.
    void completeFrom(const settings::Settings &settings);
};

} // namespace profiles
