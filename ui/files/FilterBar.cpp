#include "ui/files/FilterBar.h"

#include <QKeyEvent>

namespace ui {

FilterBar::FilterBar(QWidget *parent)
    : QLineEdit(parent)
{
    setAccessibleName(tr("Filter files by name"));
    setPlaceholderText(tr("Filter: a part of the name, or * and ?"));
    setClearButtonEnabled(true);
    setVisible(false);
    connect(this, &QLineEdit::textChanged, this, &FilterBar::patternChanged);
}

void FilterBar::open()
{
    setVisible(true);
    setFocus();
    selectAll();
}

void FilterBar::dismiss()
{
    const bool hadFocus = hasFocus();
    clear();
    setVisible(false);
    if (hadFocus) {
        emit left();
    }
}

void FilterBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        dismiss();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (text().isEmpty()) {
            dismiss();
        } else {
            emit left();
        }
        break;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

} // namespace ui
