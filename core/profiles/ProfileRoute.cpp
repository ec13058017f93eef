#include "profiles/ProfileRoute.h"

#include "profiles/ProxyText.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <utility>

namespace profiles {
namespace {

constexpr QLatin1StringView jumpHostsField("jumpHosts");
constexpr QLatin1StringView profileField("profile");
constexpr QLatin1StringView proxyField("proxy");
constexpr QLatin1StringView proxyCommandField("proxyCommand");
constexpr QLatin1StringView addressFamilyField("addressFamily");
constexpr QLatin1StringView bindAddressField("bindAddress");

using base::AddressFamily;
constexpr std::array<std::pair<QLatin1StringView, AddressFamily>, 3> families{
    {{QLatin1StringView("any"), AddressFamily::Any},
     {QLatin1StringView("ipv4"), AddressFamily::IPv4},
     {QLatin1StringView("ipv6"), AddressFamily::IPv6}}};

// { "profile": ID }, or "user@host:port".
std::optional<ProfileRoute::JumpHost> toJumpHost(const QJsonValue &value)
{
    if (const QString id = value.toObject().value(profileField).toString(); !id.isEmpty()) {
        return ProfileReference{id};
    }
    const auto address = TargetAddress::parse(value.toString());
    return address ? std::optional<ProfileRoute::JumpHost>(*address) : std::nullopt;
}

QJsonValue fromJumpHost(const ProfileRoute::JumpHost &host)
{
    if (const auto *reference = std::get_if<ProfileReference>(&host)) {
        return QJsonObject{{profileField, reference->id}};
    }
    return std::get<TargetAddress>(host).toString();
}

std::optional<AddressFamily> toFamily(const QJsonValue &value)
{
    if (value.isUndefined()) {
        return AddressFamily::Any;
    }
    for (const auto &[name, family] : families) {
        if (value.toString() == name) {
            return family;
        }
    }
    return std::nullopt;
}

bool isTextOrAbsent(const QJsonValue &value)
{
    return value.isString() || value.isUndefined();
}

QLatin1StringView nameOf(AddressFamily family)
{
    return std::ranges::find(families, family, &std::pair<QLatin1StringView, AddressFamily>::second)
        ->first;
}

} // namespace

std::optional<ProfileRoute> ProfileRoute::fromJson(const QJsonObject &object)
{
    ProfileRoute route;
    const QJsonValue hosts = object.value(jumpHostsField);
    if ((!hosts.isUndefined() && !hosts.isArray())
        || !isTextOrAbsent(object.value(proxyCommandField))
        || !isTextOrAbsent(object.value(bindAddressField))) {
        return std::nullopt;
    }
    for (const QJsonValue value : hosts.toArray()) {
        const auto host = toJumpHost(value);
        if (!host) {
            return std::nullopt;
        }
        route.jumpHosts.append(*host);
    }
    if (object.contains(proxyField)) {
        const auto proxy = parseProxy(object.value(proxyField).toString());
        if (!proxy) {
            return std::nullopt;
        }
        route.proxy = *proxy;
    }
    route.proxyCommand = object.value(proxyCommandField).toString();
    route.bindAddress = object.value(bindAddressField).toString();
    const auto family = toFamily(object.value(addressFamilyField));
    if (!family || (route.proxy && !route.proxyCommand.isEmpty())) {
        return std::nullopt;
    }
    route.addressFamily = *family;
    return route;
}

ProfileRoute ProfileRoute::nowhere()
{
    ProfileRoute route;
    route.jumpHosts.append(ProfileReference{QStringLiteral("?")}); // which no session is
    return route;
}

QJsonObject ProfileRoute::toJson(QJsonObject object, const QSet<QString> &kept) const
{
    QJsonArray hosts;
    for (const JumpHost &host : jumpHosts) {
        hosts.append(fromJumpHost(host));
    }
    const auto setOrRemove = [&](QLatin1StringView field, const QJsonValue &value, bool isSet) {
        if (isSet || kept.contains(field)) {
            object.insert(field, value);
        } else {
            object.remove(field);
        }
    };
    setOrRemove(jumpHostsField, hosts, !hosts.isEmpty());
    setOrRemove(proxyField, proxy ? proxyText(*proxy) : QString(), proxy.has_value());
    setOrRemove(proxyCommandField, proxyCommand, !proxyCommand.isEmpty());
    setOrRemove(addressFamilyField, nameOf(addressFamily), addressFamily != AddressFamily::Any);
    setOrRemove(bindAddressField, bindAddress, !bindAddress.isEmpty());
    return object;
}

} // namespace profiles
