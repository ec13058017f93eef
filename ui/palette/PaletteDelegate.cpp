#include "ui/palette/PaletteDelegate.h"

#include "ui/palette/PaletteModel.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QPainter>

namespace ui {

// The style draws the row in the room that the hint leaves.
void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QStyle *style = row.widget != nullptr ? row.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &row, painter, row.widget);

    const QString hint = index.data(PaletteModel::HintRole).toString();
    const int space = option.fontMetrics.averageCharWidth();
    const QRect content = option.rect.adjusted(space, 0, -space, 0);
    const int hintWidth = option.fontMetrics.horizontalAdvance(hint);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setFont(option.font);
    painter->setPen(isSelected ? option.palette.color(QPalette::HighlightedText)
                               : Theme::color(Theme::Meaning::Subtle, option.palette));
    painter->drawText(content, Qt::AlignRight | Qt::AlignVCenter, hint);
    row.rect.setRight(content.right() - hintWidth - space);
    row.backgroundBrush = {};
    row.state &= ~QStyle::State_HasFocus;
    row.showDecorationSelected = false;
    const QRect icon = style->subElementRect(QStyle::SE_ItemViewItemDecoration, &row, row.widget);
    const QRect text = style->subElementRect(QStyle::SE_ItemViewItemText, &row, row.widget);
    row.icon.paint(painter, icon, Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
    painter->setPen(option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(text.adjusted(space / 2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(row.text, Qt::ElideMiddle, text.width()));
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(qMax(size.height(), option.fontMetrics.lineSpacing() * 3 / 2));
    return size;
}

} // namespace ui
