#include "profiles/OpenSshHost.h"

#include <algorithm>

namespace profiles {
namespace {

// ssh itself has no limit, but a process for each.
constexpr qsizetype mostJumpHosts = 16;

} // namespace

OpenSshJumpChain::OpenSshJumpChain(QString alias)
    : m_alias(std::move(alias))
    , m_next(OpenSshJump{.alias = m_alias})
{
    m_asked.append(*m_next);
}

base::Result<void> OpenSshJumpChain::take(const OpenSshOptions &options)
{
    if (isAtJumpHost()) {
        m_host.jumpHosts.prepend(options);
    } else {
        m_host.options = options;
    }
    m_next.reset();
    const QString value = options.value(u"proxyjump").value_or(QString());
    if (value.isEmpty() || value.compare(u"none", Qt::CaseInsensitive) == 0) {
        return {};
    }
    // It is a part of a ProxyCommand for ssh, whose tokens it may have.
    const auto jump = options.withTokens(value).and_then(OpenSshJump::parse);
    if (!jump) {
        return base::Failure(base::Error{.kind = base::ErrorKind::InvalidName,
                                         .operation = QStringLiteral("follow ProxyJump of"),
                                         .subject = value,
                                         .detail = options.alias()});
    }
    if (m_asked.contains(*jump)) {
        QStringList names;
        std::ranges::transform(m_asked, std::back_inserter(names), &OpenSshJump::alias);
        const QString circle = (names << jump->alias).join(QStringLiteral(", "));
        return base::Failure(unusable(QStringLiteral("in a circle: ") + circle, circle));
    }
    if (m_host.jumpHosts.size() == mostJumpHosts) {
        return base::Failure(
            unusable(QStringLiteral("through more than %1 hosts").arg(mostJumpHosts), {}));
    }
    m_asked.append(*jump);
    m_next = jump;
    return {};
}

base::Error OpenSshJumpChain::unusable(const QString &where, const QString &quote) const
{
    return {.kind = base::ErrorKind::RouteUnusable,
            .operation = QStringLiteral("follow ProxyJump of"),
            .subject = m_alias,
            .detail = QStringLiteral("ProxyJump leads ") + where,
            .quote = quote};
}

base::Error OpenSshJumpChain::explained(base::Error error) const
{
    if (isAtJumpHost()) {
        const QString where = QStringLiteral("%1 is a jump host on the way to %2")
                                  .arg(m_asked.last().alias, m_alias);
        error.detail = error.detail.isEmpty() ? where : where + u'\n' + error.detail;
    }
    return error;
}

} // namespace profiles
