#include "profiles/TargetName.h"

#include "base/DisplayText.h"

#include <QList>
#include <QString>

#include <arpa/inet.h>

#include <algorithm>

namespace profiles {
namespace {

// Host names are letters, digits, hyphens and dots (RFC 1123 section 2.1); 255 is their longest
// form (RFC 1035 section 2.3.4). A user name has no such limit; this one bounds what we store.
constexpr qsizetype longestName = 255;

bool hasInvisible(QStringView text)
{
    return std::ranges::any_of(text.toUcs4(), base::isInvisible);
}

bool hasOneOf(QStringView text, QStringView forbidden)
{
    return std::ranges::any_of(text, [&](QChar c) { return forbidden.contains(c); });
}

bool hasSpace(QStringView text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.isSpace(); });
}

bool hasOptionBehindSpace(QStringView text)
{
    for (qsizetype index = 1; index < text.size(); ++index) {
        if (text[index] == u'-' && text[index - 1].isSpace()) {
            return true;
        }
    }
    return false;
}

} // namespace

bool isAcceptableHost(QStringView host)
{
    return !host.isEmpty() && host.size() <= longestName && !host.startsWith(u'-')
        && !hasOneOf(host, u"'`\"$\\;&<>|(){}[],/@#?*!") && !hasSpace(host) && !hasInvisible(host);
}

bool isAcceptableUser(QStringView user)
{
    return !user.trimmed().isEmpty() && user.size() <= longestName && !user.startsWith(u'-')
        && !user.endsWith(u'\\') && !hasOneOf(user, u"'`\";&<>|(){}") && !hasOptionBehindSpace(user)
        && !hasInvisible(user);
}

bool isIpv6Address(QStringView text)
{
    const qsizetype scope = text.indexOf(u'%');
    if (scope >= 0 && scope + 1 == text.size()) {
        return false;
    }
    in6_addr address;
    const QByteArray digits = (scope < 0 ? text : text.first(scope)).toLatin1();
    return inet_pton(AF_INET6, digits.constData(), &address) == 1;
}

} // namespace profiles
