#include "ssh/Route.h"

#include "ssh/ConnectionSettings.h"

namespace ssh {

bool operator==(const JumpVia &a, const JumpVia &b)
{
    return a.host == b.host || *a.host == *b.host;
}

} // namespace ssh
