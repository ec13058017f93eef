// Handshake: from a connected socket to agreed keys (RFC 4253): the identification strings and the
// first key exchange, driven through a non-blocking ssh_connect().

#pragma once

#include "base/Result.h"
#include "ssh/ConnectionSettings.h"
#include "ssh/LibsshHandles.h"

namespace ssh {

class Handshake
{
public:
    enum class Progress { Pending, Done };

    // A session that reads nobody's files: neither the user's configuration nor known_hosts.
    // `hostKeyAlgorithms` is a comma-separated list in order of preference.
    static base::Result<SessionHandle> prepare(const ConnectionSettings &settings,
                                               const QByteArray &hostKeyAlgorithms);

    // The session gets a descriptor of its own for `socket`, which stays the caller's and outlives
    // this.
    Handshake(ssh_session session, int socket, QString host);

    // Goes as far as it can. Fails with NotAnSshServer, NoCommonAlgorithm, ConnectionLost or
    // ProtocolViolation.
    base::Result<Progress> step();

    // To be called before libssh reads: it tells nobody what it threw away.
    void peekAtGreeting();

    // What failed if the time is up now.
    base::Error timeoutError() const;

    // The server has said "SSH-2.0-": a shorter limit ends, that for the key exchange begins.
    bool hasBanner() const;

private:
    base::Result<void> giveSocket();
    base::Error failure() const;
    base::Error greetingError(base::ErrorKind otherwise) const;

    ssh_session m_session;
    int m_socket;
    QString m_host;
    bool m_hasSocket = false; // the session
    QByteArray m_greeting; // the first bytes that came, to be quoted if they are no SSH
};

} // namespace ssh
