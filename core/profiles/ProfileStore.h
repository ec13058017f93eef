// ProfileStore: the saved servers, in one JSON file that people can read and other Pontos can write
// too.
//
// Every change reads the file again under a lock, changes one profile in it, and replaces it
// atomically: what another Ponto saved, and what a newer one knows and we do not, stays. No secret
// is ever in it. For one thread; the lock is waited for a second at most.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace profiles {

class ProfileStore final : public QObject
{
    Q_OBJECT

public:
    struct LoadReport
    {
        // Where a file went that was no JSON of ours; empty if all was well. There are no profiles
        // then.
        QString setAsideAs;
        qsizetype unreadable = 0; // entries that are no profile: they stay in the file, unseen
    };

    // Reads nothing yet. The directory is created when the first profile is saved.
    explicit ProfileStore(QString file, QObject *parent = nullptr);

    // No file means no profiles. Fails if the file is there and cannot be read, with Unsupported if
    // a newer Ponto with another format wrote it; then nothing can be saved either.
    base::Result<LoadReport> load();

    // In the order of the file, as of the last load() or change.
    const QList<Profile> &profiles() const { return m_profiles; }

    std::optional<Profile> find(const Profile::Id &id) const;

    // Compares without case. The first of several.
    std::optional<Profile> findByName(QStringView name) const;

    // Paths of all groups, sorted: those of sessions, those that were saved, and all above them.
    QStringList groups() const;

    // What the sessions in that group inherit from it: no id, no host, and nothing of the groups
    // above. All at its default for a group that was not saved.
    Profile groupDefaults(const QString &path) const;

    // Keeps the group, also while there is no session in it.
    base::Result<void> saveGroup(const QString &path, const Profile &defaults);

    // Moves the sessions and groups below `from` to `to`, which may be there already: its own
    // defaults stay then. An empty `to` is the top. Fails with InvalidName if `to` is `from` or
    // below it.
    base::Result<void> moveGroup(const QString &from, const QString &to);

    // A group with all that is in and below it.
    struct GroupContent
    {
        QMap<QString, Profile> groups;
        QList<Profile> profiles;
    };
    GroupContent groupContent(const QString &path) const;

    // Forgets the group. What is in it moves to the group above, with the groups below it.
    base::Result<void> removeGroup(const QString &path);

    // Takes back a move or removal: saves all of it again, as it was.
    base::Result<void> restore(const GroupContent &content);

    // Takes back an import: those sessions go, and what those groups say. Groups in which there are
    // others stay.
    base::Result<void> forget(const GroupContent &content);

    // Adds the profile, or replaces the one with its id.
    base::Result<void> save(const Profile &profile);

    // All of them or none, as save().
    base::Result<void> saveAll(const QList<Profile> &profiles);

    // Success if it is gone already.
    base::Result<void> remove(const Profile::Id &id);

    // What stood in the file, with fields that only others know, for putBack(). Those that are gone
    // already are not in it.
    base::Result<QJsonArray> removeAll(const QSet<Profile::Id> &ids);

    // Takes back a removal. A session that is there again stays as it is.
    base::Result<void> putBack(const QJsonArray &removed);

signals:
    void changed(); // profiles() did, or the groups

private:
    template<typename Change>
    base::Result<void> update(Change change);

    base::Result<QJsonObject> read(LoadReport &report) const;
    base::Result<void> write(const QJsonObject &root) const;
    base::Result<QString> setAside() const;
    void adopt(const QJsonObject &root, LoadReport &report);

    QString m_file;
    QList<Profile> m_profiles;
    QMap<QString, Profile> m_groups; // what was saved, by path
};

} // namespace profiles
