#include "profiles/Profile.h"

#include "base/DisplayText.h"
#include "profiles/TargetName.h"
#include "profiles/Variable.h"

#include <QJsonArray>
#include <QStringView>
#include <QUuid>

#include <algorithm>

namespace profiles {
namespace {

constexpr QLatin1StringView idField("id");
constexpr QLatin1StringView nameField("name");
constexpr QLatin1StringView hostField("host");
constexpr QLatin1StringView transportField("transport");
constexpr QLatin1StringView routeField("route");
constexpr QLatin1StringView terminalField("terminal");
constexpr QLatin1StringView forwardsField("forwards");
constexpr QLatin1StringView startsForwardsField("forwardsStartWithPonto");
constexpr QLatin1StringView sftpServerField("sftpServer");
constexpr QLatin1StringView remoteDirectoryField("remoteDirectory");
constexpr QLatin1StringView localDirectoryField("localDirectory");
constexpr QLatin1StringView notesField("notes");
constexpr QLatin1StringView groupField("group");
constexpr QLatin1StringView isPinnedField("pinned");
constexpr QLatin1StringView positionField("position");

constexpr int defaultPort = 22;
constexpr int longestMemoryMinutes = 24 * 60;
constexpr int deepestGroup = 8;
constexpr int longestGroupName = 100;
constexpr int mostTags = 32;
constexpr int longestTag = 60;
constexpr int longestLabel = 32; // the name of a color or icon
constexpr int longestPath = 4096; // PATH_MAX of Linux
constexpr int highestPosition = 1'000'000;

QStringList toStringList(const QJsonArray &array)
{
    QStringList list;
    for (const QJsonValue value : array) {
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

// Empty if it is none.
QString absolutePath(const QJsonValue &value)
{
    const QString path = value.toString();
    return path.startsWith(u'/') && path.size() <= longestPath ? path : QString();
}

QString withoutInvisible(QStringView text)
{
    QString result;
    for (const char32_t c : text.toUcs4()) {
        if (!base::isInvisible(c)) {
            result += QString::fromUcs4(&c, 1);
        }
    }
    return result;
}

const Profile &bare()
{
    static const Profile profile;
    return profile;
}

template<auto Member>
InheritableField inheritable(QLatin1StringView name)
{
    return {name, [](const Profile &profile) { return profile.*Member == bare().*Member; },
            [](Profile &to, const Profile &from) { to.*Member = from.*Member; }};
}

// Of a part of the profile: its transport, or its route.
template<auto Part, auto Member>
InheritableField inheritable(QLatin1StringView name)
{
    return {name,
            [](const Profile &profile) { return profile.*Part.*Member == bare().*Part.*Member; },
            [](Profile &to, const Profile &from) { to.*Part.*Member = from.*Part.*Member; }};
}

template<AlgorithmList Which>
InheritableField inheritableList()
{
    return {fields::algorithmLists.at(static_cast<std::size_t>(Which)),
            [](const Profile &profile) { return profile.transport.list(Which).isEmpty(); },
            [](Profile &to, const Profile &from) {
                to.transport.list(Which) = from.transport.list(Which);
            }};
}

// A proxy and a program exclude each other, so that they are inherited as one.
InheritableField inheritableThrough()
{
    return {fields::through,
            [](const Profile &profile) {
                return !profile.route.proxy && profile.route.proxyCommand.isEmpty();
            },
            [](Profile &to, const Profile &from) {
                to.route.proxy = from.route.proxy;
                to.route.proxyCommand = from.route.proxyCommand;
            }};
}

bool hasField(const QJsonObject &object, const QString &name)
{
    const qsizetype slash = name.indexOf(u'/');
    return slash < 0 ? object.contains(name)
                     : object.value(name.first(slash)).toObject().contains(name.sliced(slash + 1));
}

// Names of those in `keptDefaults` that are in the object `part`, as that one calls them.
QSet<QString> keptIn(const QSet<QString> &keptDefaults, QLatin1StringView part)
{
    QSet<QString> kept;
    for (const QString &name : keptDefaults) {
        if (name.startsWith(part) && name.size() > part.size() && name.at(part.size()) == u'/') {
            kept.insert(name.sliced(part.size() + 1));
        }
    }
    return kept;
}

// Readable by people: a field that says nothing is left out.
struct FieldWriter
{
    QJsonObject &object;
    const QSet<QString> &keptDefaults;

    void operator()(QLatin1StringView field, const QJsonValue &value, bool isSet) const
    {
        if (isSet || keptDefaults.contains(field)) {
            object.insert(field, value);
        } else {
            object.remove(field);
        }
    }
};

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
    profile.sftpServer = object.value(sftpServerField).toString();
    profile.remoteDirectory = absolutePath(object.value(remoteDirectoryField));
    profile.localDirectory = absolutePath(object.value(localDirectoryField));
    profile.notes = object.value(notesField).toString();
    profile.forwards = forwardsFromJson(object.value(forwardsField).toArray());
    profile.startsForwards = object.value(startsForwardsField).toBool(false);
    profile.group = normalizedGroup(object.value(groupField).toString());
    profile.isPinned = object.value(isPinnedField).toBool(false);
    profile.position = std::clamp(object.value(positionField).toInt(0), 0, highestPosition);
    const QString user = object.value(fields::user).toString();
    const int port = object.value(fields::port).toInt(defaultPort);
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
    const int port = object.value(fields::port).toInt(defaultPort);
    profile.port = static_cast<quint16>(port < 1 || port > 65535 ? defaultPort : port);
    const QString user = object.value(fields::user).toString();
    profile.user = isAcceptableUser(user) ? user : QString();
    profile.identityFiles = toStringList(object.value(fields::identityFiles).toArray());
    profile.useAgent = object.value(fields::useAgent).toBool(true);
    profile.useDefaultKeys = object.value(fields::useDefaultKeys).toBool(true);
    profile.identitiesOnly = object.value(fields::identitiesOnly).toBool(false);
    profile.identityAgent = object.value(fields::identityAgent).toString();
    profile.loginOrder = toLoginOrder(object.value(fields::loginOrder).toArray());
    const int rememberFor
        = object.value(fields::rememberFor).toInt(static_cast<int>(profile.rememberFor.count()));
    profile.rememberFor = std::chrono::minutes(std::clamp(rememberFor, 0, longestMemoryMinutes));
    profile.hostKeyPolicy
        = hostkeys::policyFromName(object.value(fields::hostKeyPolicy).toString());
    profile.environment = toStringList(object.value(fields::environment).toArray());
    profile.environment.removeIf([](const QString &line) { return !Variable::parse(line); });
    profile.startupCommand = object.value(fields::startupCommand).toString();
    profile.forwardAgent = object.value(fields::forwardAgent).toBool(false);
    profile.asksForAgent = object.value(fields::asksForAgent).toBool(false);
    profile.forwardX11 = object.value(fields::forwardX11).toBool(false);
    profile.tags = normalizedTags(toStringList(object.value(fields::tags).toArray()));
    profile.color = object.value(fields::color).toString().left(longestLabel);
    profile.icon = object.value(fields::icon).toString().left(longestLabel);
    profile.environmentClass
        = environmentClassFromName(object.value(fields::environmentClass).toString());
    profile.terminal = TerminalChoice::fromJson(object.value(terminalField).toObject());
    profile.transport = Transport::fromJson(object.value(transportField).toObject());
    profile.route = ProfileRoute::fromJson(object.value(routeField).toObject())
                        .value_or(ProfileRoute::nowhere());

    for (const InheritableField &field : inheritableFields()) {
        if (hasField(object, field.name) && field.isDefault(profile)) {
            profile.keptDefaults.insert(field.name);
        }
    }
    return profile;
}

const QList<InheritableField> &Profile::inheritableFields()
{
    static const QList<InheritableField> all{
        inheritable<&Profile::port>(fields::port),
        inheritable<&Profile::user>(fields::user),
        inheritable<&Profile::identityFiles>(fields::identityFiles),
        inheritable<&Profile::useAgent>(fields::useAgent),
        inheritable<&Profile::useDefaultKeys>(fields::useDefaultKeys),
        inheritable<&Profile::identitiesOnly>(fields::identitiesOnly),
        inheritable<&Profile::identityAgent>(fields::identityAgent),
        inheritable<&Profile::loginOrder>(fields::loginOrder),
        inheritable<&Profile::rememberFor>(fields::rememberFor),
        inheritable<&Profile::hostKeyPolicy>(fields::hostKeyPolicy),
        inheritable<&Profile::environment>(fields::environment),
        inheritable<&Profile::startupCommand>(fields::startupCommand),
        inheritable<&Profile::forwardAgent>(fields::forwardAgent),
        inheritable<&Profile::asksForAgent>(fields::asksForAgent),
        inheritable<&Profile::forwardX11>(fields::forwardX11),
        inheritable<&Profile::tags>(fields::tags),
        inheritable<&Profile::color>(fields::color),
        inheritable<&Profile::icon>(fields::icon),
        inheritable<&Profile::environmentClass>(fields::environmentClass),
        inheritable<&Profile::terminal, &TerminalChoice::log>(fields::terminalLog),
        inheritable<&Profile::terminal, &TerminalChoice::colors>(fields::terminalColors),
        inheritable<&Profile::terminal, &TerminalChoice::fontFamily>(fields::terminalFontFamily),
        inheritable<&Profile::terminal, &TerminalChoice::fontPoints>(fields::terminalFontPoints),
        inheritable<&Profile::terminal, &TerminalChoice::cursor>(fields::terminalCursor),
        inheritable<&Profile::terminal, &TerminalChoice::bell>(fields::terminalBell),
        inheritable<&Profile::terminal, &TerminalChoice::scrollback>(fields::terminalScrollback),
        inheritable<&Profile::terminal, &TerminalChoice::type>(fields::terminalType),
        inheritable<&Profile::transport, &Transport::compress>(fields::compress),
        inheritable<&Profile::transport, &Transport::keepAliveInterval>(fields::keepAlive),
        inheritable<&Profile::transport, &Transport::keepAliveCount>(fields::keepAliveCount),
        inheritable<&Profile::transport, &Transport::rekeyBytes>(fields::rekeyBytes),
        inheritable<&Profile::transport, &Transport::rekeyTime>(fields::rekeyTime),
        inheritable<&Profile::transport, &Transport::tcpKeepAlive>(fields::tcpKeepAlive),
        inheritable<&Profile::transport, &Transport::reconnects>(fields::reconnects),
        inheritable<&Profile::transport, &Transport::transferConnections>(
            fields::transferConnections),
        inheritableList<AlgorithmList::KeyExchange>(),
        inheritableList<AlgorithmList::HostKey>(),
        inheritableList<AlgorithmList::Cipher>(),
        inheritableList<AlgorithmList::Mac>(),
        inheritableList<AlgorithmList::PublicKey>(),
        inheritable<&Profile::route, &ProfileRoute::jumpHosts>(fields::jumpHosts),
        inheritableThrough(),
        inheritable<&Profile::route, &ProfileRoute::addressFamily>(fields::addressFamily),
        inheritable<&Profile::route, &ProfileRoute::bindAddress>(fields::bindAddress),
    };
    return all;
}

bool InheritableField::isOwn(const Profile &profile) const
{
    return !isDefault(profile) || profile.keptDefaults.contains(name);
}

bool Profile::isOwn(QLatin1StringView field) const
{
    const auto found = std::ranges::find(inheritableFields(), field, &InheritableField::name);
    Q_ASSERT(found != inheritableFields().end());
    return found->isOwn(*this);
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
    const FieldWriter write{object, keptDefaults};
    object.insert(idField, id);
    object.insert(hostField, host);
    write(nameField, name, !name.isEmpty());
    write(fields::port, port, port != defaultPort);
    write(fields::user, user, !user.isEmpty());
    write(fields::identityFiles, QJsonArray::fromStringList(identityFiles),
          !identityFiles.isEmpty());
    write(fields::useAgent, useAgent, !useAgent);
    write(fields::useDefaultKeys, useDefaultKeys, !useDefaultKeys);
    write(fields::identitiesOnly, identitiesOnly, identitiesOnly);
    write(fields::identityAgent, identityAgent, !identityAgent.isEmpty());
    write(fields::loginOrder, QJsonArray::fromStringList(names(loginOrder)),
          loginOrder != defaultLoginOrder());
    write(fields::rememberFor, static_cast<int>(rememberFor.count()),
          rememberFor != Profile().rememberFor);
    write(fields::hostKeyPolicy,
          hostKeyPolicy ? QJsonValue(hostkeys::name(*hostKeyPolicy)) : QJsonValue(),
          hostKeyPolicy.has_value());
    write(fields::environment, QJsonArray::fromStringList(environment), !environment.isEmpty());
    write(fields::startupCommand, startupCommand, !startupCommand.isEmpty());
    write(fields::forwardAgent, forwardAgent, forwardAgent);
    write(fields::asksForAgent, asksForAgent, asksForAgent);
    write(fields::forwardX11, forwardX11, forwardX11);
    const QJsonObject terminalObject = terminal.toJson(object.value(terminalField).toObject(),
                                                       keptIn(keptDefaults, terminalField));
    write(terminalField, terminalObject, !terminalObject.isEmpty());
    const QJsonObject transportObject = transport.toJson(object.value(transportField).toObject(),
                                                         keptIn(keptDefaults, transportField));
    write(transportField, transportObject, !transportObject.isEmpty());
    const QJsonObject routeObject
        = route.toJson(object.value(routeField).toObject(), keptIn(keptDefaults, routeField));
    write(routeField, routeObject, !routeObject.isEmpty());
    write(forwardsField, profiles::toJson(forwards), !forwards.isEmpty());
    write(startsForwardsField, startsForwards, startsForwards);
    write(sftpServerField, sftpServer, !sftpServer.isEmpty());
    write(remoteDirectoryField, remoteDirectory, !remoteDirectory.isEmpty());
    write(localDirectoryField, localDirectory, !localDirectory.isEmpty());
    write(notesField, notes, !notes.isEmpty());
    write(groupField, group, !group.isEmpty());
    write(fields::tags, QJsonArray::fromStringList(tags), !tags.isEmpty());
    write(fields::color, color, !color.isEmpty());
    write(fields::icon, icon, !icon.isEmpty());
    write(fields::environmentClass, profiles::name(environmentClass),
          environmentClass != EnvironmentClass::None);
    write(isPinnedField, isPinned, isPinned);
    write(positionField, position, position > 0);
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
        const QString name = withoutInvisible(part).left(longestGroupName).trimmed();
        if (!name.isEmpty() && names.size() < deepestGroup) {
            names.append(name);
        }
    }
    return names.join(u'/');
}

QStringList normalizedTags(const QStringList &tags)
{
    QStringList result;
    for (const QString &tag : tags) {
        const QString name = withoutInvisible(tag).left(longestTag).trimmed();
        if (!name.isEmpty() && result.size() < mostTags
            && !result.contains(name, Qt::CaseInsensitive)) {
            result.append(name);
        }
    }
    return result;
}

bool isInGroup(const QString &path, const QString &ancestor)
{
    return path == ancestor || path.startsWith(ancestor + u'/');
}

QString parentGroup(const QString &path)
{
    return path.left(std::max(path.lastIndexOf(u'/'), qsizetype{0}));
}

} // namespace profiles
