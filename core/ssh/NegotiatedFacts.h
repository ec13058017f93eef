// What libssh knows of a session after its key exchange, for ConnectionInfo.

#pragma once

#include "ssh/Connection.h"
#include "ssh/LibsshHandles.h"

namespace ssh {

// The server's version, the key exchange and the ciphers; all else is empty.
ConnectionInfo negotiatedFacts(ssh_session session, const Negotiation &negotiation);

} // namespace ssh
