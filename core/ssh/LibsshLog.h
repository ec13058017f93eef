// What libssh has to say about a connection, on standard error.

#pragma once

#include "ssh/LogLevel.h"

namespace ssh {

// For the calling thread: libssh keeps level and receiver for each thread. Foreign text in the
// messages is made safe to print.
void setThreadLogLevel(LogLevel level);

} // namespace ssh
