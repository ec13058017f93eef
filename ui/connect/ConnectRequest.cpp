#include "ui/connect/ConnectRequest.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/ProfileStore.h"

namespace ui {

ConnectRequest ConnectRequest::forProfile(const profiles::Profile &profile,
                                          const profiles::ProfileStore &store)
{
    return {.profile = profiles::EffectiveProfile::of(profile, store).profile};
}

ConnectRequest ConnectRequest::forAddress(const profiles::TargetAddress &address)
{
    const bool isForFiles = address.purpose == profiles::TargetAddress::Purpose::Files;
    return {.profile = profiles::Profile::forAddress(address),
            .purpose = isForFiles ? std::optional(address.purpose) : std::nullopt,
            .remotePath = address.path,
            .expectedFingerprint = address.fingerprint};
}

base::Result<ConnectRequest, profiles::AddressError> ConnectRequest::fromText(
    const QString &text, const profiles::ProfileStore &store)
{
    if (const auto profile = store.findByName(text.trimmed())) {
        return forProfile(*profile, store);
    }
    return profiles::TargetAddress::parse(text).transform(&ConnectRequest::forAddress);
}

} // namespace ui
