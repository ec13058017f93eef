#include "ui/files/RenamePreview.h"

#include "base/DisplayText.h"
#include "ui/theme/Theme.h"

#include <QGuiApplication>
#include <QPalette>

namespace ui {

using files::PlannedName;

void RenamePreview::setPlan(const files::RenamePlan &plan)
{
    if (plan.names().size() != m_names.size()) {
        beginResetModel();
        m_names = plan.names();
        endResetModel();
        return;
    }
    m_names = plan.names(); // what is selected and how far it is scrolled stays
    if (!m_names.isEmpty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
    }
}

int RenamePreview::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_names.size());
}

int RenamePreview::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant RenamePreview::data(const QModelIndex &index, int role) const
{
    const PlannedName &name = m_names[index.row()];
    const bool isSame = name.from == name.to;
    const QString problem = renameProblemText(name.problem);
    if (role == Qt::ForegroundRole && index.column() == Becomes) {
        const QPalette palette = QGuiApplication::palette();
        if (!problem.isEmpty()) {
            return Theme::color(Theme::Meaning::Danger, palette);
        }
        return isSame ? QVariant(Theme::color(Theme::Meaning::Subtle, palette)) : QVariant();
    }
    if (role == Qt::ToolTipRole && !problem.isEmpty()) {
        return problem;
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (index.column() == Now) {
        return base::displayText(name.from);
    }
    const QString text = base::displayText(name.to);
    return problem.isEmpty() ? text : tr("%1  (%2)").arg(text, problem);
}

QVariant RenamePreview::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) {
        return {};
    }
    return section == Now ? tr("Now") : tr("Becomes");
}

QString renameProblemText(PlannedName::Problem problem)
{
    switch (problem) {
    case PlannedName::Problem::Strange:
        return RenamePreview::tr("unusual characters: rename it alone");
    case PlannedName::Problem::NoName:
        return RenamePreview::tr("no name for a file");
    case PlannedName::Problem::Twice:
        return RenamePreview::tr("more than once");
    case PlannedName::Problem::Taken:
        return RenamePreview::tr("there is such a file");
    case PlannedName::Problem::None:
        break;
    }
    return {};
}

} // namespace ui
