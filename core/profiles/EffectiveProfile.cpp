#include "profiles/EffectiveProfile.h"

#include "profiles/ProfileStore.h"
#include "settings/Settings.h"

namespace profiles {

EffectiveProfile EffectiveProfile::of(const Profile &profile, const ProfileStore &store)
{
    QJsonObject merged = profile.toJson({});
    QHash<QString, ValueOrigin> origins;
    for (const QString &field : Profile::inheritableFields()) {
        if (merged.contains(field)) {
            origins.insert(field, {ValueOrigin::Kind::Profile, {}});
        }
    }
    for (QString group = profile.group; !group.isEmpty(); group = parentGroup(group)) {
        const QJsonObject defaults = store.groupDefaults(group).toJson({});
        for (const QString &field : Profile::inheritableFields()) {
            if (!merged.contains(field) && defaults.contains(field)) {
                merged.insert(field, defaults.value(field));
                origins.insert(field, {ValueOrigin::Kind::Group, group});
            }
        }
    }

    Profile effective = Profile::defaultsFromJson(merged);
    effective.id = profile.id;
    effective.name = profile.name;
    effective.host = profile.host;
    effective.notes = profile.notes;
    effective.group = profile.group;
    effective.route = profile.route;
    return {effective, origins};
}

EffectiveProfile EffectiveProfile::of(const Profile &profile, const ProfileStore &store,
                                      const settings::Settings &settings)
{
    EffectiveProfile result = of(profile, store);
    if (result.profile.hostKeyPolicy) {
        return result;
    }
    // A name that nobody knows must not loosen anything.
    const auto global = hostkeys::policyFromName(settings.value(settings::keys::hostKeyPolicy));
    result.profile.hostKeyPolicy = global.value_or(hostkeys::HostKeyPolicy::Ask);
    if (global && settings.isSet(settings::keys::hostKeyPolicy)) {
        result.origins.insert(fields::hostKeyPolicy, {ValueOrigin::Kind::Settings, {}});
    }
    return result;
}

} // namespace profiles
