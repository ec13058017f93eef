#include "ui/widgets/CenteredColumn.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {

CenteredColumn::CenteredColumn(int widthInCharacters, QWidget *parent)
    : QWidget(parent)
{
    // A widget of fixed width in stretches, because labels that wrap do not get their height from a
    // layout that aligns them.
    auto *column = new QWidget(this);
    column->setFixedWidth(fontMetrics().averageCharWidth() * widthInCharacters);
    m_rows = new QVBoxLayout(column);
    auto *middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(column);
    middle->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(middle);
    layout->addStretch(3);
}

} // namespace ui
