// TargetAddress: where to connect to, as people and other programs write it. Used by the
// quick-connect field, the command line and URLs that the desktop hands over.
//
// Forms: HOST, USER@HOST, HOST:PORT, [IPV6]:PORT, a bare IPv6 address, and the URLs of
// draft-ietf-secsh-scp-sftp-ssh-uri-04: ssh://USER;fingerprint=...@HOST:PORT and
// sftp://USER@HOST:PORT/PATH, percent-encoded.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <optional>

namespace profiles {

// Why a text is no address. ui::addressErrorText() has the sentences.
enum class AddressError {
    Empty,
    NoHost,
    BadHost, // begins with "-", or holds what no host name has
    BadUser,
    BadPort, // not a number from 1 to 65535
    BadIpv6, // what stands in brackets, or holds several colons, is no IPv6 address
    UnknownScheme, // neither ssh: nor sftp:
    BadEncoding, // a broken percent sign
};

struct TargetAddress
{
    enum class Purpose { Terminal, Files };

    Purpose purpose = Purpose::Terminal; // Files for sftp:
    QString user; // empty if none was given
    QString host; // without brackets
    std::optional<quint16> port;
    QByteArray path; // of an sftp: URL, decoded, absolute; empty if none was given

    // As hostkeys::Fingerprint::compare() reads it; empty if none was given. It never replaces the
    // question: whoever wrote the address may be whoever wants to be trusted.
    QString fingerprint;

    // The URL had a password. It was dropped: it would be in logs and histories.
    bool hadPassword = false;

    static base::Result<TargetAddress, AddressError> parse(QStringView text);

    // USER@HOST:PORT without what is absent or 22; an IPv6 address with a port has brackets.
    QString toString() const;

    friend bool operator==(const TargetAddress &, const TargetAddress &) = default;
};

} // namespace profiles
