#include "ui/synchronize/SyncModel.h"

#include "base/DisplayText.h"
#include "ui/files/FileListModel.h"
#include "ui/synchronize/SyncText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/units/SizeText.h"

#include <QGuiApplication>

#include <algorithm>

namespace ui {
namespace {

using synchronize::Action;
using synchronize::Difference;
using synchronize::Side;
using synchronize::TreeRow;

QIcon actionIcon(Action action)
{
    const QPalette palette = QGuiApplication::palette();
    switch (action) {
    case Action::CopyRight:
        return Icons::icon(QStringLiteral("forward"));
    case Action::CopyLeft:
        return Icons::icon(QStringLiteral("back"));
    case Action::DeleteLeft:
    case Action::DeleteRight:
        return Icons::icon(QStringLiteral("delete"), Theme::color(Theme::Meaning::Danger, palette));
    case Action::Conflict:
        return Icons::icon(QStringLiteral("warning"),
                           Theme::color(Theme::Meaning::Warning, palette));
    case Action::Nothing:
        break;
    }
    return {};
}

// Beside the icon, which alone would say little.
QString shortText(Action action)
{
    switch (action) {
    case Action::Nothing:
        return QStringLiteral("–");
    case Action::CopyRight:
    case Action::CopyLeft:
        return SyncModel::tr("Copy");
    case Action::DeleteLeft:
        return SyncModel::tr("Delete left");
    case Action::DeleteRight:
        return SyncModel::tr("Delete right");
    case Action::Conflict:
        break;
    }
    return SyncModel::tr("Undecided");
}

QString sizeOf(const std::optional<synchronize::Item> &item)
{
    if (!item) {
        return {};
    }
    if (item->isDirectory()) {
        return SyncModel::tr("Folder");
    }
    if (item->type() == files::FileType::SymbolicLink) {
        return SyncModel::tr("Link");
    }
    return item->attributes.size ? sizeText(*item->attributes.size) : QString();
}

QString timeOf(const std::optional<synchronize::Item> &item)
{
    return item && !item->isDirectory() ? timeText(item->attributes.modificationTime) : QString();
}

} // namespace

SyncModel::SyncModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void SyncModel::setPlan(synchronize::SyncPlan plan)
{
    beginResetModel();
    m_plan = std::move(plan);
    choose();
    endResetModel();
    emit planChanged();
}

void SyncModel::setRules(const synchronize::SyncRules &rules)
{
    beginResetModel();
    m_plan.setRules(rules);
    choose();
    endResetModel();
    emit planChanged();
}

void SyncModel::setShown(Shown shown)
{
    beginResetModel();
    m_shown = shown;
    choose();
    endResetModel();
}

void SyncModel::choose()
{
    m_rows.clear();
    for (qsizetype row = 0; row < m_plan.size(); ++row) {
        if (isShown(row)) {
            m_rows.push_back(row);
        }
    }
}

bool SyncModel::isShown(qsizetype row) const
{
    const Difference difference = m_plan.rows().at(row).difference;
    const Action action = m_plan.action(row);
    switch (m_shown) {
    case Shown::Everything:
        return true;
    case Shown::Differences:
        return difference != Difference::Equal;
    case Shown::Copies:
        return isCopy(action);
    case Shown::Deletions:
        return isDeletion(action);
    case Shown::Conflicts:
        return action == Action::Conflict;
    case Shown::Unreadable:
        break;
    }
    return difference == Difference::Unreadable;
}

QList<Action> SyncModel::choices(const QList<int> &rows) const
{
    QList<Action> all;
    for (const Action action : {Action::CopyRight, Action::CopyLeft, Action::DeleteLeft,
                                Action::DeleteRight, Action::Nothing}) {
        const bool isOne = std::ranges::any_of(rows, [this, action](int row) {
            return m_plan.choices(m_rows[static_cast<size_t>(row)]).contains(action);
        });
        if (isOne) {
            all << action;
        }
    }
    return all;
}

void SyncModel::setAction(const QList<int> &rows, Action action)
{
    qsizetype first = m_plan.size();
    qsizetype end = 0;
    for (const int row : rows) {
        const auto range = m_plan.setAction(m_rows[static_cast<size_t>(row)], action);
        if (range.first < range.end) {
            first = std::min(first, range.first);
            end = std::max(end, range.end);
        }
    }
    if (first < end) {
        tellChange(first, end);
    }
}

void SyncModel::cycle(int row)
{
    const qsizetype planned = m_rows[static_cast<size_t>(row)];
    QList<Action> all = choices({row});
    all.removeIf([proposed = m_plan.proposed(planned)](Action action) {
        return isDeletion(action) && action != proposed;
    });
    if (!all.isEmpty()) {
        const qsizetype next = (all.indexOf(m_plan.action(planned)) + 1) % all.size();
        setAction({row}, all[next]);
    }
}

// Of the plan's rows, in the rows that are shown.
void SyncModel::tellChange(qsizetype first, qsizetype end)
{
    const auto from = std::ranges::lower_bound(m_rows, first) - m_rows.begin();
    const auto to = std::ranges::lower_bound(m_rows, end) - m_rows.begin();
    if (from < to) {
        emit dataChanged(index(static_cast<int>(from), 0),
                         index(static_cast<int>(to) - 1, columns - 1));
    }
    emit planChanged();
}

int SyncModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SyncModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant SyncModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    switch (section) {
    case Path:
        return tr("Name");
    case LeftSize:
        return tr("Size left");
    case LeftTime:
        return tr("Changed left");
    case Act:
        return tr("What is done");
    case RightSize:
        return tr("Size right");
    case RightTime:
        return tr("Changed right");
    default:
        return tr("Difference");
    }
}

QString SyncModel::text(qsizetype row, int column) const
{
    const TreeRow &planned = m_plan.rows().at(row);
    switch (column) {
    case Path:
        return base::displayText(QByteArrayView(planned.path))
            + (planned.isDirectory() ? QStringLiteral("/") : QString());
    case LeftSize:
        return sizeOf(planned.left);
    case LeftTime:
        return timeOf(planned.left);
    case Act:
        return shortText(m_plan.action(row));
    case RightSize:
        return sizeOf(planned.right);
    case RightTime:
        return timeOf(planned.right);
    default:
        return differenceText(planned);
    }
}

QVariant SyncModel::actionData(qsizetype row, int role) const
{
    const Action action = m_plan.action(row);
    switch (role) {
    case Qt::DecorationRole:
        return actionIcon(action);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return actionText(action);
    case Qt::ForegroundRole:
        if (isDeletion(action)) {
            return Theme::color(Theme::Meaning::Danger, QGuiApplication::palette());
        }
        break;
    default:
        break;
    }
    return {};
}

QVariant SyncModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const qsizetype row = m_rows[static_cast<size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::DisplayRole) {
        return text(row, column);
    }
    if (column == Act) {
        return actionData(row, role);
    }
    if (role == Qt::TextAlignmentRole && (column == LeftSize || column == RightSize)) {
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && (column == Path || column == Why)) {
        return plainToolTip(text(row, column));
    }
    if (role == Qt::ForegroundRole && m_plan.rows().at(row).difference == Difference::Unreadable) {
        return Theme::color(Theme::Meaning::Danger, QGuiApplication::palette());
    }
    return {};
}

} // namespace ui
