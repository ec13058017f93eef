// The mode of a private-key file: others must neither read nor change it. The rule is ssh(1)'s.

#pragma once

#include "base/Result.h"
#include "keys/KeyFileError.h"

#include <QString>

namespace keys {

// What a file that others may read or change is refused with.
KeyFileError looseModeError();

// Makes the mode of our own regular file 0600. Fails with Unreadable.
base::Result<void, KeyFileError> mendMode(const QString &path);

} // namespace keys
