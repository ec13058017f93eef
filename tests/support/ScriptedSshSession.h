// ScriptedSshSession: one connection of a ScriptedSshServer, served on the thread that calls
// serve().

#pragma once

#include "tests/support/ScriptedSshServer.h"

#include <QMutex>

#include <libssh/libssh.h>
#include <libssh/server.h>

#include <memory>
#include <type_traits>

namespace tests {

// What clients did, written by all sessions and read by the test.
class AttemptLog final
{
public:
    void add(const QByteArray &attempt);
    QByteArrayList all() const;

private:
    mutable QMutex m_mutex;
    QByteArrayList m_attempts;
};

class ScriptedSshSession final
{
public:
    // `script` and `log` outlive this.
    ScriptedSshSession(const SshScript &script, const QString &hostKeyFile, AttemptLog &log);
    ~ScriptedSshSession();
    Q_DISABLE_COPY_MOVE(ScriptedSshSession)

    // Takes the connected socket over and returns when the connection has ended.
    void serve(int socket);

private:
    template<auto free>
    struct Free
    {
        template<typename Handle>
        void operator()(Handle *handle) const
        {
            free(handle);
        }
    };
    using Session = std::unique_ptr<std::remove_pointer_t<ssh_session>, Free<ssh_free>>;
    using Bind = std::unique_ptr<std::remove_pointer_t<ssh_bind>, Free<ssh_bind_free>>;
    using Message = std::unique_ptr<std::remove_pointer_t<ssh_message>, Free<ssh_message_free>>;

    bool login();
    bool tryToLogIn(ssh_message message); // true once the last stage is passed
    bool judgePassword(ssh_message message);
    bool judgeKey(ssh_message message);
    bool judgeAnswers(ssh_message message);
    bool pass(ssh_message message, LoginMethod method);
    void refuse(ssh_message message);
    void ask(ssh_message message);
    void sendBanner();
    void sendBannersForEver();
    void serveChannel();
    void run(ssh_channel channel, ssh_message message);
    void echo(ssh_channel channel);

    const SshScript &m_script;
    AttemptLog &m_log;
    Bind m_bind;
    Session m_session;
    qsizetype m_stage = 0;
    qsizetype m_round = 0;
    bool m_bannerSent = false;
    bool m_hasEnded = false; // by misconduct
};

} // namespace tests
