#include "profiles/SessionsDocument.h"

#include <QHash>
#include <QJsonDocument>

#include <algorithm>

namespace profiles {
namespace {

constexpr QLatin1StringView versionField("version");
constexpr QLatin1StringView profilesField("profiles");
constexpr QLatin1StringView groupsField("groups");
constexpr QLatin1StringView groupField("group");
constexpr QLatin1StringView idField("id"); // of a session, which a group has not
constexpr QLatin1StringView hostField("host");
constexpr int formatVersion = 1;

// The first entry of each session. An entry that is no session keeps its place, whatever its id.
QHash<Profile::Id, qsizetype> placesOf(const QJsonArray &entries)
{
    QHash<Profile::Id, qsizetype> places;
    for (qsizetype index = 0; index < entries.size(); ++index) {
        const auto profile = Profile::fromJson(entries.at(index).toObject());
        if (profile && !places.contains(profile->id)) {
            places.insert(profile->id, index);
        }
    }
    return places;
}

// `object` with the values of `defaults`, of which a group has only those.
QJsonObject onlyInheritable(const Profile &defaults, const QJsonObject &object)
{
    Profile group;
    for (const InheritableField &field : Profile::inheritableFields()) {
        if (field.isOwn(defaults)) {
            field.copy(group, defaults);
            group.keepDefault(field.name, true);
        }
    }
    QJsonObject result = group.toJson(object);
    result.remove(idField);
    result.remove(hostField);
    return result;
}

QString moved(const QString &group, const QString &from, const QString &to)
{
    return normalizedGroup(QString(to + group.sliced(from.size())));
}

QJsonObject movedGroups(const QJsonObject &groups, const QString &from, const QString &to)
{
    QJsonObject result;
    for (const QString &path : groups.keys()) {
        if (!isInGroup(path, from)) {
            result.insert(path, groups.value(path));
        }
    }
    for (const QString &path : groups.keys()) {
        const QString target = isInGroup(path, from) ? moved(path, from, to) : QString();
        if (!target.isEmpty() && !result.contains(target)) {
            result.insert(target, groups.value(path));
        }
    }
    return result;
}

// `now` with what leads from `before` to `after`, one level deep: objects in it hold fields too.
QJsonObject merged(QJsonObject now, const QJsonObject &before, const QJsonObject &after)
{
    QStringList names = before.keys() + after.keys();
    names.removeDuplicates();
    for (const QString &name : std::as_const(names)) {
        const QJsonValue old = before.value(name);
        const QJsonValue wanted = after.value(name);
        if (old == wanted) {
            continue;
        }
        if (old.isObject() || wanted.isObject()) {
            const QJsonObject inner
                = merged(now.value(name).toObject(), old.toObject(), wanted.toObject());
            now.insert(name, inner.isEmpty() ? QJsonValue(QJsonValue::Undefined) : inner);
        } else {
            now.insert(name, wanted); // undefined: removes it
        }
    }
    return now;
}

} // namespace

SessionsDocument::SessionsDocument()
    : m_root({{versionField, formatVersion}, {profilesField, QJsonArray()}})
{
}

std::optional<SessionsDocument> SessionsDocument::parse(const QByteArray &bytes)
{
    SessionsDocument document;
    document.m_root = QJsonDocument::fromJson(bytes).object();
    if (!document.m_root.value(versionField).isDouble()
        || !document.m_root.value(profilesField).isArray()) {
        return std::nullopt;
    }
    return document;
}

QByteArray SessionsDocument::toJson() const
{
    return QJsonDocument(m_root).toJson(QJsonDocument::Indented);
}

bool SessionsDocument::isOfNewerFormat() const
{
    return m_root.value(versionField).toInt() > formatVersion;
}

QList<Profile> SessionsDocument::sessions() const
{
    QList<Profile> sessions;
    for (const QJsonValue entry : m_root.value(profilesField).toArray()) {
        if (const auto profile = Profile::fromJson(entry.toObject())) {
            sessions.append(*profile);
        }
    }
    return sessions;
}

qsizetype SessionsDocument::unreadable() const
{
    const QJsonArray entries = m_root.value(profilesField).toArray();
    return std::ranges::count_if(
        entries, [](const QJsonValue &entry) { return !Profile::fromJson(entry.toObject()); });
}

QMap<QString, Profile> SessionsDocument::groups() const
{
    QMap<QString, Profile> groups;
    const QJsonObject saved = m_root.value(groupsField).toObject();
    for (auto group = saved.begin(); group != saved.end(); ++group) {
        if (const QString path = normalizedGroup(group.key()); !path.isEmpty()) {
            groups.insert(path, Profile::defaultsFromJson(group.value().toObject()));
        }
    }
    return groups;
}

void SessionsDocument::put(const QList<Profile> &sessions)
{
    QJsonArray entries = m_root.value(profilesField).toArray();
    QHash<Profile::Id, qsizetype> places = placesOf(entries);
    for (const Profile &profile : sessions) {
        const qsizetype index = places.value(profile.id, -1);
        if (index < 0) {
            places.insert(profile.id, entries.size());
            entries.append(profile.toJson({}));
        } else {
            entries.replace(index, profile.toJson(entries.at(index).toObject()));
        }
    }
    m_root.insert(profilesField, entries);
}

void SessionsDocument::change(const QList<SessionChange> &changes)
{
    QJsonArray entries = m_root.value(profilesField).toArray();
    const QHash<Profile::Id, qsizetype> places = placesOf(entries);
    for (const SessionChange &change : changes) {
        const qsizetype index = places.value(change.after.id, -1);
        if (index >= 0) {
            entries.replace(index,
                            merged(entries.at(index).toObject(), change.before.toJson({}),
                                   change.after.toJson({})));
        }
    }
    m_root.insert(profilesField, entries);
}

bool SessionsDocument::has(const Profile::Id &id) const
{
    return placesOf(m_root.value(profilesField).toArray()).contains(id);
}

QJsonArray SessionsDocument::takeOut(const QSet<Profile::Id> &ids)
{
    QJsonArray removed;
    QJsonArray kept;
    for (const QJsonValue entry : m_root.value(profilesField).toArray()) {
        const auto profile = Profile::fromJson(entry.toObject());
        (profile && ids.contains(profile->id) ? removed : kept).append(entry);
    }
    m_root.insert(profilesField, kept);
    return removed;
}

void SessionsDocument::putBack(const QJsonArray &removed)
{
    QJsonArray entries = m_root.value(profilesField).toArray();
    const QHash<Profile::Id, qsizetype> places = placesOf(entries);
    for (const QJsonValue entry : removed) {
        const auto profile = Profile::fromJson(entry.toObject());
        if (profile && !places.contains(profile->id)) {
            entries.append(entry);
        }
    }
    m_root.insert(profilesField, entries);
}

void SessionsDocument::putGroup(const QString &path, const Profile &defaults)
{
    QJsonObject groups = m_root.value(groupsField).toObject();
    groups.insert(path, onlyInheritable(defaults, groups.value(path).toObject()));
    m_root.insert(groupsField, groups);
}

void SessionsDocument::changeGroup(const QString &path, const Profile &before, const Profile &after)
{
    QJsonObject groups = m_root.value(groupsField).toObject();
    const auto now = groups.value(path);
    groups.insert(path,
                  now.isObject() ? merged(now.toObject(), onlyInheritable(before, {}),
                                          onlyInheritable(after, {}))
                                 : onlyInheritable(after, {}));
    m_root.insert(groupsField, groups);
}

void SessionsDocument::removeGroup(const QString &path)
{
    QJsonObject groups = m_root.value(groupsField).toObject();
    groups.remove(path);
    m_root.insert(groupsField, groups);
}

SessionsDocument::GroupRemoval SessionsDocument::dissolveGroup(const QString &path)
{
    GroupRemoval removal;
    const QJsonObject groups = m_root.value(groupsField).toObject();
    for (auto group = groups.begin(); group != groups.end(); ++group) {
        if (isInGroup(group.key(), path)) {
            removal.groups.insert(group.key(), group.value());
        }
    }
    for (const Profile &session : sessions()) {
        if (isInGroup(session.group, path)) {
            Profile lifted = session;
            lifted.group = moved(session.group, path, parentGroup(path));
            removal.sessions.append({.before = lifted, .after = session});
        }
    }
    removeGroup(path);
    move(path, parentGroup(path));
    for (const QString &group : m_root.value(groupsField).toObject().keys()) {
        if (!groups.contains(group)) {
            removal.lifted.append(group);
        }
    }
    return removal;
}

void SessionsDocument::takeBack(const GroupRemoval &removal)
{
    QList<SessionChange> back = removal.sessions;
    const QList<Profile> now = sessions();
    back.removeIf([&now](const SessionChange &change) {
        const auto found = std::ranges::find(now, change.after.id, &Profile::id);
        return found == now.end() || found->group != change.before.group;
    });
    change(back);
    QJsonObject groups = m_root.value(groupsField).toObject();
    for (const QString &path : removal.lifted) {
        groups.remove(path);
    }
    for (auto group = removal.groups.begin(); group != removal.groups.end(); ++group) {
        groups.insert(group.key(), group.value());
    }
    m_root.insert(groupsField, groups);
}

void SessionsDocument::move(const QString &from, const QString &to)
{
    QJsonArray entries = m_root.value(profilesField).toArray();
    for (QJsonValueRef entry : entries) {
        QJsonObject object = entry.toObject();
        const QString group = normalizedGroup(object.value(groupField).toString());
        if (isInGroup(group, from)) {
            object.insert(groupField, moved(group, from, to));
            entry = object;
        }
    }
    m_root.insert(profilesField, entries);
    m_root.insert(groupsField, movedGroups(m_root.value(groupsField).toObject(), from, to));
}

} // namespace profiles
