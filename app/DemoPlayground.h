// The files that a visitor of the demo server finds: a few folders, texts, a script, a link.

#pragma once

#include "base/Result.h"

#include <QString>

namespace app {

// Creates `directory` and what is in it.
[[nodiscard]] base::Result<void> makePlayground(const QString &directory);

} // namespace app
