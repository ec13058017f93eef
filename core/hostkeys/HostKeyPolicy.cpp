#include "hostkeys/HostKeyPolicy.h"

#include <algorithm>
#include <array>

namespace hostkeys {
namespace {

struct NamedPolicy
{
    HostKeyPolicy policy;
    QLatin1StringView name;
};

constexpr std::array namedPolicies{
    NamedPolicy{HostKeyPolicy::Reject, QLatin1StringView("reject")},
    NamedPolicy{HostKeyPolicy::Warn, QLatin1StringView("warn")},
    NamedPolicy{HostKeyPolicy::AutoAdd, QLatin1StringView("auto-add")},
    NamedPolicy{HostKeyPolicy::Ask, QLatin1StringView("ask")},
};

HostKeyDecision decideOnUnknown(HostKeyPolicy policy, bool hasCertificateAuthority)
{
    switch (policy) {
    case HostKeyPolicy::Reject:
        return HostKeyDecision::Refuse;
    case HostKeyPolicy::Warn:
        return HostKeyDecision::AcceptWithWarning;
    case HostKeyPolicy::AutoAdd:
        return hasCertificateAuthority ? HostKeyDecision::AcceptWithWarning
                                       : HostKeyDecision::AcceptAndStore;
    case HostKeyPolicy::Ask:
        return HostKeyDecision::Ask;
    }
    return HostKeyDecision::Refuse;
}

} // namespace

QString name(HostKeyPolicy policy)
{
    const auto *const found
        = std::find_if(namedPolicies.begin(), namedPolicies.end(),
                       [policy](const NamedPolicy &entry) { return entry.policy == policy; });
    Q_ASSERT(found != namedPolicies.end());
    return found->name;
}

std::optional<HostKeyPolicy> policyFromName(QStringView name)
{
    const auto *const found
        = std::find_if(namedPolicies.begin(), namedPolicies.end(),
                       [name](const NamedPolicy &entry) { return entry.name == name; });
    return found != namedPolicies.end() ? std::optional(found->policy) : std::nullopt;
}

HostKeyDecision decide(HostKeyPolicy policy, const HostKeyVerdict &verdict)
{
    switch (verdict.status) {
    case HostKeyVerdict::Status::Ok:
        return HostKeyDecision::Accept;
    case HostKeyVerdict::Status::Unknown:
        return decideOnUnknown(policy, verdict.hasCertificateAuthority);
    case HostKeyVerdict::Status::OtherType:
        return policy == HostKeyPolicy::Ask ? HostKeyDecision::Ask : HostKeyDecision::Refuse;
    case HostKeyVerdict::Status::Changed:
    case HostKeyVerdict::Status::Revoked:
        return HostKeyDecision::Refuse;
    }
    return HostKeyDecision::Refuse;
}

} // namespace hostkeys
