#include "ssh/RouteSettings.h"

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

RouteSettings::RouteSettings(LoginOf loginOf, const ProfileLookup &lookup)
    : m_loginOf(std::move(loginOf))
    , m_lookup(lookup)
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
        return settings;
    }
    const Profile::Id &id = std::get<profiles::ProfileReference>(host).id;
    std::optional<Profile> profile = m_lookup ? m_lookup(id) : std::nullopt;
    if (!profile) {
        return base::Failure(unusable(
            login.host, QStringLiteral("a session that is its jump host does not exist any more")));
    }
    if (!isFirst) {
        profile->route.jumpHosts.clear(); // the chain says how it is reached
    }
    return settingsOf(*profile);
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
