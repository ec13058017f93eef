// RenamePreview: a RenamePlan as a table: what each name becomes, and what stands against it.

#pragma once

#include "files/RenameRule.h"

#include <QAbstractTableModel>

namespace ui {

class RenamePreview final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Now, Becomes, columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setPlan(const files::RenamePlan &plan); // of as many names each time

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<files::PlannedName> m_names;
};

// What is wrong with a name, in a few words; empty if nothing is.
QString renameProblemText(files::PlannedName::Problem problem);

} // namespace ui
