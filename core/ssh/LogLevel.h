// LogLevel: how much a connection says on standard error about what the protocol does.

#pragma once

namespace ssh {

// Each includes the ones before. None of them writes secrets: libssh logs a password only when it
// is built for debugging its cryptography.
enum class LogLevel { Error, Warning, Info, Debug, Trace };

} // namespace ssh
