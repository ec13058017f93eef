// Whether it is worth to try again later what a connection was used for.

#pragma once

#include "base/Error.h"

namespace base {

// True if a connection that ended so, or could not be made, may be there again after a while: no
// network, no name server, a server that starts.
bool mayHeal(const Error &error);

} // namespace base
