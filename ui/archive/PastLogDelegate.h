// PastLogDelegate: paints the rows of PastLogModel: a heading, and below it what is known of a log,
// or the line that was found between its neighbors, with the found words in bold.

#pragma once

#include "archive/PastLog.h"

#include <QStyledItemDelegate>

namespace ui {

class PastLogDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace ui
