#include "profiles/Profile.h"

#include "base/DisplayText.h"
#include "profiles/TargetName.h"

#include <QJsonArray>
#include <QStringView>
#include <QUuid>

#include <algorithm>

namespace profiles {
namespace {

constexpr QLatin1StringView idField("id");
constexpr QLatin1StringView nameField("name");
constexpr QLatin1StringView hostField("host");
constexpr QLatin1StringView portField = fields::port;
constexpr QLatin1StringView userField = fields::user;
constexpr QLatin1StringView identityFilesField = fields::identityFiles;
constexpr QLatin1StringView useAgentField = fields::useAgent;
constexpr QLatin1StringView useDefaultKeysField = fields::useDefaultKeys;
constexpr QLatin1StringView identitiesOnlyField("identitiesOnly");
constexpr QLatin1StringView identityAgentField("identityAgent");
constexpr QLatin1StringView loginOrderField("loginOrder");
constexpr QLatin1StringView rememberForField("rememberForMinutes");
constexpr QLatin1StringView hostKeyPolicyField = fields::hostKeyPolicy;
constexpr QLatin1StringView transportField("transport");
constexpr QLatin1StringView routeField("route");
constexpr QLatin1StringView notesField("notes");
constexpr QLatin1StringView groupField("group");

constexpr int defaultPort = 22;
constexpr int longestMemoryMinutes = 24 * 60;
constexpr int deepestGroup = 8;
constexpr int longestGroupName = 100;

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
    Profile profile = defaultsFromJson(object);
    profile.id = object.value(idField).toString();
    profile.name = object.value(nameField).toString();
    profile.host = object.value(hostField).toString();
    profile.notes = object.value(notesField).toString();
    profile.group = normalizedGroup(object.value(groupField).toString());
    const QString user = object.value(userField).toString();
    const int port = object.value(portField).toInt(defaultPort);
    const QJsonValue routeValue = object.value(routeField);
    const auto route = routeValue.isObject() || routeValue.isUndefined()
        ? ProfileRoute::fromJson(routeValue.toObject())
        : std::nullopt;
    if (profile.id.isEmpty() || !isAcceptableHost(profile.host) || port != profile.port
        || user != profile.user || !route) {
        return std::nullopt;
    }
    profile.route = *route;
    return profile;
}

Profile Profile::defaultsFromJson(const QJsonObject &object)
{
    Profile profile;
    const int port = object.value(portField).toInt(defaultPort);
    profile.port = static_cast<quint16>(port < 1 || port > 65535 ? defaultPort : port);
    const QString user = object.value(userField).toString();
    profile.user = isAcceptableUser(user) ? user : QString();
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
    profile.transport = Transport::fromJson(object.value(transportField).toObject());

    const QJsonObject told = profile.toJson({});
    for (const QString &field : inheritableFields()) {
        if (object.contains(field) && !told.contains(field)) {
            profile.keptDefaults.insert(field);
        }
    }
    return profile;
}

const QStringList &Profile::inheritableFields()
{
    static const QStringList names{
        portField,           userField,           identityFilesField, useAgentField,
        useDefaultKeysField, identitiesOnlyField, identityAgentField, loginOrderField,
        rememberForField,    hostKeyPolicyField,
    };
    return names;
}

bool Profile::isOwn(QLatin1StringView field) const
{
    return toJson({}).contains(field);
}

void Profile::keepDefault(QLatin1StringView field, bool isKept)
{
    keptDefaults.remove(field);
    if (isKept && !isOwn(field)) {
        keptDefaults.insert(field);
    }
}

QJsonObject Profile::toJson(QJsonObject object) const
{
    // Readable by people: a field that says nothing is left out.
    const auto setOrRemove = [this](QJsonObject &target, QLatin1StringView field,
                                    const QJsonValue &value, bool isSet) {
        if (isSet || keptDefaults.contains(field)) {
            target.insert(field, value);
        } else {
            target.remove(field);
        }
    };
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
    const QJsonObject transportObject = transport.toJson(object.value(transportField).toObject());
    setOrRemove(object, transportField, transportObject, !transportObject.isEmpty());
    const QJsonObject routeObject = route.toJson(object.value(routeField).toObject());
    setOrRemove(object, routeField, routeObject, !routeObject.isEmpty());
    setOrRemove(object, notesField, notes, !notes.isEmpty());
    setOrRemove(object, groupField, group, !group.isEmpty());
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

QString normalizedGroup(QStringView path)
{
    QStringList names;
    for (const QStringView part : path.split(u'/')) {
        QString name;
        for (const char32_t c : part.toUcs4()) {
            if (!base::isInvisible(c)) {
                name += QString::fromUcs4(&c, 1);
            }
        }
        name = name.left(longestGroupName).trimmed();
        if (!name.isEmpty() && names.size() < deepestGroup) {
            names.append(name);
        }
    }
    return names.join(u'/');
}

QString parentGroup(const QString &path)
{
    return path.left(std::max(path.lastIndexOf(u'/'), qsizetype{0}));
}

} // namespace profiles
