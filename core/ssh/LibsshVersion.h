// The gate in front of libssh: which versions are safe to speak with a stranger.

#pragma once

#include "base/Result.h"

#include <QString>

#include <functional>

namespace ssh {

// Fails with Unsupported, and a `detail` that names both versions, if the library that is loaded
// (not the one that was compiled against) has known holes: older than 0.11.5, or 0.12.0 and 0.12.1
// (CVE-2026-59843 zero packet size, CVE-2026-59847 AES-GCM tag not checked, and others).
base::Result<void> checkLibsshVersion();

// Of the library that is loaded, as it names itself.
QString libsshVersion();

// The rule itself. `reaches(major, minor, micro)` tells whether the library is that version or
// newer.
bool isSafeLibssh(const std::function<bool(int major, int minor, int micro)> &reaches);

} // namespace ssh
