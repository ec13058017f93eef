// SessionModel: the saved sessions as a tree of groups for a view, by title, and OpenSSH's aliases
// in a group of their own at the end. Renaming is editing.

#pragma once

#include "profiles/Profile.h"

#include <QHash>
#include <QSet>
#include <QStandardItemModel>

class QCollator;

namespace profiles {
class OpenSshConfig;
class ProfileStore;
} // namespace profiles

namespace ui {

class SessionModel final : public QStandardItemModel
{
    Q_OBJECT

public:
    enum class Kind { Session, Group, Alias, OpenSsh };

    enum Role {
        KindRole = Qt::UserRole, // Kind as a number
        IdRole, // profiles::Profile::Id of a session, path of a group, name of an alias
        SearchRole, // all that the filter looks at
        AddressRole, // of a session, plain text
    };

    // The store is borrowed.
    explicit SessionModel(const profiles::ProfileStore &store, QObject *parent = nullptr);

    // Shows its aliases, from now on. Borrowed.
    void setOpenSsh(const profiles::OpenSshConfig *openSsh);

    // Sessions that have a live connection, to be marked.
    void setConnected(const QSet<profiles::Profile::Id> &ids);

    static Kind kindOf(const QModelIndex &index);

    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void aboutToReload();
    void reloaded();
    void renameRequested(const profiles::Profile &renamed);
    void groupRenameRequested(const QString &path, const QString &newPath);

private:
    void reload();
    QStandardItem *itemOfGroup(const QString &path);
    void addSessions(const QCollator &collator);
    void addAliases();
    bool isConnected(const QModelIndex &index) const;

    const profiles::ProfileStore &m_store;
    const profiles::OpenSshConfig *m_openSsh = nullptr;
    QHash<QString, QStandardItem *> m_groups; // by path
    QSet<profiles::Profile::Id> m_connected;
};

} // namespace ui
