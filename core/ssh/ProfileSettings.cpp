#include "ssh/ProfileSettings.h"

#include "settings/SettingsKeys.h"

#include <QDir>

#include <algorithm>

namespace ssh {
namespace {

using namespace std::chrono_literals;

// Identity files may be written as in ssh_config(5), with "~/" for the home directory.
QString withoutTilde(const QString &path)
{
    return path.startsWith(QStringLiteral("~/")) ? QDir::homePath() + path.sliced(1) : path;
}

} // namespace

hostkeys::HostKeyPolicy effectivePolicy(const profiles::Profile &profile,
                                        const settings::Settings &settings)
{
    // A name that nobody knows must not loosen anything.
    const auto global = hostkeys::policyFromName(settings.value(settings::keys::hostKeyPolicy));
    return profile.hostKeyPolicy.value_or(global.value_or(hostkeys::HostKeyPolicy::Ask));
}

ConnectionSettings settingsFor(const profiles::Profile &profile, const settings::Settings &settings)
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
    result.transport = profile.transport;
    const int globalSeconds = settings.value(settings::keys::keepAliveSeconds);
    result.timeouts.keepAlive = profile.transport.keepAliveInterval.value_or(
        std::clamp(std::chrono::seconds(globalSeconds), 0s, profiles::longestKeepAlive));
    const int globalCount = settings.value(settings::keys::keepAliveCount);
    result.keepAliveCount = profile.transport.keepAliveCount.value_or(
        std::clamp(globalCount, 1, profiles::highestKeepAliveCount));
    result.hostKeyPolicy = effectivePolicy(profile, settings);
    return result;
}

} // namespace ssh
