#include "profiles/ProfileStore.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace profiles {
namespace {

using State = SessionsFile::Content::State;
using Trouble = ProfileStore::LoadReport::Trouble;

constexpr std::chrono::milliseconds settlingTime{200};

} // namespace

ProfileStore::ProfileStore(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_told(LoadReport{}) // clang finds no default constructor where it is declared
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settlingTime);
    connect(&m_settle, &QTimer::timeout, this, &ProfileStore::look);
}

base::Result<ProfileStore::LoadReport> ProfileStore::load()
{
    m_stamp = m_file.stamp();
    m_told = m_file.read().and_then(
        [this](const SessionsFile::Content &content) { return take(content); });
    return m_told;
}

void ProfileStore::follow()
{
    m_watcher = std::make_unique<QFileSystemWatcher>();
    const auto settle = [this] { m_settle.start(); };
    connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, this, settle);
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, settle);
    watch();
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

base::Result<void> ProfileStore::save(const Profile &profile, const Profile &before)
{
    Q_ASSERT(!profile.id.isEmpty() && profile.id == before.id);
    return update([&](SessionsDocument &document) {
        if (document.has(profile.id)) {
            document.change({{.before = before, .after = profile}});
        } else {
            document.put({profile});
        }
    });
}

base::Result<void> ProfileStore::saveAll(const QList<Profile> &profiles)
{
    return update([&](SessionsDocument &document) { document.put(profiles); });
}

base::Result<void> ProfileStore::remove(const Profile::Id &id)
{
    return removeAll({id}).transform([](const QJsonArray &) { });
}

base::Result<QJsonArray> ProfileStore::removeAll(const QSet<Profile::Id> &ids)
{
    QJsonArray removed;
    return update([&](SessionsDocument &document) { removed = document.takeOut(ids); })
        .transform([&] { return removed; });
}

base::Result<void> ProfileStore::putBack(const QJsonArray &removed)
{
    return update([&](SessionsDocument &document) { document.putBack(removed); });
}

base::Result<void> ProfileStore::change(const QList<SessionChange> &changes)
{
    return update([&](SessionsDocument &document) { document.change(changes); });
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
    return update([&](SessionsDocument &document) { document.putGroup(path, defaults); });
}

base::Result<void> ProfileStore::saveGroup(const QString &path, const Profile &defaults,
                                           const Profile &before)
{
    Q_ASSERT(!path.isEmpty() && path == normalizedGroup(path));
    return update(
        [&](SessionsDocument &document) { document.changeGroup(path, before, defaults); });
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
    return update([&](SessionsDocument &document) { document.move(from, to); });
}

ProfileStore::GroupContent ProfileStore::groupContent(const QString &path) const
{
    GroupContent content;
    std::ranges::copy_if(m_profiles, std::back_inserter(content.profiles),
                         [&](const Profile &profile) { return isInGroup(profile.group, path); });
    for (auto group = m_groups.begin(); group != m_groups.end(); ++group) {
        if (isInGroup(group.key(), path)) {
            content.groups.insert(group.key(), group.value());
        }
    }
    return content;
}

base::Result<ProfileStore::GroupRemoval> ProfileStore::removeGroup(const QString &path)
{
    Q_ASSERT(!path.isEmpty());
    GroupRemoval removal;
    return update([&](SessionsDocument &document) { removal = document.dissolveGroup(path); })
        .transform([&] { return removal; });
}

base::Result<void> ProfileStore::takeBack(const GroupRemoval &removal)
{
    return update([&](SessionsDocument &document) { document.takeBack(removal); });
}

base::Result<void> ProfileStore::add(const GroupContent &content)
{
    return update([&](SessionsDocument &document) {
        document.put(content.profiles);
        for (auto group = content.groups.begin(); group != content.groups.end(); ++group) {
            document.putGroup(group.key(), group.value());
        }
    });
}

