// SessionModel: the saved sessions as a list for a view, by title. Renaming is editing.

#pragma once

#include "profiles/Profile.h"

#include <QAbstractListModel>
#include <QList>
#include <QSet>

namespace profiles {
class ProfileStore;
}

namespace ui {

class SessionModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, // profiles::Profile::Id
        SearchRole, // all that the filter looks at
    };

    // The store is borrowed.
    explicit SessionModel(const profiles::ProfileStore &store, QObject *parent = nullptr);

    // Sessions that have a live connection, to be marked.
    void setConnected(const QSet<profiles::Profile::Id> &ids);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void renameRequested(const profiles::Profile &renamed);

private:
    void reload();

    const profiles::ProfileStore &m_store;
    QList<profiles::Profile> m_profiles; // sorted by title
    QSet<profiles::Profile::Id> m_connected;
};

} // namespace ui
