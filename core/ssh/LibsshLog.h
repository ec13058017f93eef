// What libssh has to say about a connection, on standard error and in the connection's log.

#pragma once

#include "log/SessionLog.h"
#include "ssh/LogLevel.h"

#include <QString>
#include <QtClassHelperMacros>

#include <functional>
#include <memory>

namespace ssh {

// A file that can not be, below a device: for what libssh would read and is not to. That it does
// not find it is what was wanted, and is left out of every log.
inline constexpr const char *noFile = "/dev/null/none";

// Gets every message up to the level Debug, with the name of libssh's function that it is from.
using LogListener = std::function<void(const char *function, const char *message)>;

// For the calling thread: libssh keeps level and receiver for each thread. Foreign text in the
// messages is made safe to print. The listener, if any, stays until the next call.
void setThreadLogLevel(LogLevel level, LogListener listener = {});

// For the calling thread: what libssh says goes to that log as well, as far as the log wants it.
// Again when the level of the log has changed; null: no more.
void setThreadLog(std::shared_ptr<logging::SessionLog> log);

// A message of our own among them, safe to print.
void logMessage(LogLevel level, const QString &message);

// Gets every message of the calling thread up to the level Trace as long as this exists, which is
// for a moment: libssh then words a message for each packet. One at a time on a thread.
class LogTap
{
public:
    explicit LogTap(LogListener listener);
    ~LogTap();
    Q_DISABLE_COPY_MOVE(LogTap)
};

} // namespace ssh
