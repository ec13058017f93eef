// LogLevel: how much is told about what goes on. Each includes the ones before.

#pragma once

namespace logging {

// None of them holds secrets: libssh logs a password only when it is built for debugging its
// cryptography.
enum class LogLevel { Error, Warning, Info, Debug, Trace };

} // namespace logging
