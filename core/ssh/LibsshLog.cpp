#include "ssh/LibsshLog.h"

#include "base/DisplayText.h"

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

namespace ssh {

namespace {

struct ThreadLog
{
    int printed = SSH_LOG_NOLOG; // messages up to this level go to standard error
    LogListener listener;
    LogListener tap;
    std::shared_ptr<logging::SessionLog> log; // shared with who shows it
};

// libssh's own receiver is kept for each thread as well.
thread_local ThreadLog threadLog;

void handleMessage(int level, const char *function, const char *message, void *)
{
    if (std::strstr(message, noFile) != nullptr) {
        return;
    }
    if (threadLog.listener) {
        threadLog.listener(function, message);
    }
    if (threadLog.tap) {
        threadLog.tap(function, message);
    }
    if (threadLog.log) {
        threadLog.log->append(static_cast<LogLevel>(std::clamp(level, 0, SSH_LOG_TRACE)),
                              QStringLiteral("libssh"), QString::fromUtf8(message));
    }
    if (level <= threadLog.printed) {
        const QByteArray line
            = base::displayText(QByteArrayView(message)).toUtf8().prepend("ponto: ").append('\n');
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    }
}

void updateLevel()
{
    const int heard = threadLog.listener ? SSH_LOG_DEBUG : SSH_LOG_NOLOG;
    const int tapped = threadLog.tap ? SSH_LOG_TRACE : SSH_LOG_NOLOG;
    const int logged = threadLog.log ? static_cast<int>(threadLog.log->level()) : SSH_LOG_NOLOG;
    ssh_set_log_level(std::max({threadLog.printed, heard, tapped, logged}));
    ssh_set_log_callback(handleMessage);
}

} // namespace

void setThreadLogLevel(LogLevel level, LogListener listener)
{
    static_assert(SSH_LOG_NOLOG == static_cast<int>(LogLevel::Error)
                  && SSH_LOG_WARNING == static_cast<int>(LogLevel::Warning)
                  && SSH_LOG_PROTOCOL == static_cast<int>(LogLevel::Info)
                  && SSH_LOG_PACKET == static_cast<int>(LogLevel::Debug)
                  && SSH_LOG_FUNCTIONS == static_cast<int>(LogLevel::Trace));
    threadLog.printed = static_cast<int>(level);
    threadLog.listener = std::move(listener);
    updateLevel();
}

void setThreadLog(std::shared_ptr<logging::SessionLog> log)
{
    threadLog.log = std::move(log);
    updateLevel();
}

LogTap::LogTap(LogListener listener)
{
    threadLog.tap = std::move(listener);
    updateLevel();
}

LogTap::~LogTap()
{
    threadLog.tap = {};
    updateLevel();
}

void logMessage(LogLevel level, const QString &message)
{
    handleMessage(static_cast<int>(level), "", message.toUtf8().constData(), nullptr);
}

} // namespace ssh
