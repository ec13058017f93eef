#include "profiles/ProfileStore.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
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
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    if (!root.value(versionField).isDouble() || !root.value(profilesField).isArray()) {
        return std::nullopt;
    }
    return root;
}

qsizetype indexOf(const QJsonArray &entries, const Profile::Id &id)
{
    const auto hasId = [&](const QJsonValue &entry) {
        const auto profile = Profile::fromJson(entry.toObject());
        return profile && profile->id == id;
    };
    const auto found = std::find_if(entries.begin(), entries.end(), hasId);
    return found == entries.end() ? -1 : found - entries.begin();
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
    return update([&](QJsonArray &entries) {
        const qsizetype index = indexOf(entries, profile.id);
        if (index < 0) {
            entries.append(profile.toJson({}));
        } else {
            entries.replace(index, profile.toJson(entries.at(index).toObject()));
        }
    });
}

base::Result<void> ProfileStore::remove(const Profile::Id &id)
{
    return update([&](QJsonArray &entries) {
        if (const qsizetype index = indexOf(entries, id); index >= 0) {
            entries.removeAt(index);
        }
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
    QJsonArray entries = root.value(profilesField).toArray();
    change(entries);
    root.insert(profilesField, entries);
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
    for (const QJsonValue &entry : root.value(profilesField).toArray()) {
        const std::optional<Profile> profile = Profile::fromJson(entry.toObject());
        if (profile) {
            profiles.append(*profile);
        } else {
            ++report.unreadable;
        }
    }
    if (profiles != m_profiles) {
        m_profiles = std::move(profiles);
        emit changed();
    }
}

} // namespace profiles
