#include "profiles/ProfileStore.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace profiles {
namespace {

constexpr QLatin1StringView versionField("version");
constexpr QLatin1StringView profilesField("profiles");
constexpr QLatin1StringView groupsField("groups");
constexpr QLatin1StringView groupField("group");
constexpr QLatin1StringView idField("id"); // of a profile, which a group has not
constexpr QLatin1StringView hostField("host");
constexpr int formatVersion = 1;

// Others hold the lock for milliseconds.
constexpr std::chrono::milliseconds lockPatience{1000};

// A hundred thousand profiles have room in this. More is not ours, and would be read at a stretch.
constexpr qint64 largestFile = qint64{64} * 1024 * 1024;

base::Error fileError(base::ErrorKind kind, const QString &operation, const QFileDevice &file)
{
    return {kind, base::ErrorSource::None, 0, operation, file.fileName(), file.errorString()};
}

base::ErrorKind kindOf(QFileDevice::FileError error)
{
    switch (error) {
    case QFileDevice::PermissionsError:
    case QFileDevice::OpenError:
        return base::ErrorKind::PermissionDenied;
    case QFileDevice::ResourceError:
    case QFileDevice::WriteError:
        return base::ErrorKind::NoSpace;
    default:
        return base::ErrorKind::Internal;
    }
}

// Null if `bytes` is not a JSON object with a version and an array of profiles.
std::optional<QJsonObject> parse(const QByteArray &bytes)
{
    QJsonObject root = QJsonDocument::fromJson(bytes).object();
    if (!root.value(versionField).isDouble() || !root.value(profilesField).isArray()) {
        return std::nullopt;
    }
    return root;
}

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

bool isIn(const QString &group, const QString &ancestor)
{
    return group == ancestor || group.startsWith(ancestor + u'/');
}

QString moved(const QString &group, const QString &from, const QString &to)
{
    return normalizedGroup(QString(to + group.sliced(from.size())));
}

// Groups that are there already keep their defaults.
QJsonObject movedGroups(const QJsonObject &groups, const QString &from, const QString &to)
{
    QJsonObject result;
    for (const QString &path : groups.keys()) {
        if (!isIn(path, from)) {
            result.insert(path, groups.value(path));
        }
    }
    for (const QString &path : groups.keys()) {
        const QString target = isIn(path, from) ? moved(path, from, to) : QString();
        if (!target.isEmpty() && !result.contains(target)) {
            result.insert(target, groups.value(path));
        }
    }
    return result;
}

void put(QJsonObject &root, const QList<Profile> &profiles)
{
    QJsonArray entries = root.value(profilesField).toArray();
    QHash<Profile::Id, qsizetype> places = placesOf(entries);
    for (const Profile &profile : profiles) {
        const qsizetype index = places.value(profile.id, -1);
        if (index < 0) {
            places.insert(profile.id, entries.size());
            entries.append(profile.toJson({}));
        } else {
            entries.replace(index, profile.toJson(entries.at(index).toObject()));
        }
    }
    root.insert(profilesField, entries);
}

// What stood there.
QJsonArray takeOut(QJsonObject &root, const QSet<Profile::Id> &ids)
{
    QJsonArray removed;
    QJsonArray kept;
    for (const QJsonValue entry : root.value(profilesField).toArray()) {
        const auto profile = Profile::fromJson(entry.toObject());
        (profile && ids.contains(profile->id) ? removed : kept).append(entry);
    }
    root.insert(profilesField, kept);
    return removed;
}

void putGroup(QJsonObject &root, const QString &path, const Profile &defaults)
{
    QJsonObject groups = root.value(groupsField).toObject();
    groups.insert(path, onlyInheritable(defaults, groups.value(path).toObject()));
    root.insert(groupsField, groups);
}

void moveContent(QJsonObject &root, const QString &from, const QString &to)
{
    QJsonArray entries = root.value(profilesField).toArray();
    for (QJsonValueRef entry : entries) {
        QJsonObject object = entry.toObject();
        const QString group = normalizedGroup(object.value(groupField).toString());
        if (isIn(group, from)) {
            object.insert(groupField, moved(group, from, to));
            entry = object;
        }
    }
    root.insert(profilesField, entries);
    root.insert(groupsField, movedGroups(root.value(groupsField).toObject(), from, to));
}

} // namespace

ProfileStore::ProfileStore(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
}

