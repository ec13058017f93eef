// FileListView: the list inside a file pane: selection, type-ahead, drag and drop.
//
// Insert or Space marks the current row beside what is selected by then, and takes the mark of a
// marked one away. From then on the arrow keys, Home, End, Page Up, Page Down and letters move the
// current row, and leave the marks as they are. That ends with a click, with Escape, with the last
// mark, and in another folder.

#pragma once

#include "ui/files/DropChoice.h"

#include <QSet>
#include <QTreeView>

#include <optional>

namespace ui {

class FileListModel;
class PaneColumns;

class FileListView final : public QTreeView
{
    Q_OBJECT

public:
    explicit FileListView(FileListModel &model, QWidget *parent = nullptr);

    // Whose files they are: those of this computer are offered to other programs too.
    void setKind(Place kind) { m_kind = kind; }

    // Names this list in what is dragged out of it.
    const QUuid &id() const { return m_id; }

    void setOriginOf(OriginOf originOf) { m_originOf = std::move(originOf); }

    PaneColumns &columns() const { return *m_columns; }

    // What stands in the place of rows when there are none.
    void setEmptyText(const QString &text);
    const QString &emptyText() const { return m_emptyText; }

    QList<int> selectedRowNumbers() const; // ascending
    // Selects these names, and has the current row at `current`, or else at that number, or as near
    // as there is one.
    void restore(const QSet<QByteArray> &names, const QByteArray &current, int otherwise = 0);
    void forgetMarks() { m_isMarking = false; } // what is selected stays so until the next key
    void dropMarks(); // only the current row is selected then
    void setDimmed(bool isDimmed); // what is selected is grey: no key acts on it now
    void startRename();
    bool isRenaming() const { return state() == EditingState; }

signals:
    // By Enter or the mouse. Not by a click with Ctrl or Shift, which only selects: where a single
    // click opens files, Qt's activated() does not know the difference.
    void opened(const QModelIndex &index);
    void dropped(const ui::FileDrop &drop);
    // A drag has ended outside of all windows of this program, and that is what became of it.
    void draggedOut(Qt::DropAction action);
    void otherPaneRequested(); // Tab
    void newTabRequested(const QModelIndex &index); // a click with the middle button on a folder
    void backRequested(); // the mouse's own buttons for it
    void forwardRequested();
    void escapePressed();
    void renameEnded(); // by Enter, by Escape or because the focus went elsewhere

protected:
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    void keyboardSearch(const QString &search) override;
    bool event(QEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void startDrag(Qt::DropActions supportedActions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void initViewItemOption(QStyleOptionViewItem *option) const override;
    void resizeEvent(QResizeEvent *event) override;

private:
    std::optional<DropChoice> welcome(const QDropEvent &event) const;
    // The folder under the cursor, or an invalid index: the directory itself.
    QModelIndex dropRow(QPoint position) const;
    QAction *actionOf(const QKeyEvent &key) const; // null: the key does nothing of its own here
    void showDropTarget(const std::optional<QPersistentModelIndex> &target);
    void markCurrentRow();
    void renameAgain(const QByteArray &name, const QString &typed);
    bool keepsMarks(const QMouseEvent &press) const;

    FileListModel &m_model;
    PaneColumns *m_columns;
    Place m_kind = Place::ThisComputer;
    const QUuid m_id = QUuid::createUuid();
    OriginOf m_originOf;
    QString m_emptyText;
    bool m_isDimmed = false;
    bool m_onlySelects = false; // a click that is being handled
    bool m_isMarking = false; // plain keys that move leave the selection alone
    std::optional<QPersistentModelIndex> m_dropTarget; // while a welcome drag hovers
};

} // namespace ui
