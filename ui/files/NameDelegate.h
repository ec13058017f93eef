// NameDelegate: the field in which a file of a pane is renamed.

#pragma once

#include <QStyledItemDelegate>

namespace ui {

class NameDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
};

// Characters of `name` in front of its extension: all, if it has none or is a hidden file.
qsizetype stemLength(const QString &name);

} // namespace ui
