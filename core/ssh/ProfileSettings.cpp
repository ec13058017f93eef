#include "ssh/ProfileSettings.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/ProfileStore.h"
#include "profiles/Variable.h"
#include "settings/SettingsKeys.h"
#include "ssh/RouteSettings.h"

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

Variables variablesOf(const profiles::Profile &profile)
{
    Variables variables;
    for (const QString &line : profile.environment) {
        if (const auto variable = profiles::Variable::parse(line)) {
            variables.insert(variable->name.toUtf8(), variable->value.toUtf8());
        }
    }
    return variables;
}

// Somebody may have written anything into the file.
std::chrono::seconds secondsBetween(int smallest, int value)
{
    constexpr int longest = 3600;
    return std::chrono::seconds(std::clamp(value, smallest, longest));
}

// The user's own files come first, so that new keys go where ssh looks for them. Absent from the
// connection if there are no others: it knows its user's files.
QStringList knownHostsFiles(const settings::Settings &settings)
{
    QStringList others;
    for (const QString &file : settings.value(settings::keys::knownHostsFiles)) {
        if (const QString path = withoutTilde(file); QDir::isAbsolutePath(path)) {
            others.append(path);
        }
    }
    return others.isEmpty() ? QStringList() : hostkeys::standardUserFiles() + others;
}

// Without the route.
ConnectionSettings loginFor(const profiles::Profile &said, const settings::Settings &settings)
{
    profiles::EffectiveProfile complete{said, {}};
    complete.completeFrom(settings);
    const profiles::Profile &profile = complete.profile;
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
    result.environment = variablesOf(profile);
    result.startupCommand = profile.startupCommand;
    result.terminalType = profile.terminal.type;
    result.forwardsAgent = profile.forwardAgent;
    result.asksForAgent = profile.asksForAgent;
    result.forwardsX11 = profile.forwardX11;
    result.transport = profile.transport;
    result.sftpServer = profile.sftpServer;
    result.timeouts.keepAlive = *profile.transport.keepAliveInterval;
    result.keepAliveCount = *profile.transport.keepAliveCount;
    result.hostKeyPolicy = *profile.hostKeyPolicy;
    result.knownHostsFiles = knownHostsFiles(settings);
    result.hashKnownHosts = settings.value(settings::keys::hashKnownHosts);
    result.timeouts.connect
        = secondsBetween(1, settings.value(settings::keys::connectTimeoutSeconds));
    return result;
}

} // namespace

ProfileLookup effectiveProfiles(const profiles::ProfileStore &store)
{
    return [&store](const profiles::Profile::Id &id) {
        return store.find(id).transform([&store](const profiles::Profile &profile) {
            return profiles::EffectiveProfile::of(profile, store).profile;
        });
    };
}

ConnectionSettings settingsFor(const profiles::Profile &profile, const settings::Settings &settings,
                               const ProfileLookup &lookup, const AliasHosts &aliases)
{
    const auto loginOf = [&](const profiles::Profile &each) { return loginFor(each, settings); };
    ConnectionSettings result = RouteSettings(loginOf, lookup, aliases).settingsOf(profile);
    result.forwards = profile.forwards; // not those of its jump hosts
    return result;
}

} // namespace ssh
