#include "ui/files/NameDelegate.h"

#include "ui/files/FileListModel.h"

#include <QLineEdit>

namespace ui {

QWidget *NameDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                    const QModelIndex &) const
{
    auto *field = new QLineEdit(parent);
    field->setObjectName(QStringLiteral("renameEdit"));
    field->setAccessibleName(tr("New name"));
    field->setPlaceholderText(tr("New name"));
    field->setAutoFillBackground(true);
    // The view selects the whole text once it has opened the field: ours comes after that.
    QMetaObject::invokeMethod(
        field, [field] { field->setSelection(0, static_cast<int>(stemLength(field->text()))); },
        Qt::QueuedConnection);
    return field;
}

// Not a part of the name: it is neither renamed nor searched.
void NameDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QString link = index.data(FileListModel::linkRole).toString();
    if (!link.isEmpty()) {
        option->text += link;
        option->textElideMode = Qt::ElideRight; // rather the target than the end of the name
    }
}

qsizetype stemLength(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    return dot > 0 ? dot : name.size();
}

} // namespace ui
