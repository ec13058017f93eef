// SessionsDocument: what stands in the file of the saved sessions, as JSON, with all that a newer
// Ponto or a hand has written there and we do not know. ProfileStore makes its changes in it.

#pragma once

#include "profiles/Profile.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace profiles {

// A session before and after what the user did to it here. Both have the same id.
struct SessionChange
{
    Profile before;
    Profile after;
};

class SessionsDocument
{
public:
    SessionsDocument(); // without sessions and groups

    // Absent if `bytes` is no JSON object with a version and an array of profiles.
    static std::optional<SessionsDocument> parse(const QByteArray &bytes);

    QByteArray toJson() const; // for people too

    // A newer Ponto has written it, in a format of which we know nothing.
    bool isOfNewerFormat() const;

    QList<Profile> sessions() const;
    qsizetype unreadable() const; // entries that are no session: they stay, unseen
    QMap<QString, Profile> groups() const; // those that were saved, by path

    // Adds the sessions, or replaces those with their ids, but for fields that we do not know.
    void put(const QList<Profile> &sessions);

    // Changes the fields alone in which `after` is not `before`: another Ponto may have changed
    // others meanwhile. A session that is gone stays gone.
    void change(const QList<SessionChange> &changes);

    bool has(const Profile::Id &id) const;

    // What stood there.
    QJsonArray takeOut(const QSet<Profile::Id> &ids);

    // What takeOut() gave. A session that is there again stays as it is.
    void putBack(const QJsonArray &entries);

    // Of `defaults`, a group has only what can be inherited.
    void putGroup(const QString &path, const Profile &defaults);

    // As change(); puts a group that is gone.
    void changeGroup(const QString &path, const Profile &before, const Profile &after);

    void removeGroup(const QString &path); // not what is in it

    // What dissolveGroup() did, for takeBack().
    struct GroupRemoval
    {
        QJsonObject groups; // entries that went, by path
        QStringList lifted; // the new paths of those below it that were nowhere else before
        QList<SessionChange> sessions; // back to where they were
    };

    // Removes the group. What is in it moves to the group above, with the groups below it.
    GroupRemoval dissolveGroup(const QString &path);

    // Sessions that were deleted meanwhile, or moved on, stay so.
    void takeBack(const GroupRemoval &removal);

    // All that is in and below `from`. Groups that are at `to` already keep their defaults.
    void move(const QString &from, const QString &to);

    friend bool operator==(const SessionsDocument &, const SessionsDocument &) = default;

private:
    QJsonObject m_root;
};

} // namespace profiles
