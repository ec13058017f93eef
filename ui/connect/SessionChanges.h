// SessionChanges: what the user does to saved sessions and groups in the sidebar, each with the way
// back.

#pragma once

#include "base/Result.h"
#include "profiles/ProfileStore.h"

#include <QObject>

#include <functional>

namespace ui {

class SessionChanges final : public QObject
{
    Q_OBJECT

public:
    using Sessions = QList<profiles::Profile>;

    // The store is borrowed.
    explicit SessionChanges(profiles::ProfileStore &store, QObject *parent = nullptr);

    // Of a session that is there, what is new in it.
    void save(const profiles::Profile &profile);

    // Copies with ids and names of their own, beside the originals. The id of the first; empty if
    // it failed.
    profiles::Profile::Id duplicate(const Sessions &sessions);

    void remove(const Sessions &sessions);
    void removeGroup(const QString &path);

    // To the end of what is placed by hand there, or by their names.
    void moveTo(const QString &group, const Sessions &sessions);

    // Fails for a group that would be in itself.
    void moveGroup(const QString &path, const QString &newPath);

    // Places them by hand in that group, before the session with that id, or after all if it is
    // empty. From then on the whole group is in the user's order.
    void placeBefore(const profiles::Profile::Id &next, const QString &group,
                     const Sessions &sessions);

    // One place up (-1) or down (1) among those of its group.
    void step(const profiles::Profile &profile, int by);

    void sortByName(const QString &group);

    // Saves them all, as they are to be after `before`. False if that failed.
    bool change(const Sessions &sessions, const Sessions &before);

    // They are in the store already; this offers the way back.
    void tellImported(const profiles::ProfileStore::GroupContent &content);
    void setPinned(const Sessions &sessions, bool isPinned);

signals:
    void done(const QString &text, const std::function<void()> &undo);
    void failed(const base::Error &error);

private:
    bool has(const base::Result<void> &result);
    bool saveAll(const Sessions &sessions, const Sessions &before, const QString &text);
    QString copyName(const profiles::Profile &original, const Sessions &copies) const;

    profiles::ProfileStore &m_store;
};

} // namespace ui
