#include "ui/synchronize/SyncList.h"

#include "ui/synchronize/SyncModel.h"
#include "ui/synchronize/SyncText.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

namespace ui {

using synchronize::Action;

SyncList::SyncList(SyncModel &model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("syncList"));
    setAccessibleName(tr("What is synchronized"));
    setModel(&model);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setAlternatingRowColors(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setTextElideMode(Qt::ElideMiddle);
    const int character = fontMetrics().averageCharWidth();
    header()->setStretchLastSection(false); // the names need what there is
    header()->setSectionResizeMode(SyncModel::Path, QHeaderView::Stretch);
    for (const int column : {SyncModel::LeftSize, SyncModel::RightSize}) {
        header()->resizeSection(column, 13 * character);
    }
    for (const int column : {SyncModel::LeftTime, SyncModel::RightTime}) {
        header()->resizeSection(column, 21 * character);
    }
    header()->resizeSection(SyncModel::Act, 20 * character);
    header()->resizeSection(SyncModel::Why, 34 * character);
    connect(this, &QWidget::customContextMenuRequested, this, &SyncList::showMenu);
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &index) {
        if (!m_isLocked) {
            m_model.cycle(index.row());
        }
    });
}

QList<int> SyncList::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows()) {
        rows << index.row();
    }
    return rows;
}

void SyncList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        cycleSelected();
        return;
    }
    if (event->key() == Qt::Key_Menu && currentIndex().isValid()) {
        showMenu(visualRect(currentIndex()).center());
        return;
    }
    QTreeView::keyPressEvent(event);
}

// All become what the current row becomes.
void SyncList::cycleSelected()
{
    if (m_isLocked || !currentIndex().isValid()) {
        return;
    }
    const int current = currentIndex().row();
    m_model.cycle(current);
    const QList<int> rows = selectedRows();
    if (rows.size() > 1) {
        m_model.setAction(rows, m_model.action(current));
    }
}

void SyncList::showMenu(QPoint position)
{
    const QList<int> rows = selectedRows();
    if (m_isLocked || rows.isEmpty()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Action action : m_model.choices(rows)) {
        menu->addAction(actionText(action), this,
                        [this, rows, action] { m_model.setAction(rows, action); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("It can not be read"))->setEnabled(false);
    }
    menu->popup(viewport()->mapToGlobal(position));
}

} // namespace ui
