// ProfileStore: the saved servers, in one JSON file that people can read and other Pontos can write
// too.
//
// Every change reads the file again under a lock, changes in it what the user has changed, and
// replaces it atomically: what another Ponto saved, and what a newer one knows and we do not,
// stays. Where the file is gone or damaged by then, what was read or written last is changed
// instead, so nothing is lost. No secret is ever in it. For one thread; the lock is waited for a
// second at most.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"
#include "profiles/SessionsDocument.h"
#include "profiles/SessionsFile.h"

#include <QFileSystemWatcher>
#include <QJsonArray>
#include <QList>
#include <QMap>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QStringView>
#include <QTimer>

#include <memory>
#include <optional>

namespace profiles {

class ProfileStore final : public QObject
{
    Q_OBJECT

public:
    struct LoadReport
    {
        // What is there instead of a file that can be read. While Ponto runs, its sessions are
        // those that it knew; when it starts, there are none then.
        enum class Trouble { None, Missing, Damaged };

        Trouble trouble = Trouble::None;
        QString file; // which one it is, if there is trouble
        QString setAsideAs; // the new name of a damaged file; empty if it was left where it is
        qsizetype kept = 0; // sessions that are known nevertheless
        qsizetype unreadable = 0; // entries that are no profile: they stay in the file, unseen

        friend bool operator==(const LoadReport &, const LoadReport &) = default;
    };

    // Reads nothing yet. The directory is created when the first profile is saved.
    explicit ProfileStore(QString file, QObject *parent = nullptr);

    // No file means no profiles. Fails if the file is there and cannot be read, with Unsupported if
    // a newer Ponto with another format wrote it; then nothing can be saved either.
    base::Result<LoadReport> load();

    // From now on, reads the file again soon after somebody else has changed it. For a thread with
    // an event loop.
    void follow();

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

    // The same for one that was edited: of one that is there, only what differs from `before`,
    // which groupDefaults() said.
    base::Result<void> saveGroup(const QString &path, const Profile &defaults,
                                 const Profile &before);

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

    using GroupRemoval = SessionsDocument::GroupRemoval;

    // Forgets the group. What is in it moves to the group above, with the groups below it.
    base::Result<GroupRemoval> removeGroup(const QString &path);

    // Sessions that were deleted meanwhile, or moved on, stay so.
    base::Result<void> takeBack(const GroupRemoval &removal);

    // Adds groups and sessions, or replaces those that are there.
    base::Result<void> add(const GroupContent &content);

    // Takes back an import: those sessions go, and what those groups say. Groups in which there are
    // others stay.
    base::Result<void> forget(const GroupContent &content);

    // Adds the profile, or replaces the one with its id.
    base::Result<void> save(const Profile &profile);

    // The same for one that was edited: of one that is there, only what differs from `before`.
    base::Result<void> save(const Profile &profile, const Profile &before);

    // All of them or none, as save().
    base::Result<void> saveAll(const QList<Profile> &profiles);

    // Changes the fields alone that differ, and no session that is gone: for what the user did to
    // what was shown, while another Ponto may have changed the same sessions.
    base::Result<void> change(const QList<SessionChange> &changes);

    // Success if it is gone already.
    base::Result<void> remove(const Profile::Id &id);

    // What stood in the file, with fields that only others know, for putBack(). Those that are gone
    // already are not in it.
    base::Result<QJsonArray> removeAll(const QSet<Profile::Id> &ids);

    // Takes back a removal. A session that is there again stays as it is.
    base::Result<void> putBack(const QJsonArray &removed);

signals:
    void changed(); // profiles() did, or the groups

    // The file was gone, damaged or unreadable when it was read again, for a change or by follow(),
    // or such a trouble is over. Once for each state. A file that was set aside is the user's to
    // look at: that trouble is over for the store, and not told to be.
    void fileStateChanged(const base::Result<profiles::ProfileStore::LoadReport> &report);

private:
    template<typename Change>
    base::Result<void> update(Change change);

    base::Result<SessionsDocument> documentToChange();
    base::Result<LoadReport> take(const SessionsFile::Content &content);
    LoadReport reportOf(SessionsFile::Content::State state) const;
    void adopt(const SessionsDocument &document);
    void look();
    void watch();

    SessionsFile m_file;
    std::optional<SessionsDocument> m_known; // as read or written last; absent before
    std::optional<SessionsFile::Stamp> m_stamp; // of what is known
    base::Result<LoadReport> m_told; // the state of the file that the user knows of
    QList<Profile> m_profiles;
    QMap<QString, Profile> m_groups; // what was saved, by path
    std::unique_ptr<QFileSystemWatcher> m_watcher; // null until follow()
    QTimer m_settle; // since the last event: programs write a file in several steps
};

} // namespace profiles
