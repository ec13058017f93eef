#include "profiles/OpenSshJump.h"

#include "profiles/OpenSshConfigScan.h"
#include "profiles/TargetName.h"

namespace profiles {
namespace {

// Takes a port off the end of `text`. False if there is one that is none.
bool takePort(QString &text, quint16 &port)
{
    const qsizetype bracket = text.lastIndexOf(u']');
    const qsizetype colon = text.lastIndexOf(u':');
    const bool isBareAddress = bracket < 0 && text.count(u':') > 1; // an IPv6 one
    if (colon <= bracket || isBareAddress) {
        return true;
    }
    bool isNumber = false;
    port = text.sliced(colon + 1).toUShort(&isNumber);
    text.truncate(colon);
    return isNumber && port != 0;
}

} // namespace

std::optional<OpenSshJump> OpenSshJump::parse(const QString &value)
{
    OpenSshJump jump;
    const qsizetype comma = value.lastIndexOf(u',');
    jump.before = comma < 0 ? QString() : value.first(comma);
    QString host = value.sliced(comma + 1);
    if (host.startsWith(QStringLiteral("ssh://"), Qt::CaseInsensitive)) {
        host = host.sliced(QStringLiteral("ssh://").size());
        host.truncate(host.endsWith(u'/') ? host.size() - 1 : host.size());
    }
    if (const qsizetype at = host.lastIndexOf(u'@'); at >= 0) {
        jump.user = host.first(at);
        host = host.sliced(at + 1);
        if (!isAcceptableUser(jump.user)) {
            return std::nullopt;
        }
    }
    if (!takePort(host, jump.port)) {
        return std::nullopt;
    }
    const bool isBracketed = host.startsWith(u'[') && host.endsWith(u']');
    jump.alias = isBracketed ? host.sliced(1, host.size() - 2) : host;
    const bool isClear = !jump.alias.contains(u'[') && !jump.alias.contains(u']');
    return isClear && isAcceptableAlias(jump.alias) ? std::optional(jump) : std::nullopt;
}

QStringList OpenSshJump::arguments() const
{
    QStringList result{QStringLiteral("-N")}; // no session: for `Match sessiontype`
    if (!user.isEmpty()) {
        result += {QStringLiteral("-l"), user};
    }
    if (port != 0) {
        result += {QStringLiteral("-p"), QString::number(port)};
    }
    if (!before.isEmpty()) {
        result += {QStringLiteral("-J"), before};
    }
    return result;
}

} // namespace profiles