base::Result<ProfileStore::LoadReport> ProfileStore::load()
{
    LoadReport report;
    return read(report).transform([&](const QJsonObject &root) {
        adopt(root, report);
        return report;
    });
}

std::optional<Profile> ProfileStore::find(const Profile::Id &id) const
{
    const auto found = std::ranges::find(m_profiles, id, &Profile::id);
    return found == m_profiles.end() ? std::nullopt : std::optional(*found);
}

std::optional<Profile> ProfileStore::findByName(QStringView name) const
{
    const auto found = std::ranges::find_if(m_profiles, [&](const Profile &profile) {
        return !name.isEmpty() && name.compare(profile.name, Qt::CaseInsensitive) == 0;
    });
    return found == m_profiles.end() ? std::nullopt : std::optional(*found);
}

base::Result<void> ProfileStore::save(const Profile &profile)
{
    Q_ASSERT(!profile.id.isEmpty());
    return saveAll({profile});
}

base::Result<void> ProfileStore::saveAll(const QList<Profile> &profiles)
{
    return update([&](QJsonObject &root) { put(root, profiles); });
}

base::Result<void> ProfileStore::remove(const Profile::Id &id)
{
    return removeAll({id}).transform([](const QJsonArray &) { });
}

base::Result<QJsonArray> ProfileStore::removeAll(const QSet<Profile::Id> &ids)
{
    QJsonArray removed;
    return update([&](QJsonObject &root) { removed = takeOut(root, ids); }).transform([&] {
        return removed;
    });
}

base::Result<void> ProfileStore::putBack(const QJsonArray &removed)
{
    return update([&](QJsonObject &root) {
        QJsonArray entries = root.value(profilesField).toArray();
        const QHash<Profile::Id, qsizetype> places = placesOf(entries);
        for (const QJsonValue entry : removed) {
            const auto profile = Profile::fromJson(entry.toObject());
            if (profile && !places.contains(profile->id)) {
                entries.append(entry);
            }
        }
        root.insert(profilesField, entries);
    });
}

