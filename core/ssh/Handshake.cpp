#include "ssh/Handshake.h"

#include "ssh/Farewell.h"
#include "ssh/LibsshLog.h"

#include <libssh/server.h>
#include <sys/socket.h>

#include <array>

namespace ssh {
namespace {

constexpr qsizetype quotedBytes = 64;

struct Option
{
    ssh_options_e name;
    const void *value;
};

} // namespace

base::Result<SessionHandle> Handshake::prepare(const ConnectionSettings &settings, int fd,
                                               const QByteArray &hostKeyAlgorithms)
{
    setThreadLogLevel(settings.logLevel);
    SessionHandle session(ssh_new());
    const QByteArray host = settings.host.toUtf8();
    const unsigned int port = settings.port;
    const socket_t socket = fd;
    const bool processConfig = false;
    const int strictRsaBits = 2048; // the documentation says 3072, the code 1024
    const long timeoutSeconds = 0;
    const std::array options{
        Option{SSH_OPTIONS_PROCESS_CONFIG,
               &processConfig}, // runs commands of ~/.ssh/config otherwise
        Option{SSH_OPTIONS_HOST, host.constData()},
        Option{SSH_OPTIONS_PORT, &port},
        Option{SSH_OPTIONS_FD, &socket},
        Option{SSH_OPTIONS_KNOWNHOSTS,
               "/dev/null"}, // it reorders the algorithms by what it finds there
        Option{SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null"},
        Option{SSH_OPTIONS_HOSTKEYS, hostKeyAlgorithms.constData()},
        Option{SSH_OPTIONS_RSA_MIN_SIZE, &strictRsaBits},
        Option{SSH_OPTIONS_TIMEOUT, &timeoutSeconds},
    };
    for (const Option &option : options) {
        if (ssh_options_set(session.get(), option.name, option.value) != SSH_OK) {
            base::Error error;
            error.kind = base::ErrorKind::InvalidName;
            error.source = base::ErrorSource::Ssh;
            error.operation = QStringLiteral("prepare connection");
            error.subject = settings.host;
            error.detail = QString::fromUtf8(ssh_get_error(session.get()));
            return base::Failure(error);
        }
    }
    ssh_set_blocking(session.get(), 0);
    // Channels and requests that the server starts on its own are refused. Without a callback they
    // would pile up in libssh for ever.
    ssh_set_message_callback(
        session.get(), [](ssh_session, ssh_message, void *) { return 1; }, nullptr);
    return session;
}

Handshake::Handshake(ssh_session session, QString host)
    : m_session(session)
    , m_host(std::move(host))
{
}

base::Result<Handshake::Progress> Handshake::step()
{
    switch (ssh_connect(m_session)) {
    case SSH_OK:
        return Progress::Done;
    case SSH_AGAIN:
        return Progress::Pending;
    default:
        return base::Failure(failure());
    }
}

bool Handshake::hasBanner() const
{
    return ssh_get_serverbanner(m_session) != nullptr;
}

void Handshake::peekAtGreeting()
{
    if (!m_greeting.isEmpty() || hasBanner()) {
        return;
    }
    std::array<char, quotedBytes> bytes;
    const int fd = ssh_get_fd(m_session);
    const ssize_t count
        = fd >= 0 ? ::recv(fd, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT) : -1;
    if (count > 0) {
        m_greeting = QByteArray(bytes.data(), count);
    }
}

base::Error Handshake::failure() const
{
    const QByteArray words = ssh_get_error(m_session);
    base::Error error;
    error.source = base::ErrorSource::Ssh;
    error.code = ssh_get_error_code(m_session);
    error.operation = QStringLiteral("start SSH");
    error.subject = m_host;
    error.detail = lastWords(m_session);
    if (!hasBanner()) {
        error.kind = m_greeting.isEmpty() ? base::ErrorKind::ConnectionLost
                                          : base::ErrorKind::NotAnSshServer;
        error.detail = m_greeting.isEmpty() ? error.detail : QString::fromUtf8(m_greeting);
    } else if (words.contains("no match for method")) {
        error.kind = base::ErrorKind::NoCommonAlgorithm;
    } else if (words.startsWith("Socket error") || words.contains("SSH_MSG_DISCONNECT")) {
        error.kind = base::ErrorKind::ConnectionLost;
    } else {
        error.kind = base::ErrorKind::ProtocolViolation;
    }
    return error;
}

base::Error Handshake::timeoutError() const
{
    base::Error error;
    const bool isForeign = !hasBanner() && !m_greeting.isEmpty();
    error.kind = isForeign ? base::ErrorKind::NotAnSshServer : base::ErrorKind::TimedOut;
    error.operation = hasBanner() ? QStringLiteral("exchange keys")
                                  : QStringLiteral("wait for the SSH greeting");
    error.subject = m_host;
    error.detail = QString::fromUtf8(m_greeting);
    return error;
}

} // namespace ssh
