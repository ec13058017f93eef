#include "ui/connect/ImportModel.h"

#include "base/DisplayText.h"
#include "ui/connect/ImportText.h"
#include "ui/theme/Theme.h"

#include <QGuiApplication>

#include <algorithm>

namespace ui {

using profiles::ImportedSession;

ImportModel::ImportModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ImportModel::setSessions(const profiles::ImportedSessions &imported)
{
    beginResetModel();
    m_imported = imported;
    m_chosen.clear();
    for (qsizetype row = 0; row < m_imported.sessions.size(); ++row) {
        const ImportedSession &session = m_imported.sessions.at(row);
        if (session.isPossible() && session.knownAs.isEmpty() && !session.runsProgram) {
            m_chosen.insert(row);
        }
    }
    endResetModel();
    emit chosenChanged();
}

void ImportModel::chooseAll()
{
    for (qsizetype row = 0; row < m_imported.sessions.size(); ++row) {
        if (m_imported.sessions.at(row).isPossible()) {
            m_chosen.insert(row);
        }
    }
    tellChosen();
}

void ImportModel::chooseNone()
{
    m_chosen.clear();
    tellChosen();
}

void ImportModel::toggle(const QModelIndexList &rows)
{
    QSet<qsizetype> possible;
    for (const QModelIndex &index : rows) {
        if (m_imported.sessions.at(index.row()).isPossible()) {
            possible.insert(index.row());
        }
    }
    if (m_chosen.contains(possible)) {
        m_chosen -= possible;
    } else {
        m_chosen += possible;
    }
    tellChosen();
}

void ImportModel::tellChosen()
{
    if (rowCount() > 0) {
        emit dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::CheckStateRole});
    }
    emit chosenChanged();
}

int ImportModel::impossibleCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_imported.sessions, [](const ImportedSession &session) { return !session.isPossible(); }));
}

int ImportModel::knownCount() const
{
    return static_cast<int>(
        std::ranges::count_if(m_imported.sessions, [](const ImportedSession &session) {
            return session.isPossible() && !session.knownAs.isEmpty();
        }));
}

int ImportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_imported.sessions.size());
}

int ImportModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ImportModel::text(qsizetype row, int column) const
{
    const ImportedSession &session = m_imported.sessions.at(row);
    const profiles::Profile &profile = session.profile;
    switch (column) {
    case Name:
        return base::displayText(profile.name.isEmpty() ? profile.host : profile.name);
    case Address:
        return profile.host.isEmpty() ? QString() : base::displayText(profile.address().toString());
    case Group:
        return base::displayText(profile.group);
    default:
        return importRemark(session);
    }
}

QVariant ImportModel::data(const QModelIndex &index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole: // as a paragraph of its own, since it may be long
        return index.column() == Remark
            ? QVariant(QStringLiteral("<p>%1</p>").arg(text(index.row(), Remark).toHtmlEscaped()))
            : QVariant();
    case Qt::CheckStateRole:
        return index.column() == Name
            ? QVariant(m_chosen.contains(index.row()) ? Qt::Checked : Qt::Unchecked)
            : QVariant();
    case Qt::ForegroundRole: // the row is grayed, but the reason is there to be read
        return index.column() == Remark && !m_imported.sessions.at(index.row()).isPossible()
            ? QVariant(Theme::color(Theme::Meaning::Subtle, QGuiApplication::palette()))
            : QVariant();
    default:
        return {};
    }
}

bool ImportModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !m_imported.sessions.at(index.row()).isPossible()) {
        return false;
    }
    if (value.toInt() == Qt::Checked) {
        m_chosen.insert(index.row());
    } else {
        m_chosen.remove(index.row());
    }
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit chosenChanged();
    return true;
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Address:
        return tr("Address");
    case Group:
        return tr("Group");
    default:
        return tr("Remarks");
    }
}

Qt::ItemFlags ImportModel::flags(const QModelIndex &index) const
{
    if (!m_imported.sessions.at(index.row()).isPossible()) {
        return Qt::ItemIsSelectable | Qt::ItemNeverHasChildren; // looks disabled
    }
    const Qt::ItemFlags all = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    return index.column() == Name ? all | Qt::ItemIsUserCheckable : all;
}

} // namespace ui
