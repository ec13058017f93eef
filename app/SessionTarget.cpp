#include "app/SessionTarget.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/TargetAddress.h"
#include "ui/errors/ErrorText.h"

namespace app {

base::Result<SessionTarget, UsageError> SessionTarget::find(const QString &target,
                                                            const ConnectionOptions &options,
                                                            const profiles::ProfileStore &store)
{
    if (const auto saved = store.findByName(target)) {
        const auto effective = profiles::EffectiveProfile::of(*saved, store);
        return SessionTarget{.profile = withOptions(effective.profile, options)};
    }
    const auto address = profiles::TargetAddress::parse(target);
    if (!address) {
        return base::Failure(UsageError{ui::addressErrorText(address.error())});
    }
    return SessionTarget{.profile = withOptions(profiles::Profile::forAddress(*address), options),
                         .hadPassword = address->hadPassword};
}

profiles::Profile withOptions(profiles::Profile profile, const ConnectionOptions &options)
{
    if (!options.user.isEmpty()) {
        profile.user = options.user;
    }
    profile.port = options.port.value_or(profile.port);
    profile.identityFiles = options.identityFiles + profile.identityFiles;
    profile.useAgent = profile.useAgent && options.useAgent;
    profile.useDefaultKeys = profile.useDefaultKeys && options.useDefaultKeys;
    if (options.hostKeyPolicy) {
        profile.hostKeyPolicy = options.hostKeyPolicy;
    }
    return profile;
}

ssh::ConnectionSettings withOptions(ssh::ConnectionSettings settings,
                                    const ConnectionOptions &options, ssh::LogLevel logLevel)
{
    if (!options.knownHostsFiles.isEmpty()) {
        settings.knownHostsFiles = options.knownHostsFiles;
    }
    settings.hashKnownHosts = settings.hashKnownHosts || options.hashKnownHosts;
    if (options.connectTimeout) {
        settings.timeouts.connect = *options.connectTimeout;
    }
    settings.logLevel = logLevel;
    return settings;
}

} // namespace app
