#include "ui/palette/PaletteModel.h"

#include "ui/palette/FuzzyMatch.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

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
    m_rows.clear();
    for (const PaletteItem &item : std::as_const(m_items)) {
        m_rows.append(&item);
    }
    endResetModel();
}

void PaletteModel::search(const QString &typed, const PaletteItem &last)
{
    std::vector<std::pair<int, const PaletteItem *>> scored;
    for (const PaletteItem &item : std::as_const(m_items)) {
        if (const auto score = scoreOf(typed, item)) {
            scored.emplace_back(*score, &item);
        }
    }
    std::ranges::stable_sort(scored, std::ranges::greater(),
                             &std::pair<int, const PaletteItem *>::first);
    beginResetModel();
    m_last = last;
    m_rows.clear();
    for (const auto &[score, item] : scored) {
        m_rows.append(item);
    }
    if (!m_last.title.isEmpty()) {
        m_rows.append(&m_last);
    }
    endResetModel();
}

const PaletteItem &PaletteModel::item(const QModelIndex &index) const
{
    return *m_rows.at(index.row());
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
