#include "base/Recovery.h"

namespace base {

bool mayHeal(const Error &error)
{
    return (isTransient(error.kind) && error.cause != ErrorCause::Damaged)
        || error.kind == ErrorKind::HostNotFound;
}

} // namespace base
