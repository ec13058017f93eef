#include "profiles/Profile.h"

#include "profiles/TargetAddress.h"
#include "profiles/TargetName.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>

namespace profiles {
namespace {

constexpr QLatin1StringView idField("id");
constexpr QLatin1StringView nameField("name");
constexpr QLatin1StringView hostField("host");
constexpr QLatin1StringView portField("port");
constexpr QLatin1StringView userField("user");
constexpr QLatin1StringView identityFilesField("identityFiles");
constexpr QLatin1StringView useAgentField("useAgent");
constexpr QLatin1StringView useDefaultKeysField("useDefaultKeys");
constexpr QLatin1StringView identitiesOnlyField("identitiesOnly");
constexpr QLatin1StringView identityAgentField("identityAgent");
constexpr QLatin1StringView loginOrderField("loginOrder");
constexpr QLatin1StringView rememberForField("rememberForMinutes");
constexpr QLatin1StringView hostKeyPolicyField("hostKeyPolicy");
constexpr QLatin1StringView notesField("notes");

constexpr int defaultPort = 22;
constexpr int longestMemoryMinutes = 24 * 60;

QStringList toStringList(const QJsonArray &array)
{
    QStringList list;
    for (const QJsonValue &value : array) {
        if (value.isString()) {
            list.append(value.toString());
        }
    }
    return list;
}

// The default if there is no list, or a name in it that we do not know: it must be possible to log
// in.
LoginOrder toLoginOrder(const QJsonArray &array)
{
    const auto order = loginOrderFromNames(toStringList(array));
    return order && !order->isEmpty() ? *order : defaultLoginOrder();
}

// Readable by people: a field that says nothing is left out.
void setOrRemove(QJsonObject &object, QLatin1StringView field, const QJsonValue &value, bool isSet)
{
    if (isSet) {
        object.insert(field, value);
    } else {
        object.remove(field);
    }
}

} // namespace

Profile Profile::forAddress(const TargetAddress &address)
{
    Profile profile;
    profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    profile.host = address.host;
    profile.port = address.port.value_or(defaultPort);
    profile.user = address.user;
    return profile;
}

std::optional<Profile> Profile::fromJson(const QJsonObject &object)
{
    Profile profile;
    profile.id = object.value(idField).toString();
    profile.name = object.value(nameField).toString();
    profile.host = object.value(hostField).toString();
    profile.user = object.value(userField).toString();
    profile.identityFiles = toStringList(object.value(identityFilesField).toArray());
    profile.useAgent = object.value(useAgentField).toBool(true);
    profile.useDefaultKeys = object.value(useDefaultKeysField).toBool(true);
    profile.identitiesOnly = object.value(identitiesOnlyField).toBool(false);
    profile.identityAgent = object.value(identityAgentField).toString();
    profile.loginOrder = toLoginOrder(object.value(loginOrderField).toArray());
    const int rememberFor
        = object.value(rememberForField).toInt(static_cast<int>(profile.rememberFor.count()));
    profile.rememberFor = std::chrono::minutes(std::clamp(rememberFor, 0, longestMemoryMinutes));
    profile.hostKeyPolicy = hostkeys::policyFromName(object.value(hostKeyPolicyField).toString());
    profile.notes = object.value(notesField).toString();

    const int port = object.value(portField).toInt(defaultPort);
    if (profile.id.isEmpty() || !isAcceptableHost(profile.host) || port < 1 || port > 65535
        || (!profile.user.isEmpty() && !isAcceptableUser(profile.user))) {
        return std::nullopt;
    }
    profile.port = static_cast<quint16>(port);
    return profile;
}

QJsonObject Profile::toJson(QJsonObject object) const
{
    object.insert(idField, id);
    object.insert(hostField, host);
    setOrRemove(object, nameField, name, !name.isEmpty());
    setOrRemove(object, portField, port, port != defaultPort);
    setOrRemove(object, userField, user, !user.isEmpty());
    setOrRemove(object, identityFilesField, QJsonArray::fromStringList(identityFiles),
                !identityFiles.isEmpty());
    setOrRemove(object, useAgentField, useAgent, !useAgent);
    setOrRemove(object, useDefaultKeysField, useDefaultKeys, !useDefaultKeys);
    setOrRemove(object, identitiesOnlyField, identitiesOnly, identitiesOnly);
    setOrRemove(object, identityAgentField, identityAgent, !identityAgent.isEmpty());
    setOrRemove(object, loginOrderField, QJsonArray::fromStringList(names(loginOrder)),
                loginOrder != defaultLoginOrder());
    setOrRemove(object, rememberForField, static_cast<int>(rememberFor.count()),
                rememberFor != Profile().rememberFor);
    setOrRemove(object, hostKeyPolicyField,
                hostKeyPolicy ? QJsonValue(hostkeys::name(*hostKeyPolicy)) : QJsonValue(),
                hostKeyPolicy.has_value());
    setOrRemove(object, notesField, notes, !notes.isEmpty());
    return object;
}

TargetAddress Profile::address() const
{
    TargetAddress address;
    address.host = host;
    address.port = port;
    address.user = user;
    return address;
}

QString Profile::title() const
{
    return name.isEmpty() ? address().toString() : name;
}

} // namespace profiles
