#include "ssh/Handshake.h"

#include "ssh/Algorithms.h"
#include "ssh/Farewell.h"
#include "ssh/LibsshLog.h"

#include <fcntl.h>
#include <libssh/server.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <span>
#include <utility>

namespace ssh {
namespace {

constexpr qsizetype quotedBytes = 64;
constexpr const char *mismatch = "no match for method ";

// What OpenSSH's sshd writes instead of its identification when it has too many logins pending
// (MaxStartups), or punishes the address for failed ones (PerSourcePenalties): before 9.8, and
// since then (seen with 10.0).
constexpr std::array<const char *, 2> overloadedGreetings{"Exceeded MaxStartups",
                                                          "Not allowed at this time"};

bool isOverloaded(const QByteArray &greeting)
{
    return std::ranges::any_of(
        overloadedGreetings, [&greeting](const char *words) { return greeting.startsWith(words); });
}

// Enough to recognize what answered there.
QString firstLine(const QByteArray &greeting)
{
    return QString::fromUtf8(greeting.trimmed().split('\n').first().trimmed());
}

// "kex error : no match for method mac algo client->server: server [hmac-sha1], client [...]", as
// kex.c of libssh 0.11 has it.
void explainMismatch(const QByteArray &words, base::Error &error)
{
    using base::ErrorCause;
    static constexpr std::array<std::pair<const char *, ErrorCause>, 5> lists{
        {{"kex algos", ErrorCause::KeyExchange},
         {"server host key algo", ErrorCause::HostKeyAlgorithm},
         {"encryption", ErrorCause::Cipher},
         {"mac algo", ErrorCause::MessageCode},
         {"compression algo", ErrorCause::Compression}}};
    const QByteArray list = words.sliced(words.indexOf(mismatch) + qsizetype(qstrlen(mismatch)));
    for (const auto &[name, cause] : lists) {
        if (list.startsWith(name)) {
            error.cause = cause;
        }
    }
    const QByteArray before = ": server [";
    const qsizetype start = list.indexOf(before) + before.size();
    const qsizetype end = list.lastIndexOf("], client [");
    if (start >= before.size() && end > start) {
        error.quote = QString::fromUtf8(list.sliced(start, end - start));
    }
}

struct Option
{
    ssh_options_e name;
    const void *value;
};

// False if libssh takes one of them not: its last error says why.
bool set(ssh_session session, std::span<const Option> options)
{
    return std::ranges::all_of(options, [session](const Option &option) {
        return ssh_options_set(session, option.name, option.value) == SSH_OK;
    });
}

bool setTransport(ssh_session session, const profiles::Transport &transport)
{
    using profiles::AlgorithmList;
    const auto names = [&transport](AlgorithmList list) {
        return algorithmsOf(transport, list).join(u',').toUtf8();
    };
    const QByteArray keyExchanges = names(AlgorithmList::KeyExchange);
    const QByteArray ciphers = names(AlgorithmList::Cipher);
    const QByteArray macs = names(AlgorithmList::Mac);
    const QByteArray publicKeys = names(AlgorithmList::PublicKey);
    const QByteArray compression = compressionList(transport);
    const uint64_t rekeyBytes = transport.rekeyBytes;
    const auto rekeySeconds = static_cast<uint32_t>(transport.rekeyTime.count());
    const std::array options{
        Option{SSH_OPTIONS_KEY_EXCHANGE, keyExchanges.constData()},
        Option{SSH_OPTIONS_CIPHERS_C_S, ciphers.constData()},
        Option{SSH_OPTIONS_CIPHERS_S_C, ciphers.constData()},
        Option{SSH_OPTIONS_HMAC_C_S, macs.constData()},
        Option{SSH_OPTIONS_HMAC_S_C, macs.constData()},
        Option{SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, publicKeys.constData()},
        Option{SSH_OPTIONS_COMPRESSION_C_S, compression.constData()},
        Option{SSH_OPTIONS_COMPRESSION_S_C, compression.constData()},
        Option{SSH_OPTIONS_REKEY_DATA, &rekeyBytes},
        Option{SSH_OPTIONS_REKEY_TIME, &rekeySeconds},
    };
    return set(session, options);
}

} // namespace

base::Result<SessionHandle> Handshake::prepare(const ConnectionSettings &settings,
                                               const QByteArray &hostKeyAlgorithms)
{
    SessionHandle session(ssh_new());
    const QByteArray host = settings.host.toUtf8();
    const unsigned int port = settings.port;
    const bool processConfig = false;
    const int strictRsaBits = 2048; // the documentation says 3072, the code 1024
    const long timeoutSeconds = 0;
    const std::array options{
        Option{SSH_OPTIONS_PROCESS_CONFIG,
               &processConfig}, // runs commands of ~/.ssh/config otherwise
        Option{SSH_OPTIONS_HOST, host.constData()},
        Option{SSH_OPTIONS_PORT, &port},
        Option{SSH_OPTIONS_KNOWNHOSTS, noFile}, // it reorders the algorithms by what it finds there
        Option{SSH_OPTIONS_GLOBAL_KNOWNHOSTS, noFile},
        Option{SSH_OPTIONS_HOSTKEYS, hostKeyAlgorithms.constData()},
        Option{SSH_OPTIONS_RSA_MIN_SIZE, &strictRsaBits},
        Option{SSH_OPTIONS_TIMEOUT, &timeoutSeconds},
    };
    if (!set(session.get(), options) || !setTransport(session.get(), settings.transport)) {
        base::Error error;
        error.kind = base::ErrorKind::InvalidName;
        error.source = base::ErrorSource::Ssh;
        error.operation = QStringLiteral("prepare connection");
        error.subject = settings.host;
        error.detail = QString::fromUtf8(ssh_get_error(session.get()));
        return base::Failure(error);
    }
    ssh_set_blocking(session.get(), 0);
    // Channels and requests that the server starts on its own are refused. Without a callback they
    // would pile up in libssh for ever.
    ssh_set_message_callback(
        session.get(), [](ssh_session, ssh_message, void *) { return 1; }, nullptr);
    return session;
}

Handshake::Handshake(ssh_session session, int socket, QString host)
    : m_session(session)
    , m_socket(socket)
    , m_host(std::move(host))
{
}

// SessionHandle closes what the session has been given, once ssh_connect() has taken it up.
base::Result<void> Handshake::giveSocket()
{
    const socket_t socket = ::fcntl(m_socket, F_DUPFD_CLOEXEC, 0);
    if (socket < 0) {
        return base::Failure(
            base::Error::fromErrno(errno, QStringLiteral("duplicate a socket"), m_host));
    }
    ssh_options_set(m_session, SSH_OPTIONS_FD, &socket);
    m_hasSocket = true;
    return {};
}

base::Result<Handshake::Progress> Handshake::step()
{
    if (!m_hasSocket) {
        if (const auto given = giveSocket(); !given) {
            return base::Failure(given.error());
        }
    }
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
    const ssize_t count = ::recv(m_socket, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
    if (count > 0) {
        m_greeting = QByteArray(bytes.data(), count);
    }
}

base::Error Handshake::failure() const
{
    const QByteArray words = ssh_get_error(m_session);
    if (!hasBanner()) {
        return greetingError(base::ErrorKind::ConnectionLost);
    }
    base::Error error = lossOf(m_session, m_host);
    error.operation = QStringLiteral("start SSH");
    if (words.contains(mismatch)) {
        error.kind = base::ErrorKind::NoCommonAlgorithm;
        explainMismatch(words, error);
    } else if (error.cause == base::ErrorCause::Unspecified) {
        error.kind = base::ErrorKind::ProtocolViolation;
    }
    return error;
}

// Of a server that has not said "SSH-2.0-" so far. `otherwise` holds if it said nothing at all.
base::Error Handshake::greetingError(base::ErrorKind otherwise) const
{
    base::Error error;
    error.operation = QStringLiteral("wait for the SSH greeting");
    error.subject = m_host;
    error.detail = m_greeting.isEmpty() ? lastWords(m_session) : QString::fromUtf8(m_greeting);
    error.quote = firstLine(m_greeting);
    const bool isSilent = m_greeting.isEmpty() || isOverloaded(m_greeting);
    error.kind = isSilent ? otherwise : base::ErrorKind::NotAnSshServer;
    if (error.kind == base::ErrorKind::ConnectionLost) {
        error.cause = base::ErrorCause::ClosedBeforeGreeting;
    }
    return error;
}

base::Error Handshake::timeoutError() const
{
    if (!hasBanner()) {
        return greetingError(base::ErrorKind::TimedOut);
    }
    base::Error error;
    error.kind = base::ErrorKind::TimedOut;
    error.operation = QStringLiteral("exchange keys");
    error.subject = m_host;
    return error;
}

} // namespace ssh
