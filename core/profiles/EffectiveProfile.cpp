#include "profiles/EffectiveProfile.h"

#include "profiles/ProfileStore.h"
#include "settings/LogKeys.h"
#include "settings/Settings.h"

#include <algorithm>
#include <type_traits>

namespace profiles {
namespace {

// "Old devices" is said of one session, which is nearer to it than any group's list.
bool isHiddenByPreset(QLatin1StringView field, const Profile &profile)
{
    return profile.transport.preset != AlgorithmPreset::Modern
        && std::ranges::contains(fields::algorithmLists, field);
}

bool leadsTo(const ProfileRoute::JumpHost &host, const Profile &profile)
{
    if (const auto *reference = std::get_if<ProfileReference>(&host)) {
        return reference->id == profile.id;
    }
    const auto &address = std::get<TargetAddress>(host);
    return address.host.compare(profile.host, Qt::CaseInsensitive) == 0
        && address.port.value_or(Profile().port) == profile.port;
}

// A jump host of its own group is reached by those before it.
void endBefore(const Profile &profile, QList<ProfileRoute::JumpHost> &jumpHosts)
{
    const auto itself = std::ranges::find_if(
        jumpHosts, [&](const ProfileRoute::JumpHost &host) { return leadsTo(host, profile); });
    jumpHosts.erase(itself, jumpHosts.end());
}

// Its fields have a value that stands for none.
void completeTerminal(EffectiveProfile &effective, const settings::Settings &settings)
{
    namespace keys = settings::keys;
    const auto complete = [&](auto &value, const auto &key, QLatin1StringView field) {
        if (value == std::remove_cvref_t<decltype(value)>()) {
            value = settings.value(key);
            const auto kind
                = settings.isSet(key) ? ValueOrigin::Kind::Settings : ValueOrigin::Kind::Default;
            effective.origins.insert(field, {kind, {}});
        }
    };
    TerminalChoice &terminal = effective.profile.terminal;
    complete(terminal.log, keys::logForm, fields::terminalLog);
    complete(terminal.colors, keys::terminalColors, fields::terminalColors);
    complete(terminal.fontFamily, keys::terminalFontFamily, fields::terminalFontFamily);
    complete(terminal.fontPoints, keys::terminalFontPoints, fields::terminalFontPoints);
    complete(terminal.cursor, keys::terminalCursor, fields::terminalCursor);
    complete(terminal.bell, keys::terminalBell, fields::terminalBell);
    complete(terminal.scrollback, keys::terminalScrollback, fields::terminalScrollback);
    if (terminal.type.isEmpty()) {
        terminal.type = TerminalChoice::usualType;
        effective.origins.insert(fields::terminalType, {ValueOrigin::Kind::Default, {}});
    }
}

} // namespace

EffectiveProfile EffectiveProfile::of(const Profile &profile, const ProfileStore &store)
{
    EffectiveProfile result{profile, {}};
    QList<std::pair<QString, Profile>> groups; // the nearest first
    for (QString path = profile.group; !path.isEmpty(); path = parentGroup(path)) {
        groups.append({path, store.groupDefaults(path)});
    }
    for (const InheritableField &field : Profile::inheritableFields()) {
        if (field.isOwn(profile)) {
            result.origins.insert(field.name, {ValueOrigin::Kind::Profile, {}});
            continue;
        }
        const auto giver = std::ranges::find_if(
            groups, [&](const auto &group) { return field.isOwn(group.second); });
        if (giver != groups.end() && !isHiddenByPreset(field.name, profile)) {
            field.copy(result.profile, giver->second);
            result.profile.keepDefault(field.name, true);
            result.origins.insert(field.name, {ValueOrigin::Kind::Group, giver->first});
        }
    }
    if (result.origin(fields::jumpHosts).kind == ValueOrigin::Kind::Group) {
        endBefore(result.profile, result.profile.route.jumpHosts);
    }
    return result;
}

EffectiveProfile EffectiveProfile::of(const Profile &profile, const ProfileStore &store,
                                      const settings::Settings &settings)
{
    EffectiveProfile result = of(profile, store);
    result.completeFrom(settings);
    return result;
}

void EffectiveProfile::completeFrom(const settings::Settings &settings)
{
    namespace keys = settings::keys;
    const auto complete = [&](auto &value, const auto &global, QLatin1StringView field,
                              bool isChosen) {
        if (!value) {
            value = global;
            origins.insert(
                field, {isChosen ? ValueOrigin::Kind::Settings : ValueOrigin::Kind::Default, {}});
        }
    };
    // A name that nobody knows must not loosen anything.
    const auto policy = hostkeys::policyFromName(settings.value(keys::hostKeyPolicy));
    complete(profile.hostKeyPolicy, policy.value_or(hostkeys::HostKeyPolicy::Ask),
             fields::hostKeyPolicy, policy && settings.isSet(keys::hostKeyPolicy));

    const auto silence = std::chrono::seconds(settings.value(keys::keepAliveSeconds));
    complete(profile.transport.keepAliveInterval,
             std::clamp(silence, std::chrono::seconds(0), longestKeepAlive), fields::keepAlive,
             settings.isSet(keys::keepAliveSeconds));
    complete(profile.transport.keepAliveCount,
             std::clamp(settings.value(keys::keepAliveCount), 1, highestKeepAliveCount),
             fields::keepAliveCount, settings.isSet(keys::keepAliveCount));
    completeTerminal(*this, settings);
}

} // namespace profiles
