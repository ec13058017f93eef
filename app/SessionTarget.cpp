#include "app/SessionTarget.h"

#include "profiles/TargetAddress.h"
#include "ssh/ProfileSettings.h"
#include "ui/errors/ErrorText.h"

namespace app {
namespace {

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

} // namespace

base::Result<SessionTarget, UsageError> SessionTarget::find(const QString &target,
                                                            const ConnectionOptions &options,
                                                            const profiles::ProfileStore &store)
{
    if (const auto saved = store.findByName(target)) {
        return SessionTarget{.profile = withOptions(*saved, options), .isSaved = true};
    }
    const auto address = profiles::TargetAddress::parse(target);
    if (!address) {
        return base::Failure(UsageError{ui::addressErrorText(address.error())});
    }
    return SessionTarget{.profile = withOptions(profiles::Profile::forAddress(*address), options),
                         .hadPassword = address->hadPassword};
}

ssh::ConnectionSettings SessionTarget::connectionSettings(const ConnectionOptions &options,
                                                          const settings::Settings &settings) const
{
    ssh::ConnectionSettings result = ssh::settingsFor(profile, settings);
    result.knownHostsFiles = options.knownHostsFiles;
    result.timeouts.connect = options.connectTimeout.value_or(
        std::chrono::duration_cast<std::chrono::seconds>(result.timeouts.connect));
    return result;
}

} // namespace app
