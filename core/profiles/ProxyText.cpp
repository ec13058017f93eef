#include "profiles/ProxyText.h"

#include "profiles/TargetName.h"

#include <QRegularExpression>
#include <QUrl>

#include <optional>

namespace profiles {
namespace {

using Parsed = base::Result<base::ProxyAddress, ProxyTextError>;

base::Failure<ProxyTextError> failure(ProxyTextError error)
{
    return base::Failure(error);
}

std::optional<base::ProxyAddress::Kind> kindOf(QStringView scheme)
{
    if (scheme.compare(u"socks5", Qt::CaseInsensitive) == 0
        || scheme.compare(u"socks5h", Qt::CaseInsensitive) == 0) {
        return base::ProxyAddress::Kind::Socks5;
    }
    if (scheme.compare(u"http", Qt::CaseInsensitive) == 0) {
        return base::ProxyAddress::Kind::Http;
    }
    return std::nullopt;
}

Parsed withUser(base::ProxyAddress proxy, QStringView text)
{
    if (text.contains(u':')) {
        return failure(ProxyTextError::HasPassword);
    }
    proxy.user = QUrl::fromPercentEncoding(text.toUtf8());
    const bool isBasicName = proxy.kind != base::ProxyAddress::Kind::Http
        || !proxy.user.contains(u':'); // RFC 7617 section 2
    if (!isAcceptableUser(proxy.user) || !isBasicName) {
        return failure(ProxyTextError::BadUser);
    }
    return proxy;
}

Parsed withHostAndPort(base::ProxyAddress proxy, QStringView text)
{
    static const QRegularExpression form(
        QStringLiteral(R"(\A(?:\[([^\[\]]*)\]|([^:\[\]]*))(?::([0-9]{1,5}))?\z)"));
    const QRegularExpressionMatch match = form.matchView(text);
    if (!match.hasMatch()) {
        return failure(ProxyTextError::BadHost);
    }
    const bool hasBrackets = match.hasCaptured(1);
    proxy.host = QUrl::fromPercentEncoding(match.captured(hasBrackets ? 1 : 2).toUtf8());
    if (!isAcceptableHost(proxy.host) || hasBrackets != isIpv6Address(proxy.host)) {
        return failure(ProxyTextError::BadHost);
    }
    const uint port = match.captured(3).toUInt();
    if (port < 1 || port > 65535) {
        return failure(ProxyTextError::BadPort);
    }
    proxy.port = static_cast<quint16>(port);
    return proxy;
}

} // namespace

Parsed parseProxy(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    const qsizetype schemeEnd = trimmed.indexOf(u"://");
    const auto kind = kindOf(schemeEnd < 0 ? QStringView() : trimmed.first(schemeEnd));
    if (!kind) {
        return failure(ProxyTextError::UnknownScheme);
    }
    QStringView authority = trimmed.sliced(schemeEnd + 3);
    if (authority.endsWith(u'/')) {
        authority.chop(1);
    }
    if (authority.contains(u'/') || authority.contains(u'?') || authority.contains(u'#')) {
        return failure(ProxyTextError::HasPath);
    }
    const qsizetype at = authority.lastIndexOf(u'@');
    Parsed proxy = base::ProxyAddress{.kind = *kind};
    if (at >= 0) {
        proxy = withUser(*proxy, authority.first(at));
    }
    return proxy.and_then([&](const base::ProxyAddress &known) {
        return withHostAndPort(known, authority.sliced(at + 1));
    });
}

QString proxyText(const base::ProxyAddress &proxy)
{
    const QString scheme = proxy.kind == base::ProxyAddress::Kind::Http ? QStringLiteral("http")
                                                                        : QStringLiteral("socks5");
    const QString user = proxy.user.isEmpty()
        ? QString()
        : QString::fromLatin1(QUrl::toPercentEncoding(proxy.user)) + u'@';
    // The percent sign of an IPv6 zone is encoded (RFC 6874).
    const QString host = QString(proxy.host).replace(u'%', QStringLiteral("%25"));
    const QString bracketed = host.contains(u':') ? u'[' + host + u']' : host;
    return QStringLiteral("%1://").arg(scheme) + user + bracketed + u':'
        + QString::number(proxy.port);
}

} // namespace profiles
