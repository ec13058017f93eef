// SessionTree: the view of SessionModel's rows, through a filter. Told where to drop, it leaves it
// to the model what that means.

#pragma once

#include <QTreeView>

namespace ui {

class SessionTree final : public QTreeView
{
    Q_OBJECT

public:
    using QTreeView::edit;

    explicit SessionTree(QWidget *parent = nullptr);

    // The row of that SessionModel::Kind. `section`: of a session that stands at the top as well.
    QModelIndex find(int kind, const QString &id, const QString &section = {}) const;

    QModelIndex firstLeaf() const;

    // Makes it the current row, and the only one that is selected: setCurrentIndex() looks at the
    // keys that are held down, which may be those of the action that was just carried out.
    void choose(const QModelIndex &index);

    // Closes a group, or one of the sections at the top.
    void collapseGroup(const QString &path);

signals:
    void editingChanged(bool isEditing); // the name of a row is being typed

protected:
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    void startDrag(Qt::DropActions supported) override;

private:
    QModelIndex findBelow(const QModelIndex &parent, int kind, const QString &id,
                          const QString &section) const;
};

} // namespace ui
