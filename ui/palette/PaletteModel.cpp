#include "ui/palette/PaletteModel.h"

#include "ui/palette/FuzzyMatch.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ui {
namespace {

constexpr int titleBonus = 20; // a name counts more than what is said about it

std::optional<int> scoreOf(const QString &typed, const PaletteItem &item)
{
    const auto byTitle = fuzzyScore(typed, item.title);
    return byTitle ? std::optional(*byTitle + titleBonus) : fuzzyScore(typed, item.keywords);
}

} // namespace

PaletteModel::PaletteModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void PaletteModel::setItems(const QList<PaletteItem> &items)
{
    beginResetModel();
    m_items = items;
    match();
    endResetModel();
}

void PaletteModel::setTyped(const QString &typed)
{
    beginResetModel();
    m_typed = typed;
    match();
    endResetModel();
}

void PaletteModel::append(const PaletteItem &item)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_items.append(item);
    m_rows.append(m_items.size() - 1);
    endInsertRows();
}

void PaletteModel::match()
{
    QList<std::pair<int, qsizetype>> scored;
    for (qsizetype index = 0; index < m_items.size(); ++index) {
        if (const auto score = scoreOf(m_typed, m_items[index])) {
            scored.append({*score, index});
        }
    }
    std::ranges::stable_sort(scored, std::ranges::greater(), &std::pair<int, qsizetype>::first);
    m_rows.clear();
    for (const auto &[score, index] : scored) {
        m_rows.append(index);
    }
}

const PaletteItem &PaletteModel::item(const QModelIndex &index) const
{
    return m_items.at(m_rows.at(index.row()));
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteItem &shown = item(index);
    switch (role) {
    case Qt::DisplayRole:
        return shown.title;
    case Qt::DecorationRole:
        return shown.icon;
    case HintRole:
        return shown.hint;
    case Qt::AccessibleTextRole:
        return shown.hint.isEmpty() ? shown.title : tr("%1, %2").arg(shown.title, shown.hint);
    default:
        return {};
    }
}

} // namespace ui
