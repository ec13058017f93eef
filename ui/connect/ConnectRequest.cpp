#include "ui/connect/ConnectRequest.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"

namespace ui {

ConnectRequest ConnectRequest::forProfile(const profiles::Profile &profile,
                                          const profiles::ProfileStore &store)
{
    return {.profile = profiles::EffectiveProfile::of(profile, store).profile,
            .remotePath = profile.remoteDirectory.toUtf8()};
}

ConnectRequest ConnectRequest::forAddress(const profiles::TargetAddress &address)
{
    const bool isForFiles = address.purpose == profiles::TargetAddress::Purpose::Files;
    return {.profile = profiles::Profile::forAddress(address),
            .purpose = isForFiles ? std::optional(address.purpose) : std::nullopt,
            .remotePath = address.path,
            .expectedFingerprint = address.fingerprint};
}

ConnectRequest ConnectRequest::forAlias(const QString &alias)
{
    return {.profile = profiles::OpenSshConfig::profileFor(alias), .isPassing = true};
}

base::Result<ConnectRequest, profiles::AddressError> ConnectRequest::fromText(
    const QString &text, const profiles::ProfileStore &store,
    const profiles::OpenSshConfig *openSsh)
{
    const QString name = text.trimmed();
    if (const auto profile = store.findByName(name)) {
        return forProfile(*profile, store);
    }
    if (openSsh != nullptr && openSsh->aliases().contains(name)) {
        return forAlias(name);
    }
    return profiles::TargetAddress::parse(text).transform(&ConnectRequest::forAddress);
}

} // namespace ui
