// ForwardModel: the forwards of a connection as the rows of a table.

#pragma once

#include "forward/ForwardSet.h"

#include <QAbstractTableModel>
#include <QPointer>

#include <optional>

namespace ui {

class ForwardModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Kind, Listen, Target, State, Clients, Bytes, Refusal, ColumnCount };
    using Id = forward::ForwardSet::Id;

    explicit ForwardModel(QObject *parent = nullptr);

    // Borrowed; null: no rows.
    void setForwards(forward::ForwardSet *forwards);

    std::optional<Id> idAt(const QModelIndex &index) const;
    QModelIndex indexOf(Id id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void reload();
    QString text(Id id, int column) const;
    QString toolTip(Id id, int column) const;

    QPointer<forward::ForwardSet> m_forwards;
    QList<Id> m_ids;
};

} // namespace ui
