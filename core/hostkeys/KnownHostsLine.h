// KnownHostsLine: one line of a known_hosts file, as sshd(8) describes it under "SSH_KNOWN_HOSTS
// FILE FORMAT". Reading never fails: what cannot be read stays visible as such, because a line that
// speaks of a host must not be lost over a typing error.

#pragma once

#include "hostkeys/HostKey.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

#include <optional>

namespace hostkeys {

class KnownHostsLine
{
public:
    enum class Marker {
        None,
        CertificateAuthority,
        Revoked,
        Unknown, // another word after the @, or more than one marker
    };

    // Reads the bytes of a line without its line feed. Blanks and tabs separate, and a carriage
    // return at the end is ignored.
    static KnownHostsLine parse(QByteArrayView bytes);

    // The name under which a host is listed: the host in lower case, as "[host]:port" unless the
    // port is 22. An IPv6 address comes without brackets.
    static QByteArray nameOf(QStringView host, quint16 port);

    // `name` hashed with a new random salt: "|1|salt|hash".
    static QByteArray hashed(QByteArrayView name);

    // The bytes of a line without marker, comment and line feed. `name` is taken as it is.
    static QByteArray format(QByteArrayView name, const HostKey &key);

    // False for empty lines and comments: then all else is empty too.
    bool isEntry() const { return !m_names.isEmpty(); }

    Marker marker() const { return m_marker; }

    // The comma-separated patterns, or the one hashed name, as written.
    const QByteArray &names() const { return m_names; }
    bool isHashed() const;
    bool hasWildcard() const;

    // True if the line speaks of `name` (made by nameOf()): a pattern matches it and no pattern
    // with a ! does. A hashed name that is damaged matches nothing.
    bool matches(QByteArrayView name) const;

    // The type as written; key() may be absent nevertheless.
    const QByteArray &keyType() const { return m_keyType; }

    // Absent if the base64 is broken, the key is cut off, or its own type is not keyType().
    const std::optional<HostKey> &key() const { return m_key; }

    const QByteArray &comment() const { return m_comment; }

private:
    bool hashMatches(QByteArrayView name) const;

    Marker m_marker = Marker::None;
    QByteArray m_names;
    QByteArray m_keyType;
    std::optional<HostKey> m_key;
    QByteArray m_comment;
};

} // namespace hostkeys
