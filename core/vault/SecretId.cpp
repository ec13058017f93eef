#include "vault/SecretId.h"

#include <QStringView>

using namespace Qt::StringLiterals;

namespace vault {
namespace {

constexpr quint16 sshPort = 22;
constexpr auto passphrasePrefix = "passphrase of "_L1;
constexpr auto proxyPrefix = "proxy "_L1;

// The port is left out only where it is the usual one of the kind.
QString addressText(const SecretId &id, bool omitsUsualPort)
{
    const QString host = id.host.contains(u':') ? u'[' + id.host + u']' : id.host;
    const QString address = id.user + u'@' + host;
    return omitsUsualPort && id.port == sshPort ? address
                                                : address + u':' + QString::number(id.port);
}

// A user name may hold "@", a host may not.
std::optional<SecretId> parseAddress(SecretId::Kind kind, QStringView text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    if (at < 0) {
        return std::nullopt;
    }
    SecretId id{.kind = kind, .user = text.first(at).toString(), .port = sshPort};
    QStringView place = text.sliced(at + 1);
    const qsizetype colon = place.lastIndexOf(u':');
    if (colon > place.lastIndexOf(u']')) {
        bool isNumber = false;
        id.port = place.sliced(colon + 1).toUShort(&isNumber);
        if (!isNumber) {
            return std::nullopt;
        }
        place = place.first(colon);
    }
    if (place.startsWith(u'[') && place.endsWith(u']')) {
        place = place.sliced(1).chopped(1);
    }
    id.host = place.toString();
    return id.host.isEmpty() ? std::nullopt : std::optional(id);
}

} // namespace

SecretId SecretId::password(const QString &user, const QString &host, quint16 port)
{
    return {.kind = Kind::Password, .user = user, .host = host, .port = port};
}

SecretId SecretId::passphrase(const QString &keyFile)
{
    return {.kind = Kind::Passphrase, .keyFile = keyFile};
}

SecretId SecretId::proxyPassword(const QString &user, const QString &host, quint16 port)
{
    return {.kind = Kind::ProxyPassword, .user = user, .host = host, .port = port};
}

QString SecretId::title() const
{
    switch (kind) {
    case Kind::Passphrase:
        return passphrasePrefix + keyFile;
    case Kind::ProxyPassword:
        return proxyPrefix + addressText(*this, false);
    case Kind::Password:
        break;
    }
    return addressText(*this, true);
}

QString SecretId::label() const
{
    return u"Ponto: "_s + title();
}

std::optional<SecretId> SecretId::fromTitle(const QString &title)
{
    const QStringView text(title);
    std::optional<SecretId> id;
    if (text.startsWith(passphrasePrefix)) {
        id = passphrase(text.sliced(passphrasePrefix.size()).toString());
    } else if (text.startsWith(proxyPrefix)) {
        id = parseAddress(Kind::ProxyPassword, text.sliced(proxyPrefix.size()));
    } else {
        id = parseAddress(Kind::Password, text);
    }
    return id && id->title() == title ? id : std::nullopt;
}

} // namespace vault
