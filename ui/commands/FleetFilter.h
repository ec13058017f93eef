// FleetFilter: the rows of FleetModel that hold a text, and that have come to a certain end.

#pragma once

#include "ui/commands/FleetModel.h"

#include <QSortFilterProxyModel>

namespace ui {

class FleetFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit FleetFilter(FleetModel &model, QObject *parent = nullptr);

    void setText(const QString &text);
    void setOutcome(FleetModel::Outcome outcome);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    FleetModel &m_model;
    QString m_text;
    FleetModel::Outcome m_outcome = FleetModel::Outcome::Any;
};

} // namespace ui
