// EnvironmentClass: what a server is for. The window colors it, and asks before dangerous acts
// where a mistake is expensive.

#pragma once

#include <QLatin1StringView>
#include <QStringView>

namespace profiles {

enum class EnvironmentClass { None, Development, Staging, Production };

// As in the file; empty for None.
QLatin1StringView name(EnvironmentClass environmentClass);

// None for a name that is none.
EnvironmentClass environmentClassFromName(QStringView name);

} // namespace profiles