base::Result<void> ProfileStore::forget(const GroupContent &content)
{
    QSet<Profile::Id> ids;
    for (const Profile &profile : content.profiles) {
        ids.insert(profile.id);
    }
    return update([&](SessionsDocument &document) {
        document.takeOut(ids);
        for (auto group = content.groups.keyBegin(); group != content.groups.keyEnd(); ++group) {
            document.removeGroup(*group);
        }
    });
}

template<typename Change>
base::Result<void> ProfileStore::update(Change change)
{
    const auto lock = m_file.lock();
    if (!lock) {
        return base::Failure(lock.error());
    }
    auto document = documentToChange();
    if (!document) {
        return base::Failure(document.error());
    }
    change(*document);
    const bool wasSetAside = m_told && !m_told->setAsideAs.isEmpty();
    const auto written = m_file.write(*document);
    if (written) {
        m_stamp = m_file.stamp();
        adopt(*document);
        watch();
        const bool isOther = !m_told || m_told->trouble != Trouble::None;
        m_told = LoadReport{.unreadable = document->unreadable()};
        if (isOther && !wasSetAside) {
            emit fileStateChanged(m_told);
        }
    }
    return written;
}

base::Result<SessionsDocument> ProfileStore::documentToChange()
{
    const base::Result<SessionsFile::Content> content = m_file.read();
    if (!content) {
        return base::Failure(content.error());
    }
    if (content->state == State::Readable) {
        return content->document;
    }
    SessionsDocument known = m_known.value_or(SessionsDocument());
    LoadReport report = reportOf(content->state);
    if (content->state == State::Broken) {
        const auto newName = m_file.setAside();
        if (!newName) {
            return base::Failure(newName.error());
        }
        report.setAsideAs = *newName;
    }
    if (report != LoadReport{} && report != m_told) {
        m_told = report;
        emit fileStateChanged(report);
    }
    return known;
}

// What cannot be read changes nothing of what is known.
base::Result<ProfileStore::LoadReport> ProfileStore::take(const SessionsFile::Content &content)
{
    if (content.state == State::Readable) {
        adopt(content.document);
        return LoadReport{.unreadable = content.document.unreadable()};
    }
    LoadReport report = reportOf(content.state);
    if (m_known) {
        return report;
    }
    adopt({});
    if (content.state == State::Missing) {
        return report;
    }
    return m_file.setAside().transform([&report](const QString &newName) {
        report.setAsideAs = newName;
        return report;
    });
}

// Of a file that is not there any more, or that cannot be understood.
ProfileStore::LoadReport ProfileStore::reportOf(SessionsFile::Content::State state) const
{
    if (state == State::Broken) {
        return {.trouble = Trouble::Damaged, .file = m_file.path(), .kept = m_profiles.size()};
    }
    if (m_known && *m_known != SessionsDocument()) {
        return {.trouble = Trouble::Missing, .file = m_file.path(), .kept = m_profiles.size()};
    }
    return {};
}

void ProfileStore::adopt(const SessionsDocument &document)
{
    m_known = document;
    QList<Profile> profiles = document.sessions();
    QMap<QString, Profile> groups = document.groups();
    if (profiles != m_profiles || groups != m_groups) {
        m_profiles = std::move(profiles);
        m_groups = std::move(groups);
        emit changed();
    }
}

// The directories that are watched hold other files too.
void ProfileStore::look()
{
    watch();
    if (m_known && m_file.stamp() == m_stamp) {
        return;
    }
    const base::Result<LoadReport> told = m_told;
    const base::Result<LoadReport> report = load();
    if (report != told) {
        emit fileStateChanged(report);
    }
}

// A file that was replaced is not watched any more: so all of them again.
void ProfileStore::watch()
{
    if (m_watcher == nullptr) {
        return;
    }
    const QStringList places = m_file.placesToWatch();
    const QStringList watched = m_watcher->files() + m_watcher->directories();
    for (const QString &path : watched) {
        if (!places.contains(path)) {
            m_watcher->removePath(path);
        }
    }
    for (const QString &path : places) {
        if (!watched.contains(path)) {
            m_watcher->addPath(path);
        }
    }
}

} // namespace profiles
