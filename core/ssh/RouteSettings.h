// What the route of a saved server means for a connection: jump hosts that are saved servers or
// hosts of OpenSSH's configuration themselves, with their own logins and routes, become one chain.
// Used by settingsFor().

#pragma once

#include "ssh/ProfileSettings.h"

#include <QStringList>

#include <functional>

namespace ssh {

class RouteSettings
{
public:
    // `loginOf` gives the settings of a profile without its route.
    using LoginOf = std::function<ConnectionSettings(const profiles::Profile &profile)>;

    RouteSettings(LoginOf loginOf, const ProfileLookup &lookup, const AliasHosts &aliases = {});

    // The settings of a profile with its route; NoRoute if the chain leads in a circle, or a jump
    // host in it does not exist any more.
    ConnectionSettings settingsOf(const profiles::Profile &profile);

private:
    Route routeOf(const profiles::Profile &profile, const ConnectionSettings &login);
    base::Result<ConnectionSettings> jumpHost(const profiles::ProfileRoute::JumpHost &host,
                                              const ConnectionSettings &login, bool isFirst);
    base::Result<ConnectionSettings> openSshHost(const QString &alias, const QString &target);
    base::Error circle(const profiles::Profile &again) const;

    LoginOf m_loginOf;
    const ProfileLookup &m_lookup;
    const AliasHosts m_aliases;
    QList<profiles::Profile> m_path; // whose routes are being followed
};

} // namespace ssh
