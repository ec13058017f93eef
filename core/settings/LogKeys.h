// The settings of the logs that are kept of terminals. Beside SettingsKeys.h.

#pragma once

#include "settings/SettingsKeys.h"

namespace settings::keys {

// off, plain, timed or cast: whether what a terminal shows is kept in a file, and how: as lines of
// text, each with its time, or as a recording (asciicast). Sessions and groups may say otherwise.
inline constexpr Key<QString> logForm{QLatin1StringView("logs/form"),
                                      [] { return QStringLiteral("off"); }};

// Where the files go: an absolute path; empty: below the user's state directory.
inline constexpr Key<QString> logFolder{QLatin1StringView("logs/folder"), [] { return QString(); }};

// The name of a file below that: see archive::LogName.
inline constexpr Key<QString> logName{QLatin1StringView("logs/name"),
                                      [] { return QStringLiteral("%s/%d-%t"); }};

// Logs are deleted so many days after their end, 0 for never, and the oldest ones when all together
// have more bytes than that, 0 for any number. A single log ends at that size too.
inline constexpr Key<int> logDays{QLatin1StringView("logs/keepDays"), [] { return 90; }};
inline constexpr Key<int> logMegabytes{QLatin1StringView("logs/keepMegabytes"),
                                       [] { return 1024; }};

} // namespace settings::keys
