#include "ssh/RouteSettings.h"

#include "profiles/OpenSshConfig.h"
#include "ssh/OpenSshSettings.h"

#include <algorithm>
#include <utility>

namespace ssh {
namespace {

using profiles::Profile;
using profiles::ProfileRoute;

base::Error unusable(const QString &subject, const QString &why)
{
    return {.kind = base::ErrorKind::RouteUnusable,
            .operation = QStringLiteral("find the route"),
            .subject = subject,
            .detail = why,
            .quote = why};
}

// Without jump hosts.
Route firstStep(const ProfileRoute &route)
{
    if (route.proxy) {
        return *route.proxy;
    }
    if (!route.proxyCommand.isEmpty()) {
        return net::ProxyCommand{route.proxyCommand};
    }
    return DirectRoute();
}

bool hasFirstStep(const ProfileRoute &route)
{
    return route.proxy || !route.proxyCommand.isEmpty();
}

} // namespace

RouteSettings::RouteSettings(LoginOf loginOf, const ProfileLookup &lookup,
                             const AliasHosts &aliases)
    : m_loginOf(std::move(loginOf))
    , m_lookup(lookup)
    , m_aliases(aliases)
{
}

ConnectionSettings RouteSettings::settingsOf(const Profile &profile)
{
    ConnectionSettings settings = m_loginOf(profile);
    settings.addressFamily = profile.route.addressFamily;
    settings.bindAddress = profile.route.bindAddress;
    if (std::ranges::contains(m_path, profile.id, &Profile::id) && !profile.id.isEmpty()) {
        settings.route = NoRoute{circle(profile)};
        return settings;
    }
    m_path.append(profile);
    settings.route = routeOf(profile, settings);
    m_path.removeLast();
    return settings;
}

// As with ssh(1): what is said about the chain goes before what its members say about their own
// way, and the first one's own way holds unless another is given.
Route RouteSettings::routeOf(const Profile &profile, const ConnectionSettings &login)
{
    Route route = firstStep(profile.route);
    for (qsizetype index = 0; index < profile.route.jumpHosts.size(); ++index) {
        const bool isFirst = index == 0 && !hasFirstStep(profile.route);
        auto host = jumpHost(profile.route.jumpHosts.at(index), login, isFirst);
        if (!host) {
            return NoRoute{host.error()};
        }
        if (std::holds_alternative<NoRoute>(host->route)) {
            return host->route;
        }
        if (!isFirst) {
            host->route = route;
        }
        route = JumpVia{std::make_shared<const ConnectionSettings>(std::move(*host))};
    }
    return route;
}

// One that is no saved server is logged in to as the server itself, under its own name.
base::Result<ConnectionSettings> RouteSettings::jumpHost(const ProfileRoute::JumpHost &host,
                                                         const ConnectionSettings &login,
                                                         bool isFirst)
{
    if (const auto *address = std::get_if<profiles::TargetAddress>(&host)) {
        ConnectionSettings settings = login;
        settings.host = address->host;
        settings.port = address->port.value_or(ConnectionSettings().port);
        settings.user = address->user;
        settings.route = DirectRoute();
        settings.environment.clear(); // no session runs there
        settings.startupCommand.clear();
        settings.forwardsAgent = false;
        settings.forwardsX11 = false;
        return settings;
    }
    const auto &reference = std::get<profiles::ProfileReference>(host);
    const QString alias = profiles::OpenSshConfig::aliasOf(reference);
    if (!alias.isEmpty()) {
        return openSshHost(alias, login.host);
    }
    std::optional<Profile> profile = m_lookup ? m_lookup(reference.id) : std::nullopt;
    if (!profile) {
        return base::Failure(unusable(
            login.host, QStringLiteral("a session that is its jump host does not exist any more")));
    }
    if (!isFirst) {
        profile->route.jumpHosts.clear(); // the chain says how it is reached
    }
    return settingsOf(*profile);
}

// Its own way is the one that ProxyJump and ProxyCommand say.
base::Result<ConnectionSettings> RouteSettings::openSshHost(const QString &alias,
                                                            const QString &target)
{
    const auto known = m_aliases.constFind(alias);
    if (known == m_aliases.constEnd()) {
        return base::Failure(unusable(
            target, QStringLiteral("OpenSSH was not asked about its jump host %1").arg(alias)));
    }
    return settingsForOpenSsh(*known, profiles::OpenSshConfig::profileFor(alias),
                              [this](const Profile &profile) { return settingsOf(profile); })
        .transform(&withoutSessions)
        .transform_error([&](const base::Error &error) {
            const QString subject = error.subject.isEmpty() ? error.detail : error.subject;
            const QString why
                = QStringLiteral("OpenSSH's configuration of its jump host %1 can not be used (%2)")
                      .arg(alias, error.quote.isEmpty() ? subject : error.quote);
            return unusable(target, why);
        });
}

base::Error RouteSettings::circle(const Profile &again) const
{
    QStringList names;
    for (const Profile &profile : m_path) {
        names.append(profile.title());
    }
    names.append(again.title());
    return unusable(m_path.first().host,
                    QStringLiteral("its jump hosts lead in a circle (%1)")
                        .arg(names.join(QStringLiteral(", "))));
}

} // namespace ssh
