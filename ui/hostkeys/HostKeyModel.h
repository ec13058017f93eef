// HostKeyModel: the lines of all known_hosts files as a table. Used by HostKeyWindow.
//
// Texts are safe to show. Fingerprints are computed for what is looked at.

#pragma once

#include "hostkeys/KnownHosts.h"

#include <QAbstractTableModel>
#include <QList>

namespace ui {

class HostKeyModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Names, Type, Sha256, Md5, Comment, Where };
    static constexpr int columns = Where + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setEntries(const QList<hostkeys::KnownHosts::Entry> &entries);
    const hostkeys::KnownHosts::Entry &entry(int row) const { return m_entries[row]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<hostkeys::KnownHosts::Entry> m_entries;
};

} // namespace ui
