#include "profiles/TargetAddress.h"

#include "profiles/TargetName.h"

#include <QRegularExpression>

namespace profiles {
namespace {

constexpr quint16 defaultPort = 22;

using Parsed = base::Result<TargetAddress, AddressError>;

base::Failure<AddressError> failure(AddressError error)
{
    return base::Failure(error);
}

// Percent-decodes (RFC 3986 section 2.1). Refuses a percent sign without two hexadecimal digits.
base::Result<QByteArray, AddressError> decodedBytes(QStringView text)
{
    static const QRegularExpression broken(QStringLiteral("%(?![0-9A-Fa-f]{2})"));
    if (broken.matchView(text).hasMatch()) {
        return failure(AddressError::BadEncoding);
    }
    return QByteArray::fromPercentEncoding(text.toUtf8());
}

base::Result<QString, AddressError> decodedText(QStringView text)
{
    return decodedBytes(text).transform([](const QByteArray &b) { return QString::fromUtf8(b); });
}

// The draft writes "ssh-rsa-c1-b1-30-...": the key type, then the MD5 digest with hyphens.
QString comparableFingerprint(const QString &given)
{
    static const QRegularExpression draftForm(
        QStringLiteral("^(?:.+-)?((?:[0-9A-Fa-f]{2}-){15}[0-9A-Fa-f]{2})$"));
    const QRegularExpressionMatch match = draftForm.match(given);
    return match.hasMatch() ? match.captured(1).replace(u'-', u':') : given;
}

base::Result<quint16, AddressError> parsePort(QStringView text)
{
    static const QRegularExpression digits(QStringLiteral("^[0-9]{1,5}$"));
    const uint number = digits.matchView(text).hasMatch() ? text.toUInt() : 0;
    if (number < 1 || number > 65535) {
        return failure(AddressError::BadPort);
    }
    return static_cast<quint16>(number);
}

// Fills in host and port from "HOST", "HOST:PORT", "[IPV6]:PORT" or a bare IPv6 address.
Parsed withHostAndPort(TargetAddress address, QStringView text)
{
    QStringView host = text;
    std::optional<QStringView> port;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        host = end < 0 ? QStringView() : text.sliced(1, end - 1);
        const QStringView rest = end < 0 ? QStringView() : text.sliced(end + 1);
        if (!isIpv6Address(host) || (!rest.isEmpty() && !rest.startsWith(u':'))) {
            return failure(AddressError::BadIpv6);
        }
        if (!rest.isEmpty()) {
            port = rest.sliced(1);
        }
    } else if (text.count(u':') > 1) {
        if (!isIpv6Address(text)) {
            return failure(AddressError::BadIpv6);
        }
    } else if (const qsizetype colon = text.indexOf(u':'); colon >= 0) {
        host = text.first(colon);
        port = text.sliced(colon + 1);
    }

    if (host.isEmpty()) {
        return failure(AddressError::NoHost);
    }
    if (!isAcceptableHost(host)) {
        return failure(AddressError::BadHost);
    }
    address.host = host.toString();
    if (!port) {
        return address;
    }
    return parsePort(*port).transform([&](quint16 number) {
        address.port = number;
        return address;
    });
}

Parsed withUser(TargetAddress address, const QString &user)
{
    if (!isAcceptableUser(user)) {
        return failure(AddressError::BadUser);
    }
    address.user = user;
    return address;
}

// USER[:PASSWORD][;NAME=VALUE[,NAME=VALUE]] of a URL.
Parsed withUserInfo(TargetAddress address, QStringView text)
{
    const qsizetype semicolon = text.indexOf(u';');
    const QStringView login = semicolon < 0 ? text : text.first(semicolon);
    const QStringView parameters = semicolon < 0 ? QStringView() : text.sliced(semicolon + 1);
    for (const QStringView parameter : parameters.split(u',')) {
        const QStringView prefix = u"fingerprint=";
        if (parameter.startsWith(prefix)) {
            const auto value = decodedText(parameter.sliced(prefix.size()));
            if (!value) {
                return failure(value.error());
            }
            address.fingerprint = comparableFingerprint(*value);
        }
    }

    const qsizetype colon = login.indexOf(u':');
    address.hadPassword = colon >= 0;
    const QStringView user = colon < 0 ? login : login.first(colon);
    if (user.isEmpty()) {
        return address;
    }
    return decodedText(user).and_then(
        [&](const QString &decoded) { return withUser(address, decoded); });
}

// What follows "ssh://" or "sftp://". A query or a fragment means nothing here and is dropped.
Parsed parseUrl(TargetAddress address, QStringView text)
{
    static const QRegularExpression form(QStringLiteral("^([^/?#]*)(/[^?#]*)?"));
    const QRegularExpressionMatch match = form.matchView(text);
    const QStringView authority = match.capturedView(1);
    const qsizetype at = authority.lastIndexOf(u'@');

    const auto path = decodedBytes(match.capturedView(2));
    const auto hostAndPort = decodedText(authority.sliced(at + 1));
    if (!path || !hostAndPort) {
        return failure(AddressError::BadEncoding);
    }
    if (address.purpose == TargetAddress::Purpose::Files) {
        address.path = *path;
    }
    Parsed parsed = withHostAndPort(address, *hostAndPort);
    if (!parsed || at < 0) {
        return parsed;
    }
    return withUserInfo(*parsed, authority.first(at));
}

Parsed parsePlain(QStringView text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    const Parsed parsed = withHostAndPort({}, text.sliced(at + 1));
    if (!parsed || at < 0) {
        return parsed;
    }
    return withUser(*parsed, text.first(at).toString());
}

} // namespace

base::Result<TargetAddress, AddressError> TargetAddress::parse(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        return failure(AddressError::Empty);
    }
    const qsizetype schemeEnd = trimmed.indexOf(u"://");
    if (schemeEnd < 0) {
        return parsePlain(trimmed);
    }

    // Schemes are case-insensitive (RFC 3986 section 3.1).
    const QStringView scheme = trimmed.first(schemeEnd);
    TargetAddress address;
    if (scheme.compare(u"sftp", Qt::CaseInsensitive) == 0) {
        address.purpose = Purpose::Files;
    } else if (scheme.compare(u"ssh", Qt::CaseInsensitive) != 0) {
        return failure(AddressError::UnknownScheme);
    }
    return parseUrl(address, trimmed.sliced(schemeEnd + 3));
}

QString TargetAddress::toString() const
{
    const bool hasPort = port && *port != defaultPort;
    const bool needsBrackets = hasPort && host.contains(u':');
    QString text = needsBrackets ? u'[' + host + u']' : host;
    if (hasPort) {
        text += u':' + QString::number(*port);
    }
    return user.isEmpty() ? text : user + u'@' + text;
}

} // namespace profiles
