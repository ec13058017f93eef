// HostKeyCheck: is the server the one that the user means? Judges its key by the known_hosts files
// and the policy. There is no way around it: only a check that ended well makes a VerifiedHost.

#pragma once

#include "hostkeys/KnownHosts.h"
#include "hostkeys/TrustScope.h"
#include "ssh/AuthenticationFlow.h"
#include "ssh/Connection.h"

#include <libssh/libssh.h>

#include <optional>
#include <variant>

namespace ssh {

class HostKeyCheck
{
public:
    // What is to be done next.
    struct Accepted
    {
        VerifiedHost proof;
        std::optional<Notice> notice;
        std::optional<hostkeys::Location> trustedBy = {}; // absent: the user's word for this time
    };
    struct MustAsk
    {
        HostKeyQuestion question;
    };
    struct Refused
    {
        base::Error error;
        std::optional<HostKeyRefusal> refusal; // absent if the files could not be read
    };
    using Result = std::variant<Accepted, MustAsk, Refused>;

    // Reads the files, which may wait for a slow disk: on the connection's thread only.
    static base::Result<HostKeyCheck> load(const ConnectionSettings &settings);

    // Host key algorithms for SSH_OPTIONS_HOSTKEYS: those of keys that are known for this host
    // first, so that a server with several keys shows the one we know.
    QByteArray algorithmOrder() const;

    // The key of a session whose key exchange is done. Fails if libssh can not tell it.
    static base::Result<hostkeys::HostKey> keyOf(ssh_session session);

    // `address` is the peer's. May write to the first known_hosts file (policy Auto-add).
    Result judge(const hostkeys::HostKey &key, const QString &address);

    // The user's answer to MustAsk.
    Result conclude(const HostKeyQuestion &question, HostKeyAnswer answer);

    // For a further connection of a login: this key and no other, unless the files speak against
    // it by now.
    Result judgeTwin(const hostkeys::HostKey &key, const QString &address,
                     const QByteArray &verifiedBlob) const;

    // A verified connection has shown another key than `before` at a later key exchange.
    static Refused changed(const ConnectionSettings &settings, const hostkeys::HostKey &key,
                           const QString &address, const hostkeys::HostKey &before,
                           const std::optional<hostkeys::Location> &trustedBy);

private:
    HostKeyCheck(ConnectionSettings settings, hostkeys::KnownHosts knownHosts);

    Accepted store(const hostkeys::HostKey &key);
    QByteArray lineFor(const hostkeys::HostKey &key) const;
    QByteArray name() const; // in known_hosts
    static Refused refused(const ConnectionSettings &settings, const hostkeys::HostKey &key,
                           const QString &address, const hostkeys::HostKeyVerdict &verdict);

    ConnectionSettings m_settings;
    hostkeys::TrustScope m_scope;
    hostkeys::KnownHosts m_knownHosts;
};

} // namespace ssh
