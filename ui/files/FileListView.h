// FileListView: the list inside a file pane: selection, type-ahead, drag and drop.

#pragma once

#include "ui/files/FileDrag.h"

#include <QSet>
#include <QTreeView>

namespace ui {

class FileListModel;
class PaneColumns;

class FileListView final : public QTreeView
{
    Q_OBJECT

public:
    FileListView(FileListModel &model, Place place, QWidget *parent = nullptr);

    // Names this list in what is dragged out of it.
    const QUuid &id() const { return m_id; }

    // Where a drag must have begun to be welcome; the null id stands for other programs.
    void setDropSources(const QList<QUuid> &sources) { m_dropSources = sources; }

    PaneColumns &columns() const { return *m_columns; }

    // What stands in the place of rows when there are none.
    void setEmptyText(const QString &text);
    const QString &emptyText() const { return m_emptyText; }

    QList<int> selectedRowNumbers() const; // ascending
    // Selects these names, and has the current row at `current` or else at the top.
    void restore(const QSet<QByteArray> &names, const QByteArray &current);
    void startRename();
    bool isRenaming() const { return state() == EditingState; }

signals:
    void dropped(const ui::FileDrop &drop);
    void otherPaneRequested(); // Tab
    void moveRequested(); // F6, which goes to the next pane elsewhere in the window
    void backRequested(); // the mouse's own buttons for it
    void forwardRequested();
    void renameEnded(); // by Enter, by Escape or because the focus went elsewhere

protected:
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    void keyboardSearch(const QString &search) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void startDrag(Qt::DropActions supportedActions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    Qt::DropAction actionOf(const QDropEvent &event) const;
    std::optional<FileDrag> welcomeDrag(const QDropEvent &event) const;
    // The folder under the cursor, or an invalid index: the directory itself.
    QModelIndex dropRow(QPoint position) const;
    void showDropTarget(const std::optional<QPersistentModelIndex> &target);
    void toggleCurrentRow();

    FileListModel &m_model;
    PaneColumns *m_columns;
    const Place m_place;
    const QUuid m_id = QUuid::createUuid();
    QList<QUuid> m_dropSources;
    QString m_emptyText;
    std::optional<QPersistentModelIndex> m_dropTarget; // while a welcome drag hovers
};

} // namespace ui
