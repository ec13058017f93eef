#include "ssh/LoginAttempt.h"

namespace ssh {

LoginAttempt::Outcome LoginAttempt::outcomeOf(int userauthResult)
{
    switch (userauthResult) {
    case SSH_AUTH_SUCCESS:
        return Outcome::Succeeded;
    case SSH_AUTH_PARTIAL:
        return Outcome::Partial;
    case SSH_AUTH_AGAIN:
        return Outcome::Pending;
    case SSH_AUTH_DENIED:
        return Outcome::Denied;
    default:
        return Outcome::Broken;
    }
}

} // namespace ssh
