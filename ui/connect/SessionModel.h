// SessionModel: the saved sessions as a tree of groups for a view, by title, and OpenSSH's aliases
// in a group of their own at the end. What is pinned or was connected to lately stands at the top
// as well. Renaming is editing, and what is dropped is told.

#pragma once

#include "profiles/Profile.h"

#include <QHash>
#include <QSet>
#include <QStandardItemModel>

namespace profiles {
class OpenSshConfig;
class ProfileStore;
} // namespace profiles

namespace ui {

class SessionModel final : public QStandardItemModel
{
    Q_OBJECT

public:
    enum class Kind { Session, Group, Alias, OpenSsh, Pinned, Recent };

    enum Role {
        KindRole = Qt::UserRole, // Kind as a number
        IdRole, // profiles::Profile::Id of a session, path of a group, name of an alias
        SearchRole, // all that the filter looks at
        AddressRole, // of a session, plain text
        ColorRole, // of a session: the name of its color, perhaps empty
        IconRole, // likewise
        SectionRole, // of a row that stands elsewhere too: Id of the section at the top
    };

    // IdRole of the sections at the top, which is no path of a group.
    static constexpr QLatin1StringView pinnedSection{"/pinned"};
    static constexpr QLatin1StringView recentSection{"/recent"};

    // The store is borrowed.
    explicit SessionModel(const profiles::ProfileStore &store, QObject *parent = nullptr);

    // Shows its aliases, from now on. Borrowed.
    void setOpenSsh(const profiles::OpenSshConfig *openSsh);

    // Sessions that have a live connection, to be marked.
    void setConnected(const QSet<profiles::Profile::Id> &ids);

    // Ids of what was connected to, the latest first; those that are gone are passed over.
    void setRecent(const QStringList &ids);

    // While the name of a row is being typed, the rows stay: another Ponto may change the sessions
    // at any time, and new rows would take the typed text with them. They are read again after
    // that.
    void setHeld(bool isHeld);

    static Kind kindOf(const QModelIndex &index);

    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

signals:
    void aboutToReload();
    void reloaded();
    void renameRequested(const profiles::Profile &renamed);
    // Sessions on a group (empty: the top level), before one of its sessions if `next` is not
    // empty. `isPlaced`: between the rows, so that the order is the user's.
    void sessionsDropped(const QStringList &ids, const QString &group, const QString &next,
                         bool isPlaced);
    void sessionsPinned(const QStringList &ids);
    void groupDropped(const QString &path, const QString &group);
    void groupRenameRequested(const QString &path, const QString &newPath);

private:
    void reload();
    QStandardItem *itemOfGroup(const QString &path);
    void addSessions();
    void addSections();
    QStandardItem *createSession(const profiles::Profile &profile) const;
    void addAliases();
    QColor colorOf(const QModelIndex &index) const;
    bool isConnected(const QModelIndex &index) const;

    const profiles::ProfileStore &m_store;
    const profiles::OpenSshConfig *m_openSsh = nullptr;
    QHash<QString, QStandardItem *> m_groups; // by path
    QSet<profiles::Profile::Id> m_connected;
    QStringList m_recent;
    bool m_isHeld = false;
    bool m_isStale = false; // something changed while it was held
};

} // namespace ui
