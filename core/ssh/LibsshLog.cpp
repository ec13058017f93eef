#include "ssh/LibsshLog.h"

#include "base/DisplayText.h"

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <cstdio>

namespace ssh {

void setThreadLogLevel(LogLevel level)
{
    static_assert(SSH_LOG_NOLOG == static_cast<int>(LogLevel::Error)
                  && SSH_LOG_WARNING == static_cast<int>(LogLevel::Warning)
                  && SSH_LOG_PROTOCOL == static_cast<int>(LogLevel::Info)
                  && SSH_LOG_PACKET == static_cast<int>(LogLevel::Debug)
                  && SSH_LOG_FUNCTIONS == static_cast<int>(LogLevel::Trace));
    ssh_set_log_level(static_cast<int>(level));
    ssh_set_log_callback([](int, const char *, const char *message, void *) {
        const QByteArray line
            = base::displayText(QByteArrayView(message)).toUtf8().prepend("ponto: ").append('\n');
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    });
}

} // namespace ssh
