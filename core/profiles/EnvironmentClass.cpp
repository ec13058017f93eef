#include "profiles/EnvironmentClass.h"

#include <array>
#include <utility>

namespace profiles {
namespace {

constexpr std::array names{
    std::pair(EnvironmentClass::Development, QLatin1StringView("development")),
    std::pair(EnvironmentClass::Staging, QLatin1StringView("staging")),
    std::pair(EnvironmentClass::Production, QLatin1StringView("production")),
};

} // namespace

QLatin1StringView name(EnvironmentClass environmentClass)
{
    for (const auto &[value, text] : names) {
        if (value == environmentClass) {
            return text;
        }
    }
    return {};
}

EnvironmentClass environmentClassFromName(QStringView name)
{
    for (const auto &[value, text] : names) {
        if (name == text) {
            return value;
        }
    }
    return EnvironmentClass::None;
}

} // namespace profiles
