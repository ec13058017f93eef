#include "ssh/ProfileSettings.h"

#include "settings/SettingsKeys.h"
#include "ssh/RouteSettings.h"

#include <QDir>

namespace ssh {
namespace {

// Identity files may be written as in ssh_config(5), with "~/" for the home directory.
QString withoutTilde(const QString &path)
{
    return path.startsWith(QStringLiteral("~/")) ? QDir::homePath() + path.sliced(1) : path;
}

// Without the route.
ConnectionSettings loginFor(const profiles::Profile &profile, const settings::Settings &settings)
{
    ConnectionSettings result;
    result.host = profile.host;
    result.port = profile.port;
    result.user = profile.user;
    for (const QString &file : profile.identityFiles) {
        result.identityFiles.append(withoutTilde(file));
    }
    result.useAgent = profile.useAgent;
    result.useDefaultKeys = profile.useDefaultKeys;
    result.identitiesOnly = profile.identitiesOnly;
    result.agentSocket = profile.identityAgent;
    result.loginOrder = profile.loginOrder;
    result.hostKeyPolicy = effectivePolicy(profile, settings);
    return result;
}

} // namespace

hostkeys::HostKeyPolicy effectivePolicy(const profiles::Profile &profile,
                                        const settings::Settings &settings)
{
    // A name that nobody knows must not loosen anything.
    const auto global = hostkeys::policyFromName(settings.value(settings::keys::hostKeyPolicy));
    return profile.hostKeyPolicy.value_or(global.value_or(hostkeys::HostKeyPolicy::Ask));
}

ConnectionSettings settingsFor(const profiles::Profile &profile, const settings::Settings &settings,
                               const ProfileLookup &lookup)
{
    const auto loginOf = [&](const profiles::Profile &each) { return loginFor(each, settings); };
    return RouteSettings(loginOf, lookup).settingsOf(profile);
}

} // namespace ssh
