// ProfileRoute: how a saved server is reached: a value in Profile.

#pragma once

#include "base/AddressFamily.h"
#include "base/ProxyAddress.h"
#include "profiles/TargetAddress.h"

#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>
#include <variant>

namespace profiles {

struct ProfileReference
{
    QString id; // of a profile

    friend bool operator==(const ProfileReference &, const ProfileReference &) = default;
};

struct ProfileRoute
{
    using JumpHost = std::variant<ProfileReference, TargetAddress>;

    QList<JumpHost> jumpHosts; // the first is connected to first

    // How the first of them is connected to, or the server if there is none. At most one of the
    // two.
    std::optional<base::ProxyAddress> proxy;
    QString proxyCommand; // written by the user; see net::ProxyCommand

    base::AddressFamily addressFamily = base::AddressFamily::Any;
    QString bindAddress; // numeric; empty: the system's choice

    // Absent if something in it is no route: half a route could lead past what it was to pass.
    static std::optional<ProfileRoute> fromJson(const QJsonObject &object);

    // Leads nowhere, and says so when it is used: what could not be read must not become a way
    // past what it was to pass.
    static ProfileRoute nowhere();

    // `object` with our fields set: what we do not know in it stays. Defaults are left out, but
    // those of the names in `kept`.
    QJsonObject toJson(QJsonObject object, const QSet<QString> &kept = {}) const;

    friend bool operator==(const ProfileRoute &, const ProfileRoute &) = default;
};

} // namespace profiles
