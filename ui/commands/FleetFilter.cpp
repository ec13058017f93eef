#include "ui/commands/FleetFilter.h"

namespace ui {

FleetFilter::FleetFilter(FleetModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&m_model);
    setSortRole(FleetModel::sortRole);
    setDynamicSortFilter(true);
}

void FleetFilter::setText(const QString &text)
{
    m_text = text;
    invalidateRowsFilter();
}

void FleetFilter::setOutcome(FleetModel::Outcome outcome)
{
    m_outcome = outcome;
    invalidateRowsFilter();
}

bool FleetFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!m_model.has(row, m_outcome)) {
        return false;
    }
    if (m_text.isEmpty()) {
        return true;
    }
    for (int column = 0; column < FleetModel::ColumnCount; ++column) {
        const QModelIndex index = m_model.index(row, column, parent);
        if (m_model.data(index).toString().contains(m_text, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

} // namespace ui
