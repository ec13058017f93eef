// The settings of the queue of transfers. Beside SettingsKeys.h, which has those of single ones.

#pragma once

#include "settings/SettingsKeys.h"

namespace settings::keys {

// ask, overwrite, older, size, keep or skip: what transfers do with files that are there already.
inline constexpr Key<QString> transferConflicts{QLatin1StringView("transfers/conflicts"),
                                                [] { return QStringLiteral("ask"); }};

// Of all transfers together; 0: no limit. And how many run at once.
inline constexpr Key<int> transferLimitKilobytes{QLatin1StringView("transfers/limitKilobytes"),
                                                 [] { return 0; }};
inline constexpr Key<int> transfersAtOnce{QLatin1StringView("transfers/atOnce"), [] { return 3; }};

} // namespace settings::keys
