// Profile: a saved server. A value; ProfileStore keeps them.

#pragma once

#include "hostkeys/HostKeyPolicy.h"
#include "profiles/LoginOrder.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace profiles {

struct TargetAddress;

struct Profile
{
    using Id = QString;

    Id id; // never shown, never empty in a stored profile
    QString name; // what the user calls it; empty: the address does
    QString host; // a name or address without brackets, acceptable to isAcceptableHost()
    quint16 port = 22;
    QString user; // empty: the name of the local user

    QStringList identityFiles; // tried first, in this order
    bool useAgent = true;
    bool useDefaultKeys = true; // ~/.ssh/id_*
    bool identitiesOnly = false; // of the agent's keys only those that identityFiles name
    QString identityAgent; // as in ssh_config(5); empty: what the environment says
    LoginOrder loginOrder = defaultLoginOrder();
    std::chrono::minutes rememberFor{15}; // after the connection's end; 0: not at all
    std::optional<hostkeys::HostKeyPolicy> hostKeyPolicy; // absent: what the settings say

    QString notes;

    // A profile for `address`, with an id of its own, in no store yet.
    static Profile forAddress(const TargetAddress &address);

    // Absent if there is no id, or if host, user or port are none: a file may hold anything.
    static std::optional<Profile> fromJson(const QJsonObject &object);

    // `object` with our fields set: what we do not know in it stays.
    QJsonObject toJson(QJsonObject object) const;

    TargetAddress address() const;

    // The name, or the address if there is none.
    QString title() const;

    friend bool operator==(const Profile &, const Profile &) = default;
};

} // namespace profiles
