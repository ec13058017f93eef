// NameDelegate: a name in a file pane, with where a link leads, and the field in which it is
// renamed.

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

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

// Characters of `name` in front of its extension: all, if it has none or is a hidden file.
qsizetype stemLength(const QString &name);

} // namespace ui
