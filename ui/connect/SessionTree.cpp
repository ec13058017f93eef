#include "ui/connect/SessionTree.h"

#include "ui/connect/SessionModel.h"

#include <QDrag>
#include <QItemSelectionModel>
#include <QMimeData>

namespace ui {

SessionTree::SessionTree(QWidget *parent)
    : QTreeView(parent)
{
    setHeaderHidden(true);
    setUniformRowHeights(true); // thousands of rows need not be measured
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setExpandsOnDoubleClick(true);
    setDragEnabled(true);
    setAcceptDrops(true);
    setDropIndicatorShown(true);
    setDefaultDropAction(Qt::MoveAction);
}

QModelIndex SessionTree::find(int kind, const QString &id, const QString &section) const
{
    return findBelow({}, kind, id, section);
}

QModelIndex SessionTree::findBelow(const QModelIndex &parent, int kind, const QString &id,
                                   const QString &section) const
{
    for (int row = 0; row < model()->rowCount(parent); ++row) {
        const QModelIndex index = model()->index(row, 0, parent);
        if (index.data(SessionModel::KindRole).toInt() == kind
            && index.data(SessionModel::IdRole).toString() == id
            && index.data(SessionModel::SectionRole).toString() == section) {
            return index;
        }
        if (const QModelIndex found = findBelow(index, kind, id, section); found.isValid()) {
            return found;
        }
    }
    return {};
}

QModelIndex SessionTree::firstLeaf() const
{
    QModelIndex index = model()->index(0, 0);
    while (model()->hasChildren(index)) {
        index = model()->index(0, 0, index);
    }
    return index;
}

void SessionTree::choose(const QModelIndex &index)
{
    selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void SessionTree::collapseGroup(const QString &path)
{
    auto kind = path.isEmpty() ? SessionModel::Kind::OpenSsh : SessionModel::Kind::Group;
    if (path.startsWith(u'/')) {
        kind = path == SessionModel::pinnedSection ? SessionModel::Kind::Pinned
                                                   : SessionModel::Kind::Recent;
    }
    collapse(find(static_cast<int>(kind), path));
}

bool SessionTree::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    const bool isHandled = QTreeView::edit(index, trigger, event);
    if (state() == EditingState) {
        emit editingChanged(true);
    }
    return isHandled;
}

void SessionTree::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QTreeView::closeEditor(editor, hint);
    emit editingChanged(false);
}

// The owner moves what was dropped; Qt's own would then remove the rows that were dragged.
void SessionTree::startDrag(Qt::DropActions)
{
    auto *carrier = new QDrag(this); // deleted by Qt when the drag ends
    carrier->setMimeData(model()->mimeData(selectedIndexes()));
    carrier->exec(Qt::MoveAction);
}

} // namespace ui