QStringList ProfileStore::groups() const
{
    QSet<QString> paths;
    const auto addWithParents = [&](QString path) {
        for (; !path.isEmpty(); path = parentGroup(path)) {
            paths.insert(path);
        }
    };
    for (const Profile &profile : m_profiles) {
        addWithParents(profile.group);
    }
    for (auto group = m_groups.keyBegin(); group != m_groups.keyEnd(); ++group) {
        addWithParents(*group);
    }
    QStringList sorted(paths.begin(), paths.end());
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

Profile ProfileStore::groupDefaults(const QString &path) const
{
    return m_groups.value(path);
}

base::Result<void> ProfileStore::saveGroup(const QString &path, const Profile &defaults)
{
    Q_ASSERT(!path.isEmpty() && path == normalizedGroup(path));
    return update([&](QJsonObject &root) { putGroup(root, path, defaults); });
}

base::Result<void> ProfileStore::moveGroup(const QString &from, const QString &to)
{
    Q_ASSERT(!from.isEmpty());
    if (to == from || to.startsWith(from + u'/')) {
        return base::Failure(base::Error{base::ErrorKind::InvalidName,
                                         base::ErrorSource::None,
                                         0,
                                         QStringLiteral("move group"),
                                         from,
                                         {}});
    }
    return update([&](QJsonObject &root) { moveContent(root, from, to); });
}

ProfileStore::GroupContent ProfileStore::groupContent(const QString &path) const
{
    GroupContent content;
    std::ranges::copy_if(m_profiles, std::back_inserter(content.profiles),
                         [&](const Profile &profile) { return isIn(profile.group, path); });
    for (auto group = m_groups.begin(); group != m_groups.end(); ++group) {
        if (isIn(group.key(), path)) {
            content.groups.insert(group.key(), group.value());
        }
    }
    return content;
}

base::Result<void> ProfileStore::removeGroup(const QString &path)
{
    Q_ASSERT(!path.isEmpty());
    return update([&](QJsonObject &root) {
        QJsonObject groups = root.value(groupsField).toObject();
        groups.remove(path);
        root.insert(groupsField, groups);
        moveContent(root, path, parentGroup(path));
    });
}

base::Result<void> ProfileStore::restore(const GroupContent &content)
{
    return update([&](QJsonObject &root) {
        put(root, content.profiles);
        for (auto group = content.groups.begin(); group != content.groups.end(); ++group) {
            putGroup(root, group.key(), group.value());
        }
    });
}

base::Result<void> ProfileStore::forget(const GroupContent &content)
{
    QSet<Profile::Id> ids;
    for (const Profile &profile : content.profiles) {
        ids.insert(profile.id);
    }
    return update([&](QJsonObject &root) {
        takeOut(root, ids);
        QJsonObject groups = root.value(groupsField).toObject();
        for (auto group = content.groups.keyBegin(); group != content.groups.keyEnd(); ++group) {
            groups.remove(*group);
        }
        root.insert(groupsField, groups);
    });
}

template<typename Change>
base::Result<void> ProfileStore::update(Change change)
{
    if (!QFileInfo(m_file).dir().mkpath(QStringLiteral("."))) {
        return base::Failure(
            base::Error::fromErrno(errno, QStringLiteral("create directory for"), m_file));
    }
    QLockFile lock(m_file + QStringLiteral(".lock"));
    if (!lock.tryLock(lockPatience)) {
        return base::Failure(base::Error{base::ErrorKind::TimedOut,
                                         base::ErrorSource::None,
                                         0,
                                         QStringLiteral("lock"),
                                         m_file,
                                         {}});
    }

    LoadReport report;
    const base::Result<QJsonObject> before = read(report);
    if (!before) {
        return base::Failure(before.error());
    }
    QJsonObject root = *before;
    change(root);
    return write(root).transform([&] { adopt(root, report); });
}

base::Result<QJsonObject> ProfileStore::read(LoadReport &report) const
{
    QJsonObject empty{{versionField, formatVersion}, {profilesField, QJsonArray()}};
    QFile file(m_file);
    if (!file.exists()) {
        return empty;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return base::Failure(
            fileError(kindOf(file.error()), QStringLiteral("open for reading"), file));
    }
    const QByteArray bytes = file.read(largestFile + 1);
    if (file.error() != QFileDevice::NoError) {
        return base::Failure(fileError(base::ErrorKind::Internal, QStringLiteral("read"), file));
    }

    const std::optional<QJsonObject> root
        = bytes.size() > largestFile ? std::nullopt : parse(bytes);
    if (!root) {
        return setAside().transform([&](const QString &newName) {
            report.setAsideAs = newName;
            return empty;
        });
    }
    if (root->value(versionField).toInt() > formatVersion) {
        return base::Failure(base::Error{base::ErrorKind::Unsupported,
                                         base::ErrorSource::None,
                                         0,
                                         QStringLiteral("read"),
                                         m_file,
                                         {}});
    }
    return *root;
}

base::Result<void> ProfileStore::write(const QJsonObject &root) const
{
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly)) {
        return base::Failure(
            fileError(kindOf(file.error()), QStringLiteral("open for writing"), file));
    }
    // Host names and notes are nobody else's business.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(root).toJson(QJsonDocument::Indented));
    if (!file.commit()) {
        return base::Failure(fileError(kindOf(file.error()), QStringLiteral("write"), file));
    }
    return {};
}

// Renames a file that cannot be understood, so that nothing of it is lost.
base::Result<QString> ProfileStore::setAside() const
{
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString newName = QStringLiteral("%1.broken-%2").arg(m_file, stamp);
    for (int number = 2; QFile::exists(newName); ++number) {
        newName = QStringLiteral("%1.broken-%2-%3").arg(m_file, stamp).arg(number);
    }
    QFile file(m_file);
    if (!file.rename(newName)) {
        return base::Failure(fileError(kindOf(file.error()), QStringLiteral("rename"), file));
    }
    return newName;
}

void ProfileStore::adopt(const QJsonObject &root, LoadReport &report)
{
    QList<Profile> profiles;
    for (const QJsonValue entry : root.value(profilesField).toArray()) {
        const std::optional<Profile> profile = Profile::fromJson(entry.toObject());
        if (profile) {
            profiles.append(*profile);
        } else {
            ++report.unreadable;
        }
    }
    QMap<QString, Profile> groups;
    const QJsonObject saved = root.value(groupsField).toObject();
    for (auto group = saved.begin(); group != saved.end(); ++group) {
        if (const QString path = normalizedGroup(group.key()); !path.isEmpty()) {
            groups.insert(path, Profile::defaultsFromJson(group.value().toObject()));
        }
    }
    if (profiles != m_profiles || groups != m_groups) {
        m_profiles = std::move(profiles);
        m_groups = std::move(groups);
        emit changed();
    }
}

} // namespace profiles
